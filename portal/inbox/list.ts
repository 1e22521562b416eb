import { type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import { type InboxView, inboxViews, paths } from "../paths.ts";
import type { Reader } from "../reader.ts";
import { type ConversationRow, conversationRow } from "./row.ts";

/** The list beside the conversation: a page of rows, which of them is open, and how many messages of each are unread. */
export type InboxList = {
  view: InboxView;
  rows: ConversationRow[];
  unreadCounts: ReadonlyMap<string, number>;
  currentId: string | null;
  /** Cursor of the next, older page; null at the end. */
  nextBefore: string | null;
};

/** Answers the list pane: heading, the views as tabs where the navigation is folded away, rows, and what to do when empty. */
export function inboxList(list: InboxList, reader: Reader): Html {
  const { words } = reader;
  const [emptyTitle, emptyHint] = words.emptyViews[list.view] as [string, string];
  return html`<section class="pane list" id="list" aria-labelledby="list-title">
<header class="bar"><button class="ib menu-button" type="button" popovertarget="nav" aria-label="${words.menu}">${icon("menu")}</button><h1 class="ell" id="list-title">${words.views[list.view]}</h1></header>
<div class="scroll">
<ol class="rows" id="rows" data-view="${list.view}" data-current="${list.currentId}">${inboxRows(list, reader)}</ol>
${list.nextBefore && moreButton(list.view, list.nextBefore, reader)}
<div class="empty">${icon(list.view === "resolved" ? "check" : "inbox")}<h2>${emptyTitle}</h2><p>${emptyHint}</p></div>
</div></section>`;
}

/** Answers the rows alone, for the first page and for older ones. */
export function inboxRows(list: InboxList, reader: Reader): Html[] {
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

/** Answers links to the views with icons, for the navigation and the tab bar of phones. */
export function viewLinks(current: InboxView | null, reader: Reader, views: readonly InboxView[] = inboxViews): Html[] {
  const icons = {
    open: "inbox",
    pending: "circle-pause",
    resolved: "check",
    closed: "archive",
    all: "layers",
  } as const;
  return views.map(
    (view) =>
      html`<a href="${paths.inbox(view)}" ${view === current && html`aria-current="page"`}>${icon(icons[view])}<span class="ell">${reader.words.views[view]}</span></a>`,
  );
}
