import { type Html, html } from "../html.ts";
import { statusLine } from "../inbox/row.ts";
import type { Status } from "../paths.ts";
import type { Reader } from "../reader.ts";
import { type Composer, composer } from "./composer.ts";
import { type Entry, type MessageEntry, threadEntry } from "./entry.ts";
import { ticketActions } from "./heading.ts";

/** Answers a new line for its thread, where that is open. Its place is by `seq`, and its id keeps it from coming twice. */
export function entryChange(conversationId: string, entry: Entry, reader: Reader): Html {
  return html`<hx-partial hx-target="#messages-${conversationId}" hx-swap="place">${threadEntry(entry, reader)}</hx-partial>`;
}

/** Answers a line whose message has changed, for a thread that shows it; elsewhere it changes nothing. */
export function entryRenewal(entry: MessageEntry, reader: Reader): Html {
  const inThread =
    entry.thread &&
    html`<hx-partial hx-target="#r-${entry.id}" hx-swap="outerSync">${threadEntry(entry, reader, { isInThread: true })}</hx-partial>`;
  return html`<hx-partial hx-target="#m-${entry.id}" hx-swap="outerSync">${threadEntry(entry, reader)}</hx-partial>${inThread}`;
}

/** Where a ticket has moved to, with what a composer needs to come back after the conversation was closed. */
export type StatusChange = Pick<Composer, "conversationId" | "contact" | "clientId"> & { to: Status };

/**
 * Answers what a move changes in an open conversation: its buttons, its details, and the composer where it must close or
 * open. Any other composer stays as it is: a note half written must not turn into a reply.
 */
export function statusChange(change: StatusChange, reader: Reader): Html {
  const { conversationId, contact, to } = change;
  const thread = `#thread[data-conversation="${conversationId}"]`;
  const isClosed = to === "closed";
  const outdated = `${thread} #composer-place:has(${isClosed ? "form" : ".comp-closed"})`;
  return html`<hx-partial hx-target="${thread} #ticket-actions" hx-swap="outerHTML">${ticketActions({ id: conversationId, contact, status: to }, reader)}</hx-partial><hx-partial hx-target="${thread} ~ #details #ticket-state" hx-swap="innerHTML">${statusLine(to, reader)}</hx-partial><hx-partial hx-target="${outdated}" hx-swap="outerHTML">${composer({ ...change, isClosed }, reader)}</hx-partial>`;
}
