import { classes, type Html, html, type Part } from "../html.ts";
import { icon } from "../icons.ts";
import { paths } from "../paths.ts";
import { avatar, ownerFace, personName } from "../person.ts";
import type { Reader } from "../reader.ts";
import { dueForm, estimateForm, estimateSaid } from "./field-forms.ts";
import { mayWorkOn, type Seer } from "./may.ts";
import type { TaskChoices, TaskFacts } from "./open-queries.ts";
import { dueSign, groupIcon, labelSign, nameFor, priorityDrawing, typeIcons, typeSign, wordsOf } from "./signs.ts";
import type { Card } from "./card.ts";

const TYPES = ["task", "bug", "epic"] as const;
const PRIORITIES = ["urgent", "high", "normal", "low", "none"] as const;
const SEVERITIES = ["blocker", "critical", "major", "minor", "none"] as const;

/** Answers what is to be known of a task beside its talk. The page asks for it again when something has changed. */
export function taskFields(task: TaskFacts & TaskChoices, seer: Seer): Html {
  const { card, severity, estimateMinutes } = task;
  const { reader } = seer;
  const words = wordsOf(reader);
  const may = mayWorkOn(task, seer.agent);
  const line = (label: string, id: string, shown: Part, menu: Html | null) =>
    html`<dt>${label}</dt><dd>${may && menu ? html`<button type="button" id="${id}-opener" popovertarget="${id}"><span class="sr">${label}: </span>${shown}</button>${menu}` : shown}</dd>`;
  const choose = (choice: Omit<Choice, "card">) => choiceMenu({ ...choice, card });
  return html`<div id="task-fields" hx-get="${paths.taskFields(card.id)}" hx-trigger="task" hx-swap="outerHTML" hx-target="this" hx-sync="this:replace"><section><dl class="fields">
${line(words.assignees, "assignees-menu", faces(card, reader), peopleMenu(task, reader))}
${line(
  words.type,
  "type-menu",
  html`${icon(typeIcons[card.type])}${words.types[card.type]}`,
  choose({ name: "type", label: words.type, now: card.type, choices: TYPES, said: words.types }),
)}
${line(
  words.priority,
  "priority-menu",
  html`${priorityDrawing(card.priority)}${words.priorities[card.priority]}`,
  choose({ name: "priority", label: words.priority, now: card.priority, choices: PRIORITIES, said: words.priorities }),
)}
${
  card.type === "bug" &&
  line(
    words.severity,
    "severity-menu",
    words.severities[severity ?? "none"],
    choose({
      name: "severity",
      label: words.severity,
      now: severity ?? "none",
      choices: SEVERITIES,
      said: words.severities,
    }),
  )
}
${line(words.due, "due-menu", card.due ? dueSign(card.due, card.state.group, reader) : html`<span class="meta">${words.noDue}</span>`, dueForm(card, reader))}
${line(words.estimate, "estimate-menu", estimateSaid(estimateMinutes, reader), estimateForm(task, reader))}
${line(words.labels, "labels-menu", card.labels.length > 0 ? card.labels.map(labelSign) : html`<span class="meta">${words.noLabels}</span>`, task.labels.length > 0 ? labelsMenu(task, reader) : null)}
</dl>${watching(task, seer)}</section>${sourceSection(task, reader)}${checklistSection(task, { may, reader })}${relatedSections(task, reader)}</div>`;
}

function faces({ assignees }: Card, reader: Reader): Html {
  const words = wordsOf(reader);
  if (assignees.length === 0) return html`${ownerFace(null)}<span class="meta">${words.nobody}</span>`;
  const names = assignees.map(({ name }) => name).join(", ");
  return html`<span class="avs">${assignees.slice(0, 3).map((one) => avatar(one, "xs"))}</span><span class="ell"><bdi>${names}</bdi></span>`;
}

/** What may be chosen for a field, in words, and what it is now. */
type Choice = {
  card: Card;
  name: string;
  label: string;
  now: string;
  choices: readonly string[];
  said: Readonly<Record<string, string>>;
};

function choiceMenu({ card, name, label, now, choices, said }: Choice): Html {
  const options = choices.map(
    (value) =>
      html`<button class="opt" type="submit" name="${name}" value="${value}" ${value === now && html`aria-current="true"`}>${said[value]}</button>`,
  );
  return html`<form class="menu" id="${name}-menu" popover ${posting(card.id)} aria-label="${label}">${options}</form>`;
}

/** How every form of a task is sent: what it changes comes by the stream. */
function posting(id: string): Html {
  return html`method="post" action="${paths.taskFields(id)}" hx-post="${paths.taskFields(id)}" hx-target="#desk" hx-swap="none"`;
}

function peopleMenu({ card, people, standing }: TaskFacts & TaskChoices, reader: Reader): Html {
  const words = wordsOf(reader);
  // Whose it is, and who could not get it any more, can still be relieved of it.
  const others = card.assignees.filter(({ id }) => people.every((person) => person.id !== id));
  const shown = [...people, ...others];
  const boxes = shown.map(
    (person) =>
      html`<label class="opt chk"><input type="checkbox" name="assignees" value="${person.id}" ${standing.assigneeIds.includes(person.id) && html`checked`}>${avatar(person, "xs")}<span class="ell">${personName(person, reader)}</span></label>`,
  );
  return html`<form class="menu" id="assignees-menu" popover ${posting(card.id)} aria-label="${words.chooseAssignees}"><input type="hidden" name="assignees" value="">${shownFields(shown)}${boxes}<footer><button class="btn s primary" type="submit">${words.save}</button></footer></form>`;
}

