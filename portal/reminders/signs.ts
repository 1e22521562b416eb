import { type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import type { Reader } from "../reader.ts";
import { addressOf, placeOf, saidOf } from "./page.ts";
import type { ReminderLine } from "./queries.ts";

/** Answers the passing line that tells somebody what they are reminded of, and leads there. */
export function toldToast(line: ReminderLine, reader: Reader): Html {
  const way = html`<a href="${addressOf(line)}"><b dir="auto">${saidOf(line, reader)}</b> ${placeOf(line.place, reader)}</a>`;
  return html`<hx-partial hx-target="#toasts" hx-swap="innerHTML"><div class="toast reminder">${icon("bell")}${way}</div></hx-partial>`;
}
