import { MOST_COUNTED, type TicketCount, type TicketView } from "../../api/helpdesk/ticket-lists.ts";
import { SEARCHED } from "../../api/helpdesk/ticket-search.ts";
import { type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import { paths } from "../paths.ts";
import type { Reader } from "../reader.ts";
import { type ConversationRow, conversationRow } from "./row.ts";
import { conditions, type InboxView, usualView, whoseViews } from "./view.ts";

/** Rows, and how many messages of each are unread. */
export type Listed = { rows: ConversationRow[]; unreadCounts: ReadonlyMap<string, number> };

/** The list beside the conversation: a page of rows, and which of them is open. */
export type InboxList = Listed & {
  view: InboxView;
  currentId: string | null;
  /** Cursor of the next, older page; null at the end. */
  nextBefore: string | null;
};

/** Answers the list pane: whose conversations, the conditions as tabs, rows, and what to do when there are none. */
export function inboxList(list: InboxList, reader: Reader): Html {
  const { words } = reader;
  const { whose, condition } = list.view;
  return html`<section class="pane list" id="list" aria-labelledby="list-title">
<header class="bar">${menuButton(reader)}<h1 class="ell" id="list-title">${words.whoseTitle[whose]}</h1>${findLink(reader)}</header>
<nav class="conditions" aria-label="${words.conditionsOf}">${tabs(list.view, reader)}</nav>
<div class="scroll">
<ol class="rows" id="rows" data-whose="${whose}" data-condition="${condition}">${inboxRows(list, reader)}</ol>
${list.nextBefore && moreButton(list.view, list.nextBefore, reader)}
${emptyPlace(condition === "resolved" ? "check" : "inbox", words.empty[whose] as [string, string])}
</div></section>`;
}

/** Answers what a search found, in the list's place. Rows that are pushed later stay out of it. */
export function foundList(asked: string, list: Listed, reader: Reader): Html {
  const { words } = reader;
  return html`<section class="pane list" id="list" aria-labelledby="list-title">
<header class="bar">${menuButton(reader)}<h1 class="sr" id="list-title">${words.search}</h1><form class="grow" role="search" action="${paths.search}"><input type="search" name="q" value="${asked}" aria-label="${words.search}" placeholder="${words.find}" maxlength="200" autofocus></form></header>
<div class="scroll"><p class="meta found" role="status">${words.found(list.rows.length)} · ${words.foundAmong(SEARCHED)}</p>
<ol class="rows" id="rows" data-whose="found">${inboxRows({ ...list, currentId: null }, reader)}</ol>
${emptyPlace("search", words.empty.found as [string, string])}
</div></section>`;
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
      html`<a href="${paths.inbox({ ...view, condition })}" ${condition === view.condition && html`aria-current="page"`}>${words.conditions[condition]}</a>`,
  );
}

function emptyPlace(sign: "inbox" | "check" | "search", [title, hint]: [string, string]): Html {
  return html`<div class="empty">${icon(sign)}<h2>${title}</h2><p>${hint}</p></div>`;
}

/** Answers the rows alone, for the first page and for older ones. */
export function inboxRows(list: Listed & { currentId: string | null }, reader: Reader): Html[] {
  return list.rows.map((row) =>
    conversationRow(row, reader, {
      isCurrent: row.conversationId === list.currentId,
      unreadCount: list.unreadCounts.get(row.conversationId) ?? 0,
    }),
  );
}

/** Answers the next page for htmx: its rows go after those present, and the button makes way for the next. */
export function olderRows(list: InboxList, reader: Reader): Html {
  return html`${list.nextBefore && moreButton(list.view, list.nextBefore, reader)}<hx-partial hx-target="#rows" hx-swap="upsert key:data-rank sort:desc">${inboxRows(list, reader)}</hx-partial>`;
}

function moreButton(view: InboxView, before: string, reader: Reader): Html {
  const address = paths.moreConversations(view, before);
  return html`<a class="more" id="more-rows" href="${address}" hx-get="${address}" hx-target="this" hx-swap="outerHTML swapEmpty:true">${reader.words.loadMoreConversations}</a>`;
}

const signs = { mine: "inbox", unassigned: "user-round-x", all: "layers" } as const;

/** Answers links to the views with how many open conversations each has; `place` tells two of them in a page apart. */
export function viewLinks(view: InboxView | null, counts: TicketCount, place: "nav" | "tab", reader: Reader): Html[] {
  return whoseViews.map(
    (whose) =>
      html`<a href="${paths.inbox({ ...usualView, whose })}" ${whose === view?.whose && html`aria-current="page"`}>${icon(signs[whose])}<span class="ell">${reader.words.whose[whose]}</span><span class="count" id="${place}-${whose}">${counted(counts[whose], reader)}</span></a>`,
  );
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
