import type { Router } from "@koa/router";
import type { Context, Middleware } from "koa";
import { removeReminder } from "../../api/reminders/actions/remove-reminder.ts";
import { countTold } from "../../api/reminders/queries.ts";
import { reminderWords } from "../../words/reminders.ts";
import { mentionsCounted } from "../navigation.ts";
import { paths } from "../paths.ts";
import { showBeside } from "../room/show.ts";
import { idOf, type Screen, seeOther, type Visit, wantsPart } from "../visit.ts";
import { remindersContent } from "./page.ts";
import { readReminders } from "./queries.ts";

/** The addresses of reminders: those of the agent, how many were told, and the way to be done with one. */
export function reminderRoutes(router: Router, signedIn: (screen: Screen) => Middleware): void {
  router.get(paths.reminders, signedIn(showReminders));
  router.get(paths.reminderCount, signedIn(showCount));
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

/** One that was removed meanwhile is gone all the same. */
async function remove(ctx: Context, visit: Visit): Promise<void> {
  await removeReminder(visit.agent, { reminderId: idOf(ctx) });
  if (wantsPart(ctx)) return showReminders(ctx, visit);
  seeOther(ctx, paths.reminders);
}
