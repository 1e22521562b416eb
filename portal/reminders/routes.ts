import type { Router } from "@koa/router";
import type { Context, Middleware } from "koa";
import { findMessage } from "../../api/chat/queries.ts";
import { now } from "../../api/kernel/clock.ts";
import { createReminder } from "../../api/reminders/actions/create-reminder.ts";
import { removeReminder } from "../../api/reminders/actions/remove-reminder.ts";
import { countTold } from "../../api/reminders/queries.ts";
import { readTime } from "../../api/reminders/reminder.ts";
import { commandResults } from "../../words/command-results.ts";
import { type Refusal, refusalWords } from "../../words/refusals.ts";
import { reminderWords } from "../../words/reminders.ts";
import { fullStamp } from "../../words/time.ts";
import type { Html } from "../html.ts";
import { mentionsCounted } from "../navigation.ts";
import { paths } from "../paths.ts";
import { showRefusal } from "../problem/refusal.ts";
import type { Reader } from "../reader.ts";
import { showBeside } from "../room/show.ts";
import { toastChange } from "../toast.ts";
import { fieldOf, idOf, type Screen, seeOther, type Visit, wantsPart } from "../visit.ts";
import { remindersContent, timeForetold } from "./page.ts";
import { type ReminderLine, readReminder, readReminders } from "./queries.ts";

/** The addresses of reminders: those of the agent, how many were told, and the ways to ask for one and to be done with it. */
export function reminderRoutes(router: Router, signedIn: (screen: Screen) => Middleware): void {
  router.get(paths.reminders, signedIn(showReminders));
  router.post(paths.reminders, signedIn(ask));
  router.get(paths.reminderCount, signedIn(showCount));
  router.get(paths.reminderTime, signedIn(foretell));
  router.post(paths.reminderRemoval(":id"), signedIn(remove));
}

async function showReminders(ctx: Context, visit: Visit): Promise<void> {
  const { agent, reader } = visit;
  const content = remindersContent(await readReminders(agent), reader);
  if (!wantsPart(ctx)) {
    const { reminders: title } = reminderWords[reader.locale];
    return showBeside(ctx, visit, { title, content, isInReminders: true });
  }
  ctx.type = "html";
  ctx.body = content.text;
}

async function showCount(ctx: Context, { agent }: Visit): Promise<void> {
  ctx.type = "html";
  ctx.body = mentionsCounted(await countTold(agent));
}

/** When the words that are being written would remind. */
async function foretell(ctx: Context, { reader }: Visit): Promise<void> {
  const { words } = ctx.query;
  const said = readTime({ words: typeof words === "string" ? words : "" }, now(), reader);
  ctx.type = "html";
  ctx.body = timeForetold(said.ok ? said.value : null, reader).text;
}

/** Asks for a reminder of a message. Tells a script in passing when it will be, with a way back; what is refused, in its words. */
async function ask(ctx: Context, visit: Visit): Promise<void> {
  const { agent, reader } = visit;
  const message = await findMessage(agent, fieldOf(ctx, "messageId"));
  if (!message) return refuse(ctx, visit, "message_not_found");
  const { id: messageId, conversationId } = message;
  const [clientId, time] = [fieldOf(ctx, "clientId"), { words: fieldOf(ctx, "words") }];
  const asked = await createReminder(agent, { clientId, conversationId, messageId, text: "", time, eyes: reader });
  if (!asked.ok) return refuse(ctx, visit, asked.refusal);
  if (!wantsPart(ctx)) return seeOther(ctx, paths.reminders);
  const line = await readReminder(agent.workspaceId, asked.value.reminderId);
  ctx.type = "html";
  ctx.body = line ? askedToast(line, reader).text : "";
}

function refuse(ctx: Context, visit: Visit, refusal: Refusal): void {
  if (!wantsPart(ctx)) return showRefusal(ctx, visit, refusal);
  ctx.status = 422;
  ctx.type = "text";
  ctx.body = refusalWords[refusal][visit.reader.locale];
}

function askedToast({ id, at }: ReminderLine, reader: Reader): Html {
  const { did } = commandResults[reader.locale].remind(null, fullStamp(at, reader));
  return toastChange(did, { action: paths.reminderRemoval(id), fields: { undo: "1" } }, reader);
}

/** One that was removed meanwhile is gone all the same. */
async function remove(ctx: Context, visit: Visit): Promise<void> {
  await removeReminder(visit.agent, { reminderId: idOf(ctx) });
  if (!wantsPart(ctx)) return seeOther(ctx, paths.reminders);
  if (fieldOf(ctx, "undo") === "") return showReminders(ctx, visit);
  ctx.type = "html";
  ctx.body = toastChange(visit.reader.words.undone, null, visit.reader).text;
}
