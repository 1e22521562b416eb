import { classes, type Html, html } from "../html.ts";
import { icon, type IconName } from "../icons.ts";
import { avatar, type Person, personName } from "../person.ts";
import type { Status } from "../paths.ts";
import { messageFlags, messageText, reactionPills } from "./became.ts";
import type { Mentioned } from "./prose.ts";
import type { Reader } from "../reader.ts";
import { roomWords } from "../../words/rooms.ts";
import { DUE_PLACE, type TaskTold, taskSentence } from "../../words/task-lines.ts";
import { type Due, dueTime, nameFor } from "../task/signs.ts";
import type { NamedTask } from "../task/keys.ts";
import { stamp } from "../stamp.ts";
import { repliedTo, type ThreadPart, threadPlace } from "../thread/line.ts";

/** A message as the thread shows it; `seq` is its place among all that staff may see. */
export type MessageEntry = {
  kind: "message";
  id: string;
  seq: number;
  author: Person;
  body: string;
  mentions: readonly Mentioned[];
  /** The tasks that it names and leads to: of what the bot says alone. */
  tasks?: readonly NamedTask[];
  isNote: boolean;
  at: Date;
  /** The id that the team's own side gave it, by which a screen knows again what it sent; null for the customer's. */
  clientId: string | null;
  became: Became;
  /** How it belongs to threads; absent where there are none, and of what has not been sent. */
  thread?: ThreadPart;
  /** Whether it was said about a task, whose conversation stands in no navigation. */
  isOfTask?: boolean;
};

/** What became of a message after it was sent. */
export type Became = { isEdited: boolean; isDeleted: boolean; isPinned: boolean; reactions: readonly Reaction[] };

/** Who set the same sign under a message, the first of them first. */
export type Reaction = { emoji: string; people: readonly { id: string; name: string }[] };

/** Nothing has become of it. */
export const AS_SENT: Became = { isEdited: false, isDeleted: false, isPinned: false, reactions: [] };

/** A change of condition as the thread shows it; `by` is null when the customer's message caused it. */
export type MoveEntry = { kind: "move"; seq: number; to: Status; by: Person | null; at: Date };

/**
 * A change of hands; `to` is null when the ticket became nobody's, `by` when it did since whose it was is gone and the
 * customer opened it again.
 */
export type AssignedEntry = { kind: "assigned"; seq: number; to: Person | null; by: Person | null; at: Date };

type Role = "owner" | "member" | "viewer";

/** What became of a room: that it was opened, who came, went or may do more or less there, what else was changed. */
export type RoomEntry = { seq: number; by: Person; at: Date } & (
  | { kind: "opened" }
  | { kind: "member"; who: Person; from: Role | null; to: Role | null }
  | { kind: "changed"; what: readonly ("name" | "topic" | "purpose" | "archived" | "restored" | "teams")[] }
);

/** A due date is said where it is read. */
export type TaskFact = Exclude<TaskTold, { is: "due" }> | { is: "due"; to: Due | null };

/** What somebody did to a task, at once. */
export type TaskEntry = { kind: "task"; seq: number; by: Person; at: Date; told: readonly TaskFact[] };

/** One line of a thread. */
export type Entry = MessageEntry | MoveEntry | AssignedEntry | RoomEntry | TaskEntry;

/** Whether a line stands in a thread alone. */
export function isAside(entry: Entry): boolean {
  return entry.kind === "message" && entry.thread?.is === "reply" && !entry.thread.isBroadcast;
}

/** How a line stands: joined to the message before it, which it continues; in a thread beside the conversation. */
export type LineMarks = { isJoined?: boolean; isInThread?: boolean };

/** Answers one line of the thread. A pushed line is this same element, without marks: the browser joins it where it lands. */
export function threadEntry(entry: Entry, reader: Reader, marks: LineMarks = {}): Html {
  if (entry.kind === "message") return messageLine(entry, reader, marks);
  const { moved } = reader.words;
  if (entry.kind === "move") {
    const sentence = moved[entry.to](entry.by?.name ?? null);
    return eventLine(entry, { look: moveIcons[entry.to], sentence }, reader);
  }
  if (entry.kind === "task") return taskLine(entry, reader);
  if (entry.kind !== "assigned") return roomLine(entry, reader);
  return eventLine(entry, { look: "user-round", sentence: assignedSentence(entry, reader) }, reader);
}

const taskIcons: Record<TaskFact["is"], IconName> = {
  ...{ created: "plus", moved: "arrow-right", assigned: "user-round", freed: "user-round", linked: "link-2" },
  ...{ unlinked: "link-2", priority: "chevrons-up", severity: "bug", type: "square-check", due: "calendar" },
  ...{ parent: "git-branch", changed: "pencil", redefined: "pencil" },
};

