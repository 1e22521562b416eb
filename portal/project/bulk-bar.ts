import { TaskPriority } from "../../prisma/generated/client/enums.ts";
import { type Html, html } from "../html.ts";
import { paths } from "../paths.ts";
import type { Reader } from "../reader.ts";
import { wordsOf } from "../task/signs.ts";
import { viewWordsOf } from "./filter-bar.ts";

/** What can be done to several tasks of a project at once: states, people and labels by their names. */
export type BulkChoices = {
  states: readonly (readonly [id: string, name: string])[];
  people: readonly (readonly [id: string, name: string])[];
  labels: readonly (readonly [id: string, name: string])[];
};

/** Answers a table of tasks whose rows can be selected, with the bar that changes all of those. */
export function bulkForm(
  table: Html,
  { key, states, people, labels }: BulkChoices & { key: string },
  reader: Reader,
): Html {
  const words = viewWordsOf(reader);
  const action = paths.bulk(key);
  const priorities = Object.values(TaskPriority).map((one) => [one, wordsOf(reader).priorities[one]] as const);
  const bar = html`<div class="bulk-bar" id="bulk-bar" role="region" aria-labelledby="bulk-count"><b id="bulk-count" aria-live="polite"></b>${choice("state", words.moveTo, states, reader)}${choice("assignee", words.assignTo, people, reader)}${labels.length > 0 && choice("label", words.addLabel, labels, reader)}${choice("priority", words.setPriority, priorities, reader)}<button class="btn primary s" type="submit">${words.carryOut}</button><button class="btn s" type="reset" id="bulk-clear">${words.clear}</button></div>`;
  return html`<form class="bulk" id="bulk" method="post" action="${action}" hx-post="${action}" hx-target="#desk" hx-swap="none">${table}${bar}</form>`;
}

function choice(name: string, label: string, choices: BulkChoices["states"], reader: Reader): Html {
  const options = choices.map(([value, said]) => html`<option value="${value}">${said}</option>`);
  return html`<label class="bulk-choice"><span>${label}</span><select name="${name}"><option value="">${viewWordsOf(reader).unchanged}</option>${options}</select></label>`;
}