/** What a form offers: what it does not show, it does not take away. */
function shownFields(shown: readonly { id: string }[]): Html[] {
  return shown.map(({ id }) => html`<input type="hidden" name="shown" value="${id}">`);
}

function labelsMenu({ card, labels, labelIds }: TaskFacts & TaskChoices, reader: Reader): Html {
  const words = wordsOf(reader);
  const boxes = labels.map(
    (label) =>
      html`<label class="opt chk"><input type="checkbox" name="labels" value="${label.id}" ${labelIds.includes(label.id) && html`checked`}>${labelSign(label)}</label>`,
  );
  return html`<form class="menu" id="labels-menu" popover ${posting(card.id)} aria-label="${words.labels}"><input type="hidden" name="labels" value="">${shownFields(labels)}${boxes}<footer><button class="btn s primary" type="submit">${words.save}</button></footer></form>`;
}

function watching({ card, isWatching }: TaskFacts, { reader }: Seer): Html {
  const words = wordsOf(reader);
  return html`<form class="row" ${posting(card.id)}><button class="btn s" type="submit" name="watching" value="${isWatching ? "no" : "yes"}" id="watching">${icon(isWatching ? "eye-off" : "eye", "s")}${isWatching ? words.unwatch : words.watch}</button></form>`;
}

function sourceSection({ source }: TaskFacts, reader: Reader): Html | null {
  const words = wordsOf(reader);
  return (
    source &&
    html`<section><h2>${words.madeFrom}</h2><a class="link" href="${paths.message(source.conversationId, source.messageId)}">${icon("message-square")}<span class="ell">${words.sourceMessage}</span></a></section>`
  );
}

function checklistSection({ card, items }: TaskFacts, { may, reader }: { may: boolean; reader: Reader }): Html | null {
  if (items.length === 0 && !may) return null;
  const words = wordsOf(reader);
  const { done, all } = card.checklist;
  const lines = items.map(({ id, text, isDone }, at) => {
    const ticked = html`${icon(isDone ? "square-check-big" : "circle", "s")}<span class="${classes(isDone && "is-done")}" dir="auto">${text}</span>`;
    if (!may) return html`<li>${ticked}</li>`;
    const others = [items[at + 1], items[at - 1]].flatMap((item) => (item ? [`tick-${item.id}`] : []));
    const then = [...others, `new-item-${card.id}`].join(" ");
    return html`<li><form class="grow" ${posting(card.id)}><input type="hidden" name="item" value="${id}"><button class="tick" type="submit" id="tick-${id}" data-then="${then}" name="isDone" value="${isDone ? "no" : "yes"}" aria-pressed="${String(isDone)}">${ticked}</button></form><form ${posting(card.id)}><button class="ib s" type="submit" id="remove-${id}" data-then="${then}" name="removeItem" value="${id}" aria-label="${words.removeItem(text)}">${icon("x", "s")}</button></form></li>`;
  });
  const adding = html`<form class="row add-item" id="add-item-${card.id}" hx-preserve="true" ${posting(card.id)} hx-sync="this:queue all"><input id="new-item-${card.id}" name="addItem" required maxlength="200" dir="auto" aria-label="${words.addItem}" placeholder="${words.addItem}"><button class="btn s" type="submit">${words.add}</button></form>`;
  return html`<section><h2>${words.checklist}${all > 0 && html`<span class="n">${done} / ${all}</span>`}</h2><ul class="checklist">${lines}</ul>${may && adding}</section>`;
}

function relatedSections({ parent, subtasks, subtaskCount, links }: TaskFacts, reader: Reader): Html {
  const words = wordsOf(reader);
  const related = [...Map.groupBy(links, ({ side }) => side)].map(
    ([side, its]) => html`<h3 class="meta">${words.links[side]}</h3>${its.map(({ card }) => taskLink(card, reader))}`,
  );
  const hidden = subtaskCount - subtasks.length;
  const lines = html`${subtasks.map((card) => taskLink(card, reader))}${hidden > 0 && html`<p class="meta">${words.andMore(hidden)}</p>`}`;
  return html`${parent && html`<section><h2>${words.parent}</h2>${taskLink(parent, reader)}</section>`}
${subtasks.length > 0 && html`<section><h2>${words.subtasks}<span class="n">${subtaskCount}</span></h2>${lines}</section>`}
${links.length > 0 && html`<section><h2>${words.related}</h2>${related}</section>`}`;
}

/** Answers a task as one line that leads to it. */
export function taskLink({ id, key, title, type, state }: Card, reader: Reader): Html {
  return html`<a class="link" href="${paths.conversation(id)}">${typeSign(type, reader)}<span class="key">${key}</span><span class="ell grow" dir="auto">${title}</span><span title="${nameFor(state, reader)}">${groupIcon(state.group)}</span></a>`;
}
