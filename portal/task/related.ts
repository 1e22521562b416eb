import { LINK_SIDES, type LinkSide } from "../../api/tasks/events.ts";
import { problemLine } from "../conversation/composer.ts";
import { type Html, html } from "../html.ts";
import { icon, type IconName } from "../icons.ts";
import { paths } from "../paths.ts";
import type { Reader } from "../reader.ts";
import type { Card } from "./card.ts";
import { mayWorkOn, type Seer } from "./may.ts";
import type { TaskFacts } from "./open-queries.ts";
import { wordsOf } from "./signs.ts";
import { taskLink } from "./task-link.ts";

/** The forms by which a task is put among others, by the field in which the other one is named. */
export type RelationField = "parent" | "subtask" | "link";

/** What could not be done, and why: it stands in its form again. */
export type RefusedRelation = { field: RelationField; text: string; side: string; sentence: string };

/** A task and who looks at it, and what of these forms could not be done. */
type Shown = { task: TaskFacts; may: boolean; reader: Reader; refused: RefusedRelation | undefined };

/** Answers what a task is a part of, its own parts, and to what it is linked; for who may change it with the forms that do. */
export function relatedSections(task: TaskFacts, { agent, reader }: Seer, refused?: RefusedRelation): Html {
  const shown = { task, may: mayWorkOn(task, agent), reader, refused };
  return html`${parentSection(shown)}${subtasksSection(shown)}${linksSection(shown)}`;
}

/** Answers the id of a field of these forms. */
export function relationId(field: RelationField, taskId: string): string {
  return `${field}-of-${taskId}`;
}

function parentSection(shown: Shown): Html | null {
  const { task, may, reader } = shown;
  const { card, parent } = task;
  if (!parent && !may) return null;
  const words = wordsOf(reader);
  const form = adding(
    { field: "parent", sign: "pencil", label: words.chooseParent, said: words.parentTask, verb: words.save },
    shown,
  );
  const leaving = parent && may && removal(card, { name: "noParent", value: parent.id }, words.leaveParent(parent.key));
  return html`<section class="related"><h2>${words.parent}</h2>${form}${parent && html`<ul><li>${taskLink(parent, reader)}${leaving}</li></ul>`}</section>`;
}

function subtasksSection(shown: Shown): Html | null {
  const { task, may, reader } = shown;
  const { subtasks, subtaskCount } = task;
  if (subtasks.length === 0 && !may) return null;
  const words = wordsOf(reader);
  const form = adding(
    { field: "subtask", sign: "plus", label: words.addSubtask, said: words.subtaskTitle, verb: words.add },
    shown,
  );
  const lines = subtasks.map((one) => html`<li>${taskLink(one, reader)}</li>`);
  const hidden = subtaskCount - subtasks.length;
  return html`<section class="related"><h2>${words.subtasks}${subtaskCount > 0 && html`<span class="n">${subtaskCount}</span>`}</h2>${form}${lines.length > 0 && html`<ul>${lines}</ul>`}${hidden > 0 && html`<p class="meta">${words.andMore(hidden)}</p>`}</section>`;
}

function linksSection(shown: Shown): Html | null {
  const { task, may, reader } = shown;
  const { card, links } = task;
  if (links.length === 0 && !may) return null;
  const words = wordsOf(reader);
  const form = adding(
    { field: "link", sign: "plus", label: words.addLink, said: words.otherTask, verb: words.add },
    shown,
  );
  const groups = [...Map.groupBy(links, ({ side }) => side)].map(([side, its]) => {
    const lines = its.map(({ card: other }) => {
      const name = `${words.links[side]} ${other.key}`;
      return html`<li>${taskLink(other, reader)}${may && removal(card, { name: "unlink", value: `${side} ${other.id}` }, words.removeItem(name))}</li>`;
    });
    return html`<h3 class="meta">${words.links[side]}</h3><ul>${lines}</ul>`;
  });
  return html`<section class="related"><h2>${words.related}</h2>${form}${groups}</section>`;
}

function posting({ id }: Card): Html {
  return html`method="post" action="${paths.taskRelations(id)}" hx-post="${paths.taskRelations(id)}" hx-target="#desk" hx-swap="none"`;
}

/** The button that takes one away; it says what, and the focus goes to where another one is chosen. */
function removal(card: Card, { name, value }: { name: string; value: string }, label: string): Html {
  const opener = `${relationId(name === "noParent" ? "parent" : "link", card.id)}-opener`;
  return html`<form ${posting(card)}><button class="ib s" type="submit" id="${`${name}-${value}`.replace(" ", "-")}" data-then="${opener}" name="${name}" value="${value}" aria-label="${label}" title="${label}">${icon("x", "s")}</button></form>`;
}

/** A form of one field: what opens it, what its field is called, and what its button says. */
type Adding = { field: RelationField; sign: IconName; label: string; said: string; verb: string };

/** It stays as it is when its page asks for the task anew, and opens without a script, too. */
function adding({ field, sign, label, said, verb }: Adding, shown: Shown): Html | null {
  const { task, may, reader } = shown;
  if (!may) return null;
  const { card } = task;
  const id = relationId(field, card.id);
  const refused = shown.refused?.field === field ? shown.refused : undefined;
  const problem = html`<p class="problem-line" id="${id}-problem" role="alert">${refused && problemLine(refused.sentence)}</p>`;
  const common = html`id="${id}" name="${field}" value="${refused?.text}" maxlength="200" dir="auto" autocomplete="off" aria-label="${said}" aria-describedby="${id}-problem" ${refused && html`aria-invalid="true"`}`;
  const input =
    field === "subtask"
      ? html`<input ${common} required placeholder="${said}">`
      : html`<input ${common} required placeholder="${wordsOf(reader).keyOrTitle(task.project.key)}" list="${id}-found" hx-get="${paths.taskRelatable(card.id)}" hx-trigger="input delay:150ms" hx-target="#${id}-found" hx-swap="innerHTML" hx-sync="this:replace"><datalist id="${id}-found"></datalist>`;
  return html`<details class="adding" id="${id}-adding" hx-preserve="true" ${refused && html`open`}><summary class="ib s" id="${id}-opener" title="${label}">${icon(sign, "s")}<span class="sr">${label}</span></summary><form class="add-item" ${posting(card)} hx-sync="this:queue all">${field === "link" && sideField(refused?.side, reader)}<span class="one-line">${input}<button class="btn s" type="submit">${verb}</button></span>${problem}</form></details>`;
}

function sideField(chosen: string | undefined, reader: Reader): Html {
  const words = wordsOf(reader);
  const now = LINK_SIDES.find((side) => side === chosen) ?? "relates";
  const options = LINK_SIDES.map(
    (side: LinkSide) => html`<option value="${side}" ${side === now && html`selected`}>${words.links[side]}</option>`,
  );
  return html`<select name="side" aria-label="${words.linkSide}">${options}</select>`;
}
