import { type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import { paths } from "../paths.ts";
import { avatar, ownerFace } from "../person.ts";
import type { Reader } from "../reader.ts";
import type { Card } from "../task/card.ts";
import { dueSign, groupIcon, labelSign, nameFor, prioritySign, typeSign, wordsOf } from "../task/signs.ts";
import type { ProjectLine } from "./queries.ts";

/** Answers tasks as a table: what is done about what, by whom, until when. */
function taskTable(cards: readonly Card[], reader: Reader): Html {
  const words = wordsOf(reader);
  if (cards.length === 0) return html`<p class="hint">${words.emptyLane}</p>`;
  return html`<table class="task-lines"><thead><tr><th scope="col">${words.type}</th><th scope="col">${words.title}</th><th scope="col">${words.state}</th><th scope="col" class="wide-only">${words.priority}</th><th scope="col" class="wide-only">${words.assignees}</th><th scope="col">${words.due}</th></tr></thead>
<tbody>${cards.map((card) => taskLine(card, reader))}</tbody></table>`;
}

function taskLine(card: Card, reader: Reader): Html {
  const { id, key, title, type, priority, state, assignees, labels, due } = card;
  const faces = assignees.length === 0 ? ownerFace(null) : assignees.map((one) => avatar(one, "xs"));
  const names = assignees.map(({ name }) => name).join(", ") || wordsOf(reader).nobody;
  return html`<tr><td>${typeSign(type, reader)} <span class="key">${key}</span></td><td class="title"><a href="${paths.conversation(id)}"><bdi>${title}</bdi></a> ${labels.map(labelSign)}</td><td class="state">${groupIcon(state.group)} <bdi>${nameFor(state, reader)}</bdi></td><td class="wide-only">${prioritySign(priority, reader)}</td><td class="wide-only"><span class="avs" title="${names}">${faces}<span class="sr">${names}</span></span></td><td>${due && dueSign(due, state.group, reader)}</td></tr>`;
}

/** Answers the tasks of a project. */
export function listContent(cards: readonly Card[], reader: Reader): Html {
  return html`<div class="body broad">${taskTable(cards, reader)}</div>`;
}

/** Answers one's own work above the projects that one is in. */
export function workContent(
  { own, projects, mayCreate }: { own: readonly Card[]; projects: readonly ProjectLine[]; mayCreate: boolean },
  reader: Reader,
): Html {
  const words = wordsOf(reader);
  const mine =
    own.length === 0
      ? html`<div class="empty">${icon("square-check-big")}<h2>${words.nothingToDo}</h2><p>${words.nothingToDoHint}</p></div>`
      : html`<h2>${words.myWork}</h2><p class="hint">${words.myWorkHint}</p>${taskTable(own, reader)}`;
  const none = html`<p class="hint">${words.noProjects}. ${words.noProjectsHint}</p>`;
  return html`${projects.length > 0 && mine}<h2>${words.projects}</h2>${projects.length === 0 ? none : html`<ul class="persons">${projects.map((project) => projectLine(project, reader))}</ul>`}
${mayCreate && html`<p><a class="btn" href="${paths.newProject}">${icon("plus", "s")}${words.newProject}</a></p>`}`;
}

/** Answers the projects in which a task may be made of a message. */
export function projectChoice(projects: readonly ProjectLine[], from: string, reader: Reader): Html {
  const words = wordsOf(reader);
  if (projects.length === 0)
    return html`<p class="hint">${words.noProjects}. ${words.noProjectsHint}</p><p><a class="btn" href="${paths.newProject}">${words.newProject}</a></p>`;
  return html`<p class="hint">${words.chooseProject}</p><ul class="persons">${projects.map(({ key, name }) => html`<li class="person">${icon("square-kanban")}<span class="grow"><b class="ell"><bdi>${name}</bdi></b><span class="meta">${key}</span></span><a class="btn s" href="${paths.newTask(key, { from })}">${words.choose}</a></li>`)}</ul>`;
}

function projectLine({ key, name, openCount }: ProjectLine, reader: Reader): Html {
  const words = wordsOf(reader);
  return html`<li class="person">${icon("square-kanban")}<span class="grow"><b class="ell"><bdi>${name}</bdi></b><span class="meta">${key} · ${words.openTasks(openCount)}</span></span><a class="btn s" href="${paths.board(key)}">${words.board}</a></li>`;
}
