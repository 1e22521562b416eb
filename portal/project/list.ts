import { groupWords } from "../../words/workflows.ts";
import { type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import { paths } from "../paths.ts";
import { avatar, ownerFace } from "../person.ts";
import type { Reader } from "../reader.ts";
import type { Card } from "../task/card.ts";
import {
  dueSign,
  groupIcon,
  labelSign,
  nameFor,
  prioritySign,
  type StateGroup,
  typeSign,
  wordsOf as taskWordsOf,
} from "../task/signs.ts";
import { type BulkChoices, bulkForm } from "./bulk-bar.ts";
import { nothingFound, viewWordsOf } from "./filter-bar.ts";
import type { ProjectLine } from "./queries.ts";
import { wordsOf } from "./words.ts";

/** How a table of tasks is shown: whether its rows can be selected. */
type Look = { isSelectable?: boolean };

/** Answers tasks as a table: what is done about what, by whom, until when. */
function taskTable(cards: readonly Card[], reader: Reader, { isSelectable = false }: Look = {}): Html {
  const words = taskWordsOf(reader);
  const all =
    isSelectable &&
    html`<th scope="col" class="pick"><input type="checkbox" id="select-all" aria-label="${viewWordsOf(reader).selectAll}"></th>`;
  return html`<table class="task-lines"><thead><tr>${all}<th scope="col">${words.type}</th><th scope="col">${words.title}</th><th scope="col">${words.state}</th><th scope="col" class="wide-only">${words.priority}</th><th scope="col" class="wide-only">${words.assignees}</th><th scope="col">${words.due}</th></tr></thead>
<tbody>${cards.map((card) => taskLine(card, reader, isSelectable))}</tbody></table>`;
}

function taskLine(card: Card, reader: Reader, isSelectable: boolean): Html {
  const { id, key, title, type, priority, state, assignees, labels, due } = card;
  const faces = assignees.length === 0 ? ownerFace(null) : assignees.map((one) => avatar(one, "xs"));
  const names = assignees.map(({ name }) => name).join(", ") || taskWordsOf(reader).nobody;
  const pick =
    isSelectable &&
    html`<td class="pick"><input type="checkbox" name="task" value="${id} ${state.id}" data-id="${id}" aria-label="${viewWordsOf(reader).select(key)}"></td>`;
  return html`<tr data-id="${id}">${pick}<td>${typeSign(type, reader)} <span class="key">${key}</span></td><td class="title"><a href="${paths.conversation(id)}"><bdi>${title}</bdi></a> ${labels.map(labelSign)}</td><td class="state">${groupIcon(state.group)} <bdi>${nameFor(state, reader)}</bdi></td><td class="wide-only">${prioritySign(priority, reader)}</td><td class="wide-only"><span class="avs" title="${names}">${faces}<span class="sr">${names}</span></span></td><td>${due && dueSign(due, state.group, reader)}</td></tr>`;
}

/** Tasks of a project as they are listed: those of a page, where more are, and what can be done to several; null: nothing. */
export type TaskList = {
  project: { id: string; key: string };
  cards: readonly Card[];
  more: string | null;
  bulk: BulkChoices | null;
  /** What is told where nothing is found. */
  none: Html;
};

/** Answers the tasks of a project; the page asks for them again when one of the project's has changed. */
export function listContent({ project, cards, more, bulk, none }: TaskList, reader: Reader): Html {
  const table = taskTable(cards, reader, { isSelectable: bulk !== null });
  const shown = bulk ? bulkForm(table, { key: project.key, ...bulk }, reader) : table;
  const rest = more && html`<p><a class="btn" href="${more}">${viewWordsOf(reader).older}</a></p>`;
  return html`<div class="body broad" id="task-list" data-renew="${project.id}">${cards.length === 0 ? none : shown}${rest}</div><ol id="arrivals-${project.id}" hidden></ol>`;
}

/** Groups in the order in which one's work is told: what is begun first. */
const GROUPS: readonly StateGroup[] = ["started", "unstarted", "triage", "backlog", "completed", "cancelled"];

/** Answers tasks of several projects, under what their states mean. */
export function workByGroup(cards: readonly Card[], reader: Reader): Html {
  const byGroup = Map.groupBy(cards, ({ state }) => state.group);
  const present = GROUPS.filter((group) => byGroup.has(group));
  return html`${present.map((group) => html`<h2>${groupWords[group][reader.locale]} <span class="n">${byGroup.get(group)!.length}</span></h2>${taskTable(byGroup.get(group)!, reader)}`)}`;
}

/** One's own work, or what a filter finds of it, above the projects that one is in. */
export type Work = {
  found: readonly Card[];
  /** Whether it is what is assigned to the reader and open. */
  isUsual: boolean;
  filter: Html;
  projects: readonly ProjectLine[];
  mayCreate: boolean;
};

/** Answers one's own work above the projects that one is in. */
export function workContent({ found, isUsual, filter, projects, mayCreate }: Work, reader: Reader): Html {
  const words = wordsOf(reader);
  const { nothingToDo, nothingToDoHint } = taskWordsOf(reader);
  const empty = isUsual
    ? html`<div class="empty">${icon("square-check-big")}<h2>${nothingToDo}</h2><p>${nothingToDoHint}</p></div>`
    : nothingFound(paths.work(), reader);
  const mine = found.length === 0 ? empty : workByGroup(found, reader);
  const shown = html`${filter}<div id="task-list" data-renew="all">${mine}</div>`;
  const none = html`<p class="hint">${words.noProjects}. ${words.noProjectsHint}</p>`;
  return html`${projects.length > 0 && shown}<h2>${words.projects}</h2>${projects.length === 0 ? none : html`<ul class="persons">${projects.map((project) => projectLine(project, reader))}</ul>`}
${mayCreate && html`<p><a class="btn" href="${paths.newProject}">${icon("plus", "s")}${words.newProject}</a></p>`}`;
}

/** Answers what is said to whoever may make tasks nowhere, with a way out. */
export function noneToWorkIn(reader: Reader): Html {
  const words = wordsOf(reader);
  return html`<p class="hint">${words.noneToWorkIn}</p><p><a class="btn" href="${paths.newProject}">${words.newProject}</a></p>`;
}

/** Answers the projects in which a task may be made of a message. */
export function projectChoice(projects: readonly ProjectLine[], from: string, reader: Reader): Html {
  const words = wordsOf(reader);
  if (projects.length === 0) return noneToWorkIn(reader);
  return html`<p class="hint">${words.chooseProject}</p><ul class="persons">${projects.map(({ key, name }) => html`<li class="person">${icon("square-kanban")}<span class="grow"><b class="ell"><bdi>${name}</bdi></b><span class="meta">${key}</span></span><a class="btn s" href="${paths.newTask(key, { from })}">${words.choose}</a></li>`)}</ul>`;
}

function projectLine({ key, name, openCount }: ProjectLine, reader: Reader): Html {
  const words = wordsOf(reader);
  return html`<li class="person">${icon("square-kanban")}<span class="grow"><b class="ell"><bdi>${name}</bdi></b><span class="meta">${key} · ${words.openTasks(openCount)}</span></span><a class="btn s" href="${paths.board(key)}">${words.board}</a></li>`;
}
