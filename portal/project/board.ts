import { type Filter, printFilter, withCondition } from "../../api/tasks/filter.ts";
import { classes, type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import { paths } from "../paths.ts";
import type { Reader } from "../reader.ts";
import { type Card, taskCard } from "../task/card.ts";
import { nameFor, type StateGroup } from "../task/signs.ts";
import { wordsOf } from "./words.ts";

/** A column: a state, how many tasks stand in it, and those of them that are shown. */
export type Lane = {
  state: { id: string; name: string; group: StateGroup; limit: number | null };
  /** Whether new tasks begin here. */
  isStart: boolean;
  count: number;
  cards: Card[];
};

/** A project with its tasks by their states. */
export type Board = {
  project: { id: string; key: string; name: string };
  /** Whether the reader may change its tasks. */
  isWritable: boolean;
  /** The highest number that a task had when it was read. */
  lastNumber: number;
  lanes: Lane[];
  /** The filter of the page, as far as it could be read; undefined: all is shown. */
  filter?: Filter;
};

/**
 * Answers the board: a column for each state, and a place where changed cards arrive. What the keys do is told where they do
 * something: a card names that, the same for everyone, and on a board that is only read there is nothing of this name.
 */
export function boardContent({ project, isWritable, lastNumber, lanes, filter }: Board, reader: Reader): Html {
  return html`<div class="board" id="board" tabindex="-1" data-project="${project.id}" data-last="${lastNumber}" ${filter && html`data-filtered="true"`} ${isWritable && html`data-writable="true"`}>${lanes.map((lane) => laneColumn(lane, { project, isWritable, ...(filter && { filter }) }, reader))}</div>
<ol id="arrivals-${project.id}" hidden></ol>${isWritable && html`<p class="sr" id="board-keys">${wordsOf(reader).cardKeys}</p>`}`;
}

function laneColumn(
  { state, isStart, count, cards }: Lane,
  board: Pick<Board, "project" | "isWritable" | "filter">,
  reader: Reader,
): Html {
  const { id, group } = state;
  // What a filter leaves out is in the column all the same.
  const limit = board.filter ? null : state.limit;
  const name = nameFor(state, reader);
  const words = wordsOf(reader);
  const hidden = count - cards.length;
  const all = withCondition(board.filter ?? [], { field: "state", values: [name], isNot: false });
  return html`<section class="lane" data-state="${id}" data-group="${group}" data-name="${name}" data-hidden="${hidden}" ${limit !== null && html`data-limit="${limit}"`} aria-labelledby="lane-${id}-name"><header><h2 class="ell" id="lane-${id}-name"><bdi>${name}</bdi></h2>${laneCount({ count, limit }, reader)}${board.isWritable && isStart && html`<a class="ib s" href="${paths.newTask(board.project.key)}" aria-label="${words.addTo(name)}" title="${words.addTo(name)}">${icon("plus", "s")}</a>`}</header>
<ol class="cards" id="lane-${id}">${cards.map((card) => taskCard(card, reader))}</ol>${hidden > 0 && html`<a class="more" href="${paths.taskList(board.project.key, { q: printFilter(all, reader.locale) })}">${words.showMore(hidden)}</a>`}</section>`;
}

/** Answers how full a column is; in words where it holds more than it should. */
export function laneCount({ count, limit }: { count: number; limit: number | null }, reader: Reader): Html {
  const look = limit === null || count < limit ? "" : count === limit ? "full" : "over";
  const said =
    limit === null ? String(count) : count > limit ? wordsOf(reader).overLimit(count, limit) : `${count} / ${limit}`;
  return html`<span class="${classes("n", "wip", look)}">${said}</span>`;
}
