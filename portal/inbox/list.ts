import { MOST_COUNTED, type TicketCount, type TicketView } from "../../api/helpdesk/ticket-lists.ts";
import { SEARCHED } from "../../api/helpdesk/ticket-search.ts";
import { type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import { intoList, listLink } from "../links.ts";
import { paths } from "../paths.ts";
import type { Reader } from "../reader.ts";
import { type ConversationRow, conversationRow } from "./row.ts";
import { conditions, type InboxView, type Listing, usualView, whoseViews } from "./view.ts";

/** Rows, how many messages of each are unread, in which the reader has begun to write, and since when all that may have changed. */
export type Listed = {
  rows: ConversationRow[];
  unreadCounts: ReadonlyMap<string, number>;
  drafted: ReadonlySet<string>;
  readAt: Date;
};

/** Rows beside the conversation, and which of them is open. */
type RowsBeside = Listed & { currentId: string | null };

/** What a search found. */
export type FoundList = RowsBeside & { asked: string };

/** A page of a view. */
export type InboxList = RowsBeside & {
  view: InboxView;
  /** Cursor of the next, older page; null at the end. */
  nextBefore: string | null;
};

/** Answers the list pane: whose conversations, the conditions as tabs, rows, and what to do when there are none. */
export function inboxList(list: InboxList, reader: Reader): Html {
  const { words } = reader;
  const { whose, condition } = list.view;
  const header = html`${menuButton(reader)}<h1 class="ell" id="list-title" tabindex="-1">${words.whoseTitle[whose]}</h1>${findLink(reader)}`;
  return pane(
    list.view,
    header,
    html`<nav class="conditions" aria-label="${words.conditionsOf}">${tabs(list.view, reader)}</nav>
<div class="scroll">
<ol class="rows" id="rows" data-read-at="${list.readAt.getTime()}" data-whose="${whose}" data-condition="${condition}">${inboxRows(list, reader)}</ol>
${list.nextBefore && moreButton(list.view, list.nextBefore, reader)}
${emptyPlace(condition === "resolved" ? "check" : "inbox", words.empty[whose] as [string, string])}
</div>`,
  );
}

/** Answers what a search found, in the list's place. Rows that are pushed later stay out of it. */
export function foundList(list: FoundList, reader: Reader): Html {
  const { words } = reader;
  const { asked, rows } = list;
  const header = html`${menuButton(reader)}<h1 class="sr" id="list-title" tabindex="-1">${words.search}</h1><form class="grow" role="search" action="${paths.search}" hx-get="${paths.search}" ${intoList}><input type="search" id="asked" name="q" value="${asked}" aria-label="${words.search}" placeholder="${words.find}" maxlength="200" autofocus></form>`;
  return pane(
    { asked },
    header,
    html`<div class="scroll"><p class="meta found" role="status">${words.found(rows.length)} · ${words.foundAmong(SEARCHED)}</p>
<ol class="rows" id="rows" data-read-at="${list.readAt.getTime()}" data-found="${rows.map(({ conversationId }) => `row-${conversationId}`).join(" ")}">${inboxRows(list, reader)}</ol>
${emptyPlace("search", words.empty.found as [string, string])}
</div>`,
  );
}

/** `data-address` tells which list it is, wherever it stands. */
function pane(listing: Listing, header: Html, content: Html): Html {
  return html`<section class="pane list" id="list" aria-labelledby="list-title" data-address="${paths.list(listing)}">
<header class="bar">${header}</header>
${content}</section>`;
}

function menuButton({ words }: Reader): Html {
  return html`<button class="ib menu-button" type="button" popovertarget="nav" aria-label="${words.menu}">${icon("menu")}</button>`;
}

function findLink({ words }: Reader): Html {
  return html`<a class="ib find-button" href="${paths.search}" data-act="palette" aria-label="${words.search}" title="${words.search}">${icon("search")}</a>`;
}

function tabs(view: InboxView, { words }: Reader): Html[] {
  return conditions.map(
    (condition) =>
      html`<a id="condition-${condition}" ${listLink(paths.inbox({ ...view, condition }))} ${condition === view.condition && html`aria-current="page"`}>${words.conditions[condition]}</a>`,
  );
}

function emptyPlace(sign: "inbox" | "check" | "search", [title, hint]: [string, string]): Html {
  return html`<div class="empty">${icon(sign)}<h2>${title}</h2><p>${hint}</p></div>`;
}

function inboxRows(list: RowsBeside, reader: Reader): Html[] {
  return list.rows.map((row) =>
    conversationRow(row, reader, {
      isCurrent: row.conversationId === list.currentId,
      unreadCount: list.unreadCounts.get(row.conversationId) ?? 0,
      hasDraft: list.drafted.has(row.conversationId),
    }),
  );
}

/** Answers the next page for htmx: its rows go after those present, and the button makes way for the next. */
export function olderRows(list: InboxList, reader: Reader): Html {
  return html`${list.nextBefore && moreButton(list.view, list.nextBefore, reader)}<hx-partial hx-target="#rows" hx-swap="place">${inboxRows(list, reader)}</hx-partial>`;
}

function moreButton(view: InboxView, before: string, reader: Reader): Html {
  const address = paths.moreConversations(view, before);
  return html`<a class="more" id="more-rows" href="${address}" hx-get="${address}" hx-target="this" hx-swap="outerHTML swapEmpty:true">${reader.words.loadMoreConversations}</a>`;
}

const signs = { mine: "inbox", unassigned: "user-round-x", all: "layers" } as const;

/** Where links to the views stand in a page: beside the list or below it, where there is one. */
export type ViewLinks = { view: InboxView | null; counts: TicketCount; isBesideList: boolean };

/** Answers links to the views with how many open conversations each has; `place` tells two of them in a page apart. */
export function viewLinks({ view, counts, isBesideList }: ViewLinks, place: "nav" | "tab", reader: Reader): Html[] {
  return whoseViews.map((whose) => {
    const address = paths.inbox({ ...usualView, whose });
    const link = isBesideList ? listLink(address) : html`href="${address}"`;
    return html`<a ${link} ${whose === view?.whose && html`aria-current="page"`}>${icon(signs[whose])}<span class="ell">${reader.words.whose[whose]}</span><span class="count" id="${place}-${whose}">${counted(counts[whose], reader)}</span></a>`;
  });
}

/** Answers the counts alone, for where they stand. */
export function countChanges(counts: TicketCount, reader: Reader): Html[] {
  const change = (place: string, whose: TicketView) =>
    html`<hx-partial hx-target="#${place}-${whose}" hx-swap="innerHTML">${counted(counts[whose], reader)}</hx-partial>`;
  return whoseViews.flatMap((whose) => [change("nav", whose), change("tab", whose)]);
}

function counted(count: number, { words }: Reader): string {
  return words.counted(count, MOST_COUNTED);
}
