import { preview as wordsOf } from "../../markdown/parse.ts";
import { classes, type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import { conversationLink } from "../links.ts";
import { assigneeFace, firstName, nameOf, type Person, personName } from "../person.ts";
import { paths, type Status } from "../paths.ts";
import type { Reader } from "../reader.ts";
import { stamp } from "../stamp.ts";

/** A conversation as the list shows it. */
export type ConversationRow = {
  conversationId: string;
  number: number;
  status: Status;
  contact: Person;
  /** Whose it is; null: nobody's. */
  assignee: Person | null;
  inboxName: string;
  lastActivityAt: Date;
  lastMessage: { author: Person; body: string; isNote: boolean } | null;
};

/** What differs between two readers of a row. Pushed rows carry no marks; the browser keeps or sets its own. */
export type RowMarks = { isCurrent?: boolean; unreadCount?: number; hasDraft?: boolean };

/** Answers a row for every list that is open: in place of the one it was, or as a new one, in the order of activity. */
export function rowChange(row: ConversationRow, reader: Reader): Html {
  return html`<hx-partial hx-target="#rows" hx-swap="place">${conversationRow(row, reader)}</hx-partial>`;
}

/** Answers a row of the list. A pushed row is this same element, without marks. */
export function conversationRow(row: ConversationRow, reader: Reader, marks: RowMarks = {}): Html {
  const { conversationId, lastMessage, contact } = row;
  const isNew = (marks.unreadCount ?? 0) > 0;
  return html`<li id="row-${conversationId}" data-rank="${row.lastActivityAt.getTime()}" data-status="${row.status}" data-assignee="${row.assignee?.id}" data-author="${lastMessage?.author.id}">
<a class="${classes("cv", isNew && "new", marks.hasDraft && "drafted")}" ${conversationLink(paths.conversation(conversationId))} ${marks.isCurrent && html`aria-current="true"`}>
<b class="ell">${personName(contact, reader)}</b>${stamp(row.lastActivityAt, "short", reader)}
<span class="ell sub">${lastMessage && preview(lastMessage, reader)}</span>
<span class="ell pv"><span class="draft">${icon("pencil", "s")}${reader.words.draft} · </span>${row.number} · <bdi>${row.inboxName}</bdi></span><span class="r">${statusChip(row.status, reader)}${assigneeFace(row.assignee, reader)}</span>
<span class="sr unread">${reader.words.unread}</span></a></li>`;
}

/** Only what was deleted says nothing. */
function preview(message: NonNullable<ConversationRow["lastMessage"]>, reader: Reader): Html {
  const { author, body, isNote } = message;
  const sign = isNote ? icon("lock", "s") : author.kind !== "contact" ? icon("reply", "s") : null;
  const by =
    author.kind !== "contact" &&
    html`<span data-by="${author.id}"><bdi>${firstName(nameOf(author, reader))}</bdi>:</span> `;
  return html`${sign}${by}<bdi>${body === "" ? reader.words.deletedMessage : opening(body)}</bdi>`;
}

/** In UTF-16 code units, its marks included. */
const OPENING = 160;

// One line is shown; a 10,000-character message need not travel for it. No character is cut in half.
function opening(body: string): string {
  return wordsOf(body.slice(0, OPENING).replace(/[\ud800-\udbff]$/, ""), OPENING);
}

const statusIcons = { open: "circle-dot", pending: "circle-pause", resolved: "check", closed: "archive" } as const;

/** Answers a condition in words with its icon; an open conversation needs none in the list. */
export function statusChip(status: Status, reader: Reader): Html | null {
  return status === "open" ? null : statusLine(status, reader);
}

/** Answers a condition in words with its icon, whichever it is. */
export function statusLine(status: Status, reader: Reader): Html {
  return html`<span class="st ${status}">${icon(statusIcons[status], "s")}${reader.words.statuses[status]}</span>`;
}
