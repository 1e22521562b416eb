import { hinderedMoves, offeredMoves, type WorkflowMove } from "../../api/tasks/workflow.ts";
import type { Refusal } from "../../words/refusals.ts";
import { refusalWords } from "../../words/refusals.ts";
import { prose } from "../conversation/prose.ts";
import { type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import { paths } from "../paths.ts";
import type { Reader } from "../reader.ts";
import { mayWorkOn, moverOf, type Seer } from "./may.ts";
import type { TaskFacts } from "./open-queries.ts";
import { groupIcon, nameFor, wordsOf } from "./signs.ts";

/** Answers what a task is called, where it stands, and how the reader may move it now. The page asks for it again when something has changed. */
export function taskHead(task: TaskFacts, seer: Seer): Html {
  const { card } = task;
  const { reader } = seer;
  const words = wordsOf(reader);
  const edit =
    mayWorkOn(task, seer.agent) &&
    html`<button class="ib s" type="button" id="task-edit-opener" data-then="thread-title" commandfor="task-edit" command="show-modal" aria-label="${words.edit}" title="${words.edit}">${icon("pencil", "s")}</button>`;
  return html`<div class="task-head" id="task-head" hx-get="${paths.taskHead(card.id)}" hx-trigger="task" hx-swap="outerHTML" hx-target="this" hx-sync="this:replace"><h1 id="thread-title" tabindex="-1"><bdi>${card.title}</bdi> ${edit}</h1>${moves(task, seer)}</div>`;
}

function moves(task: TaskFacts, { agent, reader }: Seer): Html {
  const { card, workflow, standing } = task;
  const mover = moverOf(task, agent);
  const isOpen = mayWorkOn(task, agent);
  const offered = isOpen ? offeredMoves(workflow, standing, mover) : [];
  const hindered = isOpen ? hinderedMoves(workflow, standing, mover) : [];
  return html`<form class="moves" method="post" action="${paths.taskMoves(card.id)}" hx-post="${paths.taskMoves(card.id)}" hx-target="#desk" hx-swap="none"><input type="hidden" name="seen" value="${card.state.id}"><span class="state-now" id="state-now" tabindex="-1">${groupIcon(card.state.group)}<span class="sr">${wordsOf(reader).state}: </span><bdi>${nameFor(card.state, reader)}</bdi></span>${offered.map((move) => offer(move, reader))}${hindered.map(({ move, refusal }) => hinder(move, refusal, reader))}</form>${offered.filter(({ needs }) => needs.includes("comment")).map((move) => reason(move, task, reader))}`;
}

function offer(move: WorkflowMove, reader: Reader): Html {
  const { id, needs } = move;
  const how = needs.includes("comment")
    ? html`type="button" commandfor="move-${id}" command="show-modal"`
    : html`type="submit" name="move" value="${id}"`;
  // What has just been made is offered no more. Not to the next move: whoever presses twice would make that one, too.
  return html`<button class="btn s" id="make-${id}" data-then="state-now" ${how}><bdi>${nameFor(move, reader)}</bdi></button>`;
}

/** A move that cannot be made now says why, beside it. */
function hinder(move: WorkflowMove, refusal: Refusal, reader: Reader): Html {
  const { id } = move;
  const said = refusalWords[refusal][reader.locale];
  return html`<button class="btn s" type="button" id="make-${id}" data-then="state-now" aria-disabled="true" aria-describedby="why-${id}"><bdi>${nameFor(move, reader)}</bdi></button><span class="meta" id="why-${id}">${said}</span>`;
}

function reason(move: WorkflowMove, { card }: TaskFacts, reader: Reader): Html {
  const { id } = move;
  const name = nameFor(move, reader);
  const action = paths.taskMoves(card.id);
  const words = wordsOf(reader);
  return html`<dialog class="dlg task-dialog" id="move-${id}" aria-labelledby="move-${id}-title"><h2 id="move-${id}-title"><bdi>${name}</bdi></h2><form class="form" method="post" action="${action}" hx-post="${action}" hx-target="#desk" hx-swap="none"><input type="hidden" name="seen" value="${card.state.id}"><input type="hidden" name="move" value="${id}"><div class="field"><label for="why-${id}-text">${words.commentNeeded}</label><textarea id="why-${id}-text" name="comment" rows="3" required maxlength="10000" dir="auto"></textarea></div><footer><button class="btn" type="button" commandfor="move-${id}" command="close">${words.cancel}</button><button class="btn primary" type="submit">${name}</button></footer></form></dialog>`;
}

/** Answers what a task is about, and the dialog in which that is changed. */
export function taskAbout(task: TaskFacts, seer: Seer): Html {
  const { card, description } = task;
  const { reader } = seer;
  const words = wordsOf(reader);
  const said =
    description !== "" && html`<div class="task-desc"><div class="prose" dir="auto">${prose(description)}</div></div>`;
  const dialog = html`<dialog class="dlg task-dialog" id="task-edit" aria-labelledby="task-edit-title"><h2 id="task-edit-title">${words.edit}</h2><form class="form" method="post" action="${paths.taskFields(card.id)}" hx-post="${paths.taskFields(card.id)}" hx-target="#desk" hx-swap="none"><input type="hidden" name="shownTitle" value="${card.title}"><input type="hidden" name="shownDescription" value="${description}"><div class="field"><label for="task-title">${words.title}</label><input id="task-title" name="title" required maxlength="200" dir="auto" value="${card.title}"></div><div class="field"><label for="task-description">${words.description}</label><textarea id="task-description" name="description" rows="8" maxlength="10000" dir="auto">${description}</textarea></div><footer><button class="btn" type="button" commandfor="task-edit" command="close">${words.cancel}</button><button class="btn primary" type="submit">${words.save}</button></footer></form></dialog>`;
  return html`<div id="task-about" hx-get="${paths.taskAbout(card.id)}" hx-trigger="task" hx-swap="outerHTML" hx-target="this" hx-sync="this:replace">${said}${mayWorkOn(task, seer.agent) && dialog}</div>`;
}
