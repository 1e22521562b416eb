import { printFilter } from "../../api/tasks/filter.ts";
import { readFilter } from "../../api/tasks/read-filter.ts";
import type { SavedViewShape } from "../../prisma/generated/client/client.ts";
import { type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import { paths } from "../paths.ts";
import type { Reader } from "../reader.ts";
import { askFirst } from "../settings/form.ts";
import { wordsOf } from "../task/signs.ts";
import { viewWordsOf } from "./filter-bar.ts";

/** A saved view as a menu names it. */
export type ViewLine = {
  id: string;
  name: string;
  query: string;
  shape: SavedViewShape;
  isShared: boolean;
  projectKey: string | null;
  mayChange: boolean;
  /** Whether the reader may share it, or keep it to themself. */
  mayShare: boolean;
};

/** What may be saved here: the filter that is shown, and how. */
export type ViewPlace = {
  text: string;
  shape: SavedViewShape;
  project: { id: string; key: string } | null;
  /** Whether the reader may save views, and share them. */
  maySave: boolean;
  mayShare: boolean;
  clientId: string;
};

/** Answers where a view leads: its filter in the reader's language. */
export function viewAddress({ shape, query, projectKey }: ViewLine, { locale }: Pick<Reader, "locale">): string {
  const q = printFilter(readFilter(query).filter, locale);
  if (projectKey === null) return paths.work({ q });
  return shape === "board" ? paths.board(projectKey, { q }) : paths.taskList(projectKey, { q });
}

/** Answers the button of saved views, and the menu in which they are opened, saved, changed and deleted. */
export function viewsMenu(views: readonly ViewLine[], place: ViewPlace, reader: Reader): Html {
  const words = viewWordsOf(reader);
  const lines = views.map((view) => viewLine(view, reader));
  const list = views.length === 0 ? html`<p class="hint">${words.noViews}</p>` : html`<ul class="views">${lines}</ul>`;
  return html`<button class="btn s views-button" type="button" popovertarget="views-menu">${icon("bookmark", "s")}<span class="verb">${words.savedViews}</span></button><div class="menu views-menu" id="views-menu" popover role="dialog" aria-label="${words.savedViews}">${list}${place.maySave && saving(place, reader)}</div>${views.filter(({ mayChange }) => mayChange).map((view) => changing(view, place, reader))}`;
}

function viewLine(view: ViewLine, reader: Reader): Html {
  const words = viewWordsOf(reader);
  const { id, name, shape, isShared, projectKey, mayChange } = view;
  const drawing = shape === "board" ? "square-kanban" : shape === "list" ? "list" : "circle-user";
  const change =
    mayChange &&
    html`<button class="ib s" type="button" commandfor="view-${id}" command="show-modal" aria-label="${words.changeView(name)}" title="${words.changeView(name)}">${icon("pencil", "s")}</button>`;
  return html`<li><a class="opt grow" href="${viewAddress(view, reader)}">${icon(drawing)}<span class="ell grow"><bdi>${name}</bdi></span>${projectKey && html`<span class="meta">${projectKey}</span>`}${isShared && html`<span title="${words.shared}">${icon("users-round", "s")}<span class="sr">${words.shared}</span></span>`}</a>${change}</li>`;
}

function saving({ text, shape, project, mayShare, clientId }: ViewPlace, reader: Reader): Html {
  const words = viewWordsOf(reader);
  const share =
    project &&
    mayShare &&
    html`<label class="chk"><input type="checkbox" name="shared" value="yes">${words.shareView}</label>`;
  return html`<form class="save-view" method="post" action="${paths.savedViews}"><input type="hidden" name="clientId" value="${clientId}"><input type="hidden" name="filter" value="${text}"><input type="hidden" name="shape" value="${shape}">${project && html`<input type="hidden" name="project" value="${project.id}">`}<label for="view-name">${words.saveView}</label><div class="row"><input id="view-name" name="name" required maxlength="80" dir="auto" placeholder="${words.viewName}"><button class="btn s primary" type="submit">${wordsOf(reader).save}</button></div>${share}</form>`;
}

function changing(view: ViewLine, place: ViewPlace, reader: Reader): Html {
  const { id, name, isShared, mayShare } = view;
  const words = viewWordsOf(reader);
  const { cancel, save } = wordsOf(reader);
  const question = {
    ...{ id: `delete-view-${id}`, title: words.deleteViewQuestion(name), action: paths.savedView(id) },
    ...{ consequence: isShared ? words.deleteSharedView : words.deleteOwnView, fields: { act: "delete" } },
    verb: words.deleteView,
  };
  return html`<dialog class="dlg" id="view-${id}" aria-labelledby="view-${id}-title"><h2 id="view-${id}-title"><bdi>${words.changeView(name)}</bdi></h2><form class="form" method="post" action="${paths.savedView(id)}"><div class="field"><label for="view-${id}-name">${words.viewName}</label><input id="view-${id}-name" name="name" required maxlength="80" dir="auto" value="${name}"></div>${takingFilter(view, place, reader)}${mayShare && html`<input type="hidden" name="sharing" value="asked"><label class="chk"><input type="checkbox" name="shared" value="yes" ${isShared && html`checked`}>${words.shareView}</label>`}<footer><button class="btn" type="button" commandfor="view-${id}" command="close">${cancel}</button><button class="btn primary" type="submit" name="act" value="change">${save}</button></footer></form>${askFirst(question, { label: words.deleteView }, reader)}</dialog>`;
}

/** A view of the place that is shown can take the filter that is shown there, unless it has that already. */
function takingFilter({ query, projectKey }: ViewLine, { text, project }: ViewPlace, reader: Reader): Html | null {
  const known = printFilter(readFilter(query).filter, reader.locale);
  if (projectKey !== (project?.key ?? null) || text.trim() === known) return null;
  const words = viewWordsOf(reader);
  return html`<label class="chk"><input type="checkbox" name="filter" value="${text}"><span>${words.takeFilter} <b dir="auto">${text.trim() || words.allTasks}</b></span></label>`;
}
