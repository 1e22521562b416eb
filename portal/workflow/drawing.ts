import type { Workflow } from "../../api/tasks/workflow.ts";
import { groupWords } from "../../words/workflows.ts";
import { classes, type Html, html } from "../html.ts";
import type { Reader } from "../reader.ts";
import { nameFor } from "../task/signs.ts";
import { HEADING, layOut, NODE, type PlacedArrow, type PlacedState } from "./layout.ts";
import { wordsOf } from "./words.ts";

/** A name that is longer is cut in its box; all of it is in the table. */
const LONGEST_NAME = 19;

/** Answers the drawing of a workflow: its states in columns by their groups, its moves as arrows. What it says stands in a table, too. */
export function workflowDrawing(workflow: Workflow, reader: Reader): Html {
  const words = wordsOf(reader);
  const { columns, states, arrows, bounds } = layOut(workflow, (named) => nameFor(named, reader));
  const start = states.find(({ state }) => state.id === workflow.start)?.state;
  const { x, y, width, height } = bounds;
  const size = html`viewBox="${round(x)} ${round(y)} ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}"`;
  const headings = columns.map(
    (column) =>
      html`<text class="wf-group" x="${column.x}" y="${round(y + HEADING - 12)}">${groupWords[column.group][reader.locale]}</text>`,
  );
  return html`<div class="wf-drawing" role="region" tabindex="0" aria-labelledby="wf-title"><svg role="img" aria-labelledby="wf-title wf-desc" ${size}><title id="wf-title">${words.workflow}</title><desc id="wf-desc">${words.drawing(workflow.states.length, workflow.moves.length)}. ${start && words.begins(nameFor(start, reader))}</desc>
<defs><marker id="wf-tip" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0 8 4 0 8z"/></marker></defs>
${headings}${arrows.map(arrowLine)}${states.map((placed) => stateBox(placed, placed.state === start, reader))}${arrows.map(arrowLabel)}</svg></div>`;
}

function stateBox({ state, at }: PlacedState, isStart: boolean, reader: Reader): Html {
  const name = nameFor(state, reader);
  const shown = name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name;
  const look = classes("wf-state", isStart && "start");
  return html`<g class="${look}"><title>${name}</title><rect x="${at.x - NODE.width / 2}" y="${at.y - NODE.height / 2}" width="${NODE.width}" height="${NODE.height}" rx="6"/><text x="${at.x}" y="${at.y + 4}">${shown}</text></g>`;
}

function arrowLine({ curve: [from, one, other, to] }: PlacedArrow): Html {
  const points = [one, other, to].map(({ x, y }) => `${round(x)} ${round(y)}`).join(", ");
  return html`<path class="wf-arrow" d="M${round(from.x)} ${round(from.y)} C${points}" marker-end="url(#wf-tip)"/>`;
}

function arrowLabel({ label, at }: PlacedArrow): Html {
  return html`<text class="wf-label" x="${round(at.x)}" y="${round(at.y + 4)}">${label}</text>`;
}

function round(length: number): number {
  return Math.round(length * 10) / 10;
}
