import { stateOf, type Workflow, type WorkflowMove } from "../../api/tasks/workflow.ts";
import { type Html, html } from "../html.ts";
import type { Reader } from "../reader.ts";
import { nameFor, wordsOf as taskWordsOf } from "../task/signs.ts";
import { wordsOf } from "./words.ts";

/** Answers the moves of a workflow as a table: all that its drawing says, and what the drawing cannot. */
export function workflowTable(workflow: Workflow, reader: Reader): Html {
  const words = wordsOf(reader);
  const heads = [words.name, words.command, words.from, words.to, words.by, words.needs, words.effects];
  return html`<div class="wf-table" role="region" tabindex="0" aria-labelledby="wf-table"><table><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${workflow.moves.map((move) => moveRow(workflow, move, reader))}</tbody></table></div>`;
}

function moveRow(workflow: Workflow, move: WorkflowMove, reader: Reader): Html {
  const words = wordsOf(reader);
  const stateName = (id: string) => {
    const state = stateOf(workflow, id);
    return state ? nameFor(state, reader) : id;
  };
  const from = move.from === "any" ? words.anywhere : move.from.map(stateName).join(", ");
  const needs = move.needs.map((need) => words.needed[need]).join(", ");
  const effects = move.effects.map((effect) =>
    effect.kind === "set_priority"
      ? `${words.setPriority}: ${taskWordsOf(reader).priorities[effect.priority]}`
      : words.effected[effect.kind],
  );
  const cells = [from, stateName(move.to), words.movers[move.by], needs, effects.join(", ")];
  return html`<tr><th scope="row">${nameFor(move, reader)}</th><td><code>/${move.id}</code></td>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`;
}
