import { type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import { paths } from "../paths.ts";
import { avatar, ownerFace, type Person } from "../person.ts";
import { wordsOf as projectWordsOf } from "../project/words.ts";
import type { Reader } from "../reader.ts";
import {
  type Due,
  dueSign,
  labelSign,
  type Priority,
  prioritySign,
  type StateGroup,
  type TaskType,
  typeSign,
  wordsOf,
} from "./signs.ts";

/** A task as a board and a list show it: the same for everyone who may see it. */
export type Card = {
  id: string;
  projectId: string;
  /** `OPS-12`. */
  key: string;
  number: number;
  title: string;
  type: TaskType;
  priority: Priority;
  state: { id: string; name: string; group: StateGroup };
  /** Its place in its column: texts in the order of their bytes. */
  rank: string;
  /** Grows with everything that becomes of it. */
  seq: number;
  due: Due | null;
  assignees: Person[];
  labels: { name: string; colour: string }[];
  checklist: { done: number; all: number };
};

const FACES = 3;

/** Answers a task as a card of a board. A pushed card is this same element; the browser puts it into its column. */
export function taskCard(card: Card, reader: Reader): Html {
  const { id, key, title, type, priority, state, rank, seq } = card;
  const words = projectWordsOf(reader);
  return html`<li class="card" id="card-${id}" data-state="${state.id}" data-rank="${rank}" data-seq="${seq}" data-key="${key}"><span class="top">${typeSign(type, reader)}<span class="key">${key}</span>${prioritySign(priority, reader)}${faces(card, reader)}<button class="ib s card-move" type="button" data-move="${paths.taskPlace(id)}" aria-label="${words.moveCard(key)}" title="${words.moveCard(key)}">${icon("ellipsis", "s")}</button></span>
<a class="card-title" href="${paths.conversation(id)}" aria-describedby="board-keys"><bdi>${title}</bdi></a>${foot(card, reader)}</li>`;
}

function faces({ assignees }: Card, reader: Reader): Html {
  const names = assignees.map(({ name }) => name).join(", ") || wordsOf(reader).nobody;
  const shown = assignees.length === 0 ? ownerFace(null) : assignees.slice(0, FACES).map((one) => avatar(one, "xs"));
  return html`<span class="avs" title="${names}">${shown}<span class="sr">${wordsOf(reader).assignees}: ${names}</span></span>`;
}

function foot({ due, labels, checklist, state }: Card, reader: Reader): Html | null {
  const { done, all } = checklist;
  if (!due && labels.length === 0 && all === 0) return null;
  const words = wordsOf(reader);
  const count = html`<span class="due" title="${words.checklist}">${icon("square-check-big", "s")}<span aria-hidden="true">${done} / ${all}</span><span class="sr">${words.checklist}: ${words.done(done, all)}</span></span>`;
  return html`<span class="ft">${due && dueSign(due, state.group, reader)}${labels.map(labelSign)}${all > 0 && count}</span>`;
}

/** Answers a card for every board of its project that is open: the browser takes it from there to its place. */
export function cardChange(card: Card, reader: Reader): Html {
  return html`<hx-partial hx-target="#arrivals-${card.projectId}" hx-swap="beforeend">${taskCard(card, reader)}</hx-partial>`;
}
