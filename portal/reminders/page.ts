import { now } from "../../api/kernel/clock.ts";
import { preview } from "../../markdown/parse.ts";
import { reminderWords } from "../../words/reminders.ts";
import { fullStamp, saidWhen } from "../../words/time.ts";
import { nameIn } from "../../words/workflows.ts";
import { classes, type Html, html } from "../html.ts";
import { type IconName, icon } from "../icons.ts";
import { paths } from "../paths.ts";
import { nameOf, personName } from "../person.ts";
import type { Reader } from "../reader.ts";
import { wordsOf } from "../room/link.ts";
import { stamp } from "../stamp.ts";
import type { ReminderLine, ReminderPlace } from "./queries.ts";

/** Answers what the reader is reminded of now, and of what they will be: it asks for itself anew when that is otherwise. */
export function remindersContent(
  { told, ahead }: { told: readonly ReminderLine[]; ahead: readonly ReminderLine[] },
  reader: Reader,
): Html {
  const words = reminderWords[reader.locale];
  const isEmpty = told.length + ahead.length === 0;
  const lists = isEmpty
    ? html`<div class="empty">${icon("bell")}<h2 id="reminders-told" tabindex="-1">${words.noReminders}</h2><p>${words.hint}</p></div>`
    : html`<h2 id="reminders-told" tabindex="-1">${words.told}</h2>${told.length === 0 ? html`<p class="meta">${words.nothingTold}</p>` : list(told, true, reader)}${ahead.length > 0 && html`<h2>${words.ahead}</h2>${list(ahead, false, reader)}`}`;
  return html`<div id="reminders" hx-get="${paths.reminders}" hx-trigger="recount" hx-target="this" hx-swap="outerHTML" hx-sync="this:replace">${lists}</div>`;
}

function list(lines: readonly ReminderLine[], isTold: boolean, reader: Reader): Html {
  return html`<ul class="mentions reminders">${lines.map((line, at) => reminderLine(line, { isTold, after: besides(lines, at) }, reader))}</ul>`;
}

/** Where the focus goes when a reminder is gone: to the next one, else to the last, else to what tells of them. */
function besides(lines: readonly ReminderLine[], at: number): string {
  const others = [lines[at + 1], lines[at - 1]].flatMap((line) => (line ? [`reminder-${line.id}`] : []));
  return [...others, "reminders-told"].join(" ");
}

// biome-ignore format: a table
const ICONS = {
  asked:     "bell",
  due_soon:  "clock",
  overdue:   "triangle-alert",
  moved:     "circle-dot",
  commented: "message-square",
} as const satisfies Record<ReminderLine["kind"], IconName>;

type Place = { isTold: boolean; after: string };

function reminderLine(line: ReminderLine, { isTold, after }: Place, reader: Reader): Html {
  const words = reminderWords[reader.locale];
  const { id, kind, at, by: person } = line;
  const removal = paths.reminderRemoval(id);
  const label = isTold ? words.done : words.cancel;
  const name = person && nameOf(person, reader);
  const by = name && html` · <bdi>${kind === "asked" ? words.askedBy(name) : name}</bdi>`;
  const when = isTold
    ? stamp(at, "since", reader)
    : html`<time datetime="${at.toISOString()}">${fullStamp(at, reader)}</time>`;
  return html`<li class="${classes("mentioned", isTold && "new", kind === "overdue" && "late")}"><span class="mark">${icon(ICONS[kind])}</span><div class="msg-b"><header><a href="${addressOf(line)}"><b dir="auto">${saidOf(line, reader)}</b></a>${when}</header><span class="meta ell">${placeOf(line.place, reader)}${by}</span></div><form method="post" action="${removal}" hx-post="${removal}" hx-target="#reminders" hx-swap="outerHTML"><button class="ib" type="submit" id="reminder-${id}" data-then="${after}" aria-label="${label}" title="${label}">${icon(isTold ? "check" : "x")}</button></form></li>`;
}

/** Where a reminder leads: to its message, else to what it is about. */
export function addressOf({ conversationId, message }: ReminderLine): string {
  if (message === null) return paths.conversation(conversationId);
  const { id, threadId } = message;
  return threadId === null ? paths.message(conversationId, id) : paths.reply(conversationId, threadId, id);
}

/** In UTF-16 code units. */
const OPENING = 120;

/** What a reminder says: its words, else how its message begins, or what a task's date says, or where the task is now. */
export function saidOf({ kind, text, message, place }: ReminderLine, { locale }: Reader): string {
  const words = reminderWords[locale];
  if (kind === "moved") return words.moved(nameIn(locale, place.task?.stateName ?? ""));
  if (kind === "due_soon") return words.dueSoon;
  if (kind === "overdue") return words.overdue;
  return text || (message && preview(message.body, OPENING)) || words.noWords;
}

/** Answers when the words that are being written would remind, or how to say it. */
export function timeForetold(at: Date | null, reader: Reader): Html {
  return html`${at ? saidWhen({ kind: "instant", at }, now(), reader) : reminderWords[reader.locale].ownTimeHint}`;
}

/** What it is about, as people call it. */
export function placeOf({ kind, task, roomName, contact }: ReminderPlace, reader: Reader): Html {
  const words = wordsOf(reader);
  if (task) return html`${task.key} <bdi>${task.title}</bdi>`;
  if (kind === "support") return html`${personName(contact!, reader)}`;
  if (kind === "direct") return html`${words.directMessages}`;
  return html`<bdi>${kind === "channel" ? `#${roomName}` : roomName}</bdi>`;
}
