import { reminderWords } from "../../words/reminders.ts";
import { dayKey, shortDate, timeOfDay } from "../../words/time.ts";
import { type Html, html } from "../html.ts";
import { paths } from "../paths.ts";
import type { Reader } from "../reader.ts";

/** A time that is chosen at a press: how it is sent, which is read as what somebody writes, how it is called, and when that is. */
type Choice = { words: string; label: string; when: string };

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const SOON = [
  ["minutes20", 20],
  ["hour", 60],
  ["hours3", 180],
] as const;

/** Answers the times that are offered now, by the calendar where the reader is. A day reminds at nine in its morning. */
export function reminderChoices(now: Date, reader: Reader): Choice[] {
  const { choices } = reminderWords[reader.locale];
  const soon = SOON.map(([name, minutes]) => {
    const when = timeOfDay(new Date(now.getTime() + minutes * MINUTE), reader);
    return { words: `in ${minutes}m`, label: choices[name], when };
  });
  const today = new Date(dayKey(now, reader));
  const toMonday = (8 - today.getUTCDay()) % 7 || 7;
  const dayIn = (days: number, label: string) => {
    const day = new Date(today.getTime() + days * DAY);
    return { words: day.toISOString().slice(0, 10), label, when: shortDate(day, today, { ...reader, zone: "UTC" }) };
  };
  // On a Sunday both are one.
  const monday = toMonday > 1 ? [dayIn(toMonday, choices.monday)] : [];
  return [...soon, dayIn(1, choices.tomorrow), ...monday];
}

/** Answers the choices as buttons of the dialog's first form. */
export function choiceButtons(choices: readonly Choice[]): Html {
  return html`${choices.map(
    ({ words, label, when }) =>
      html`<button class="opt" type="submit" name="words" value="${words}">${label}<span class="meta">${when}</span></button>`,
  )}`;
}

/** Answers the dialog in which somebody says when to be reminded of a message; the script fills in which, and the times of now. */
export function remindDialog(reader: Reader): Html {
  const words = reminderWords[reader.locale];
  const post = html`method="post" action="${paths.reminders}" hx-post="${paths.reminders}" hx-target="#desk" hx-swap="none"`;
  const about = html`<input type="hidden" name="messageId"><input type="hidden" name="clientId">`;
  const foretell = html`hx-get="${paths.reminderTime}" hx-trigger="input delay:150ms" hx-target="#remind-when" hx-swap="innerHTML" hx-sync="this:replace"`;
  return html`<dialog class="dlg remind" id="remind-dialog" aria-labelledby="remind-title"><h2 id="remind-title">${words.remindMe}</h2>
<form ${post}>${about}<div id="remind-choices"></div></form>
<form class="form" ${post}>${about}<div class="field"><label for="remind-words">${words.ownTime}</label><input id="remind-words" name="words" type="text" required maxlength="80" dir="auto" autocomplete="off" spellcheck="false" aria-describedby="remind-when" ${foretell}><small id="remind-when" role="status">${words.ownTimeHint}</small></div>
<p class="problem-line" role="alert"></p><footer><button class="btn primary" type="submit">${words.remindMe}</button><button class="btn quiet" type="button" commandfor="remind-dialog" command="close">${words.leave}</button></footer></form></dialog>`;
}