function taskLine(entry: TaskEntry, reader: Reader): Html {
  const told = entry.told.map((fact) => tellFact(fact, reader));
  const due = entry.told.find((fact) => fact.is === "due")?.to;
  const [before, after] = taskSentence[reader.locale](entry.by.name ?? "", told).split(DUE_PLACE);
  const said = html`${before}${due && dueTime(due, reader)}${after}`;
  return eventLine(entry, { look: taskIcons[told[0]!.is], sentence: said }, reader);
}

function tellFact(fact: TaskFact, reader: Reader): TaskTold {
  if (fact.is === "due") return { is: fact.is, isSet: fact.to !== null };
  if (fact.is === "redefined") return { is: fact.is, state: nameFor({ name: fact.state }, reader) };
  if (fact.is !== "moved") return fact;
  return { is: fact.is, from: nameFor({ name: fact.from }, reader), to: nameFor({ name: fact.to }, reader) };
}

function assignedSentence({ to, by }: AssignedEntry, { words }: Reader): string {
  if (by === null) return words.freed;
  return to?.id === by.id ? words.took(by.name ?? "") : words.assigned(by.name ?? "", to?.name ?? null);
}

function roomLine(entry: RoomEntry, reader: Reader): Html {
  const { words } = reader;
  const by = entry.by.name ?? "";
  if (entry.kind === "opened")
    return eventLine(entry, { look: "message-square", sentence: words.roomOpened(by) }, reader);
  if (entry.kind === "changed") {
    const sentence = entry.what.map((what) => words.roomChanged[what](by)).join(", ");
    return eventLine(entry, { look: "pencil", sentence }, reader);
  }
  return eventLine(entry, { look: "user-round", sentence: memberSentence(entry, reader) }, reader);
}

function memberSentence({ by, who, from, to }: Extract<RoomEntry, { kind: "member" }>, { words }: Reader): string {
  const [actor, agent] = [by.name ?? "", who.name ?? ""];
  const isOwn = by.id === who.id;
  if (to === null) return isOwn ? words.left(agent) : words.takenOut(actor, agent);
  if (from === null) return isOwn ? words.joined(agent) : words.letIn(actor, agent);
  return words.becameMember[to](actor, agent);
}

function messageLine(message: MessageEntry, reader: Reader, { isJoined, isInThread }: LineMarks): Html {
  const { id, seq, author, isNote, at, clientId, became, thread } = message;
  const flag = html`<span class="flag">${icon("lock", "s")}${reader.words.privateNote}</span>`;
  return html`<li class="${classes("msg", isNote && "note", became.isDeleted && "gone", isJoined && "cont")}" id="${isInThread ? "r" : "m"}-${id}" data-seq="${seq}" data-author="${author.id}" data-at="${at.toISOString()}" ${clientId && html`data-client="${clientId}"`}>${avatar(author)}<div class="msg-b"><header><b>${personName(author, reader)}</b>${isNote && flag}${stamp(at, "time", reader)}${isInThread && alsoFlag(thread, reader)}${messageFlags(message, reader)}</header>${!isInThread && thread?.is === "reply" && repliedTo(thread, reader)}${messageText(message, reader)}${reactionPills(message, reader)}${!isInThread && thread?.is === "root" && threadPlace(id, thread.line, reader)}</div></li>`;
}

/** In its thread, a reply that stands in the conversation too says so. */
function alsoFlag(thread: ThreadPart | undefined, reader: Reader): Html | null {
  return thread?.is === "reply" && thread.isBroadcast
    ? html`<span class="meta also">${roomWords[reader.locale].alsoThere}</span>`
    : null;
}

const moveIcons = { open: "rotate-ccw", pending: "circle-pause", resolved: "check", closed: "archive" } as const;

function eventLine(
  { seq, by, at }: Exclude<Entry, MessageEntry>,
  { look, sentence }: { look: IconName; sentence: string | Html },
  reader: Reader,
): Html {
  return html`<li class="ev" id="e-${seq}" data-seq="${seq}" ${by && html`data-author="${by.id}"`} data-at="${at.toISOString()}">${icon(look)}<span dir="auto">${sentence} · ${stamp(at, "time", reader)}</span></li>`;
}

/** Answers the line that opens a day of the thread. */
export function dayLine(at: Date, reader: Reader): Html {
  return html`<li class="day">${stamp(at, "day", reader)}</li>`;
}
