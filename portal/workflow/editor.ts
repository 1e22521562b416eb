import { GROUPS, MOVERS, NEEDS, PRIORITIES } from "../../api/tasks/workflow.ts";
import { groupWords } from "../../words/workflows.ts";
import { type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import { paths } from "../paths.ts";
import type { Reader } from "../reader.ts";
import { wordsOf as taskWordsOf } from "../task/signs.ts";
import { type Draft, type DraftMove, type DraftState, plainEffects } from "./draft.ts";
import { wordsOf } from "./words.ts";

/** A state that goes, and how many tasks stand in it. */
export type Leaving = { id: string; name: string; count: number };

/** What the form of a workflow shows. */
export type Editor = {
  key: string;
  draft: Draft;
  leaving: readonly Leaving[];
  bad: ReadonlySet<string>;
  /** The field that the focus goes to. */
  focused: string | null;
};

/**
 * Answers the form of a workflow. All of it is sent with whatever is pressed, and comes back as it is then: so it is edited with a
 * script or without. The last field tells that none before it was cut off.
 */
export function workflowForm(editor: Editor, reader: Reader): Html {
  const words = wordsOf(reader);
  const { key, draft } = editor;
  const action = paths.projectWorkflow(key);
  // The first button of a form is the one that Enter presses: to look, never to take something out.
  return html`<form class="wf-form" id="workflow-form" method="post" action="${action}" hx-post="${action}" hx-trigger="submit, change" hx-target="#workflow" hx-swap="outerMorph" hx-sync="this:replace" novalidate>
<button class="sr" type="submit" name="do" value="check" tabindex="-1" aria-hidden="true">${words.check}</button>
<input type="hidden" name="version" value="${draft.version}"><input type="hidden" name="states" value="${draft.states.length}"><input type="hidden" name="moves" value="${draft.moves.length}">
<h2 id="wf-states">${words.states}</h2><p class="hint">${words.statesHint}</p><ol class="wf-rows">${draft.states.map((state, nth) => stateRow(state, nth, { editor, reader }))}</ol>
<p><button class="btn s" type="submit" name="do" value="add-state">${icon("plus", "s")}${words.addState}</button></p>
<h2 id="wf-moves">${words.moves}</h2><p class="hint">${words.movesHint}</p><ol class="wf-rows">${draft.moves.map((move, nth) => moveRow(move, nth, { editor, reader }))}</ol>
<p><button class="btn s" type="submit" name="do" value="add-move">${icon("plus", "s")}${words.addMove}</button></p>
${leavingFields(editor, reader)}<input type="hidden" name="whole" value="yes">
<footer><button class="btn primary" type="submit" name="do" value="save">${words.save}</button><a class="btn" href="${action}">${words.discard}</a></footer></form>`;
}

type In = { editor: Editor; reader: Reader };

function stateRow(state: DraftState, nth: number, { editor, reader }: In): Html {
  const words = wordsOf(reader);
  const at = `s${nth}`;
  const groups = GROUPS.map((group) => [group, groupWords[group][reader.locale]] as const);
  const isStart = editor.draft.start === state.id;
  const start = html`<label class="chk" title="${words.start}"><input type="radio" name="start" value="${state.id}" ${isStart && html`checked`}><span>${words.begin}</span></label>`;
  return html`<li class="wf-row" id="${at}"><input type="hidden" name="${at}-id" value="${state.id}">${nameField(at, state, { editor, reader })}
${select({ name: `${at}-group`, label: words.group, value: state.group }, groups)}
${input({ name: `${at}-limit`, label: words.limit, value: state.limit, look: "short" }, editor)}${start}
<span class="end">${nth > 0 && act(`up ${state.id}`, "chevrons-up", words.up(state.name))}${editor.draft.states.length > 1 && act(`remove-state ${state.id}`, "x", words.remove(state.name))}</span></li>`;
}

function moveRow(move: DraftMove, nth: number, { editor, reader }: In): Html {
  const words = wordsOf(reader);
  const at = `m${nth}`;
  const { states } = editor.draft;
  const known = states.map(({ id, name }) => [id, name] as const);
  const targets = states.some(({ id }) => id === move.to) ? known : [[move.to, words.gone(move.to)] as const, ...known];
  const movers = MOVERS.map((mover) => [mover, words.movers[mover]] as const);
  const { priorities } = taskWordsOf(reader);
  const setting = [["", words.keepPriority] as const, ...PRIORITIES.map((one) => [one, priorities[one]] as const)];
  const isFrom = (id: string) => !move.isFromAny && move.from.includes(id);
  return html`<li class="wf-row move" id="${at}"><div class="wf-line">${nameField(at, move, { editor, reader })}
${input({ name: `${at}-id`, label: words.command, value: move.id, look: "code" }, editor)}
${select({ name: `${at}-to`, label: words.to, value: move.to }, targets)}
${select({ name: `${at}-by`, label: words.by, value: move.by }, movers)}
<span class="end">${act(`remove-move ${nth}`, "x", words.remove(move.name))}</span></div>
<fieldset id="${at}-from"><legend>${words.from}</legend>${box(`${at}-any`, words.anywhere, move.isFromAny)}${states.map(({ id, name }) => box(`${at}-from-${id}`, name, isFrom(id)))}</fieldset>
<fieldset><legend>${words.needs}</legend>${NEEDS.map((need) => box(`${at}-needs-${need}`, words.needed[need], move.needs.includes(need)))}</fieldset>
<fieldset><legend>${words.effects}</legend>${plainEffects.map((kind) => box(`${at}-effects-${kind}`, words.effected[kind], move.effects.includes(kind)))}
${select({ name: `${at}-priority`, label: words.setPriority, value: move.priority }, setting)}</fieldset></li>`;
}

function leavingFields({ leaving, draft }: Editor, reader: Reader): Html | null {
  const words = wordsOf(reader);
  if (leaving.length === 0) return null;
  const choices = [["", words.choose] as const, ...draft.states.map(({ id, name }) => [id, name] as const)];
  return html`<section class="wf-goes" aria-labelledby="wf-goes"><h2 id="wf-goes">${words.goes}</h2>${leaving.map(({ id, name, count }) => select({ name: `goes-${id}`, label: words.whereGo(name, count), value: draft.goes[id] ?? "" }, choices))}</section>`;
}

function nameField(at: string, { name }: { name: string }, { editor, reader }: In): Html {
  return input({ name: `${at}-name`, label: wordsOf(reader).name, value: name }, editor);
}

type Field = { name: string; label: string; value: string };

function input({ name, label, value, look }: Field & { look?: string }, { bad, focused }: Editor): Html {
  return html`<label class="wf-field ${look}">${label}<input type="text" id="${name}" name="${name}" value="${value}" dir="auto" autocomplete="off" ${bad.has(name) && html`aria-invalid="true" aria-describedby="wf-findings"`} ${focused === name && html`autofocus`}></label>`;
}

function select({ name, label, value }: Field, choices: readonly (readonly [string, string])[]): Html {
  const options = choices.map(
    ([own, text]) => html`<option value="${own}" ${own === value && html`selected`}>${text}</option>`,
  );
  return html`<label class="wf-field">${label}<select id="${name}" name="${name}">${options}</select></label>`;
}

function box(name: string, label: string, isOn: boolean): Html {
  return html`<label class="chk"><input type="checkbox" id="${name}" name="${name}" value="on" ${isOn && html`checked`}><span>${label}</span></label>`;
}

function act(value: string, sign: "x" | "chevrons-up", name: string): Html {
  return html`<button class="ib" type="submit" name="do" value="${value}" aria-label="${name}" title="${name}">${icon(sign)}</button>`;
}
