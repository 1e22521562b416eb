import type { LoggedEvent } from "../../api/kernel/log/event.ts";
import { type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import type { Reader } from "../reader.ts";
import { eventFrame, remindersFrame } from "../stream-frame.ts";
import { addressOf, placeOf, saidOf } from "./page.ts";
import { type ReminderLine, readReminder } from "./queries.ts";

/** Answers what the windows of somebody who is reminded are told: they say so in passing, and count anew. */
export async function toldFrames(
  { workspaceId, payload }: LoggedEvent<"reminder.told">,
  cursor: string,
  reader: Reader,
): Promise<string> {
  const line = await readReminder(workspaceId, payload.reminderId);
  return (line ? eventFrame(cursor, toldToast(line, reader)) : "") + remindersFrame;
}

/** A passing line that says what of, and leads there. */
function toldToast(line: ReminderLine, reader: Reader): Html {
  const way = html`<a href="${addressOf(line)}"><b dir="auto">${saidOf(line, reader)}</b> ${placeOf(line.place, reader)}</a>`;
  return html`<hx-partial hx-target="#toasts" hx-swap="beforeend"><div class="toast reminder">${icon("bell")}${way}</div></hx-partial>`;
}
