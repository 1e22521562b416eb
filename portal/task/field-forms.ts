import { type Html, html } from "../html.ts";
import { paths } from "../paths.ts";
import type { Reader } from "../reader.ts";
import { dayKey, durationIn, timeOfDay } from "../../words/time.ts";
import type { Card } from "./card.ts";
import type { TaskFacts } from "./open-queries.ts";
import { wordsOf } from "./signs.ts";

/** Answers the form of when a task is due: a day, and a time where it matters. Without a day it is due at no time. */
export function dueForm({ id, due }: Card, reader: Reader): Html {
  const words = wordsOf(reader);
  const eyes = due?.kind === "date" ? { ...reader, zone: due.zone } : reader;
  const date = due ? dayKey(due.kind === "date" ? new Date(due.at.getTime() - 1) : due.at, eyes) : "";
  const time = due?.kind === "instant" ? timeOfDay(due.at, reader) : "";
  return html`<form class="menu field-form" id="due-menu" popover method="post" action="${paths.taskFields(id)}" hx-post="${paths.taskFields(id)}" hx-target="#desk" hx-swap="none" aria-label="${words.due}"><label>${words.dueDate}<input type="date" name="dueDate" value="${date}"></label>${due?.kind === "date" && html`<input type="hidden" name="dueZone" value="${due.zone}">`}<label>${words.dueTime}<input type="time" name="dueTime" value="${time}"></label><footer><button class="btn s primary" type="submit">${words.save}</button></footer></form>`;
}

/** Answers the form of how long a task is thought to take. */
export function estimateForm({ card, estimateMinutes }: TaskFacts, reader: Reader): Html {
  const words = wordsOf(reader);
  return html`<form class="menu field-form" id="estimate-menu" popover method="post" action="${paths.taskFields(card.id)}" hx-post="${paths.taskFields(card.id)}" hx-target="#desk" hx-swap="none" aria-label="${words.estimate}"><label>${words.estimateMinutes}<input type="number" name="estimate" min="1" max="525600" value="${estimateMinutes}"></label><footer><button class="btn s primary" type="submit">${words.save}</button></footer></form>`;
}

/** Answers how long a task is thought to take: in hours and minutes. */
export function estimateSaid(minutes: number | null, reader: Reader): Html {
  if (minutes === null) return html`<span class="meta">${wordsOf(reader).noEstimate}</span>`;
  return html`<span>${durationIn(reader.locale, minutes)}</span>`;
}
