import { liveStream } from "../frame.ts";
import { type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import { paths, type Status } from "../paths.ts";
import { type Person, personName } from "../person.ts";
import type { Reader } from "../reader.ts";
import { type Composer, composer } from "./composer.ts";
import { detailsPane } from "./details.ts";
import { dayLine, type Entry, threadEntry } from "./entry.ts";
import { continues, type Line, opensDay } from "./grouping.ts";

/** A conversation with the latest part of its thread, oldest entry first. */
export type Conversation = {
  id: string;
  number: number;
  status: Status;
  contact: Person;
  contactEmail: string | null;
  /** BCP 47 */
  contactLocale: string | null;
  /** IANA time zone */
  contactZone: string | null;
  inboxName: string;
  startedAt: Date;
  /** The last event that staff may see. */
  seq: number;
  entries: Entry[];
  /** Older entries exist before this `seq`; null at the beginning. */
  olderBefore: number | null;
};

/** What a page decides; the rest follows from the conversation. */
export type PaneState = Pick<Composer, "clientId" | "refused"> & {
  /** The log's cursor, read before the conversation: the live stream goes on from there. */
  cursor: string;
};

/** Answers the conversation and its details: the whole right of the page, and what htmx swaps when another row is chosen. */
export function conversationPane(conversation: Conversation, state: PaneState, reader: Reader): Html {
  const { id, contact, number, inboxName, status } = conversation;
  const { words } = reader;
  return html`<section class="pane thread" id="thread" aria-labelledby="thread-title" data-conversation="${id}" data-seq="${conversation.seq}">
<header class="bar"><a class="ib back" href="${paths.inbox(status)}" aria-label="${words.backToList}">${icon("chevron-left")}</a>
<div class="grow"><h1 class="ell" id="thread-title" tabindex="-1">${personName(contact, reader)}</h1><span class="meta ell">${number} · <bdi>${inboxName}</bdi></span></div>
${readingForm(conversation, reader)}${ticketActions(conversation, reader)}
<button class="ib details-button" type="button" popovertarget="details" aria-label="${words.details}">${icon("info")}</button></header>
${liveStream(state.cursor, id, reader)}
<div class="scroll stream-scroll" tabindex="0" role="region" aria-label="${words.messages}"><div class="stream">
${conversation.olderBefore && olderButton(id, conversation.olderBefore, reader)}
<div class="log" role="log"><ol id="messages-${id}" class="messages">${threadLines(conversation.entries, reader)}</ol></div></div></div>
${composer({ clientId: state.clientId, refused: state.refused, conversationId: id, contact, isClosed: status === "closed" }, reader)}
</section>${detailsPane(conversation, reader)}`;
}

// The script sends it when the thread has been seen; without one, the agent does.
function readingForm({ id, seq }: Conversation, reader: Reader): Html {
  return html`<form id="reading" method="post" action="${paths.read(id)}" hx-post="${paths.read(id)}" hx-trigger="read" hx-swap="none"><input type="hidden" name="seq" value="${seq}"><noscript><button class="btn s" type="submit">${reader.words.markRead}</button></noscript></form>`;
}

/** Answers the lines of a thread with the days between them, each message joined to the one it continues. */
export function threadLines(entries: readonly Entry[], reader: Reader): Html[] {
  let before: Line | null = null;
  return entries.flatMap((entry) => {
    const line: Line =
      entry.kind === "message"
        ? { authorId: entry.author.id, isNote: entry.isNote, at: entry.at }
        : { authorId: null, isNote: false, at: entry.at };
    const day = opensDay(line, before, reader) ? [dayLine(entry.at, reader)] : [];
    const isJoined = continues(line, before, reader);
    before = line;
    return [...day, threadEntry(entry, reader, { isJoined })];
  });
}

/** Answers an earlier part of the thread for htmx: it goes before the lines present, and the button makes way for the next. */
export function olderEntries(conversation: Pick<Conversation, "id" | "entries" | "olderBefore">, reader: Reader): Html {
  const { id, entries, olderBefore } = conversation;
  return html`${olderBefore && olderButton(id, olderBefore, reader)}<hx-partial hx-target="#messages-${id}" hx-swap="afterbegin">${threadLines(entries, reader)}</hx-partial>`;
}

function olderButton(id: string, before: number, reader: Reader): Html {
  const address = paths.olderMessages(id, before);
  return html`<a class="more" id="older" href="${address}" hx-get="${address}" hx-target="this" hx-swap="outerHTML swapEmpty:true">${reader.words.loadOlder}</a>`;
}

/** Answers the moves that are open to the agent now, as buttons in the heading. */
export function ticketActions({ id, status }: Pick<Conversation, "id" | "status">, reader: Reader): Html {
  const { words } = reader;
  const isDone = status === "resolved" || status === "closed";
  const address = isDone ? paths.resolutionRemoval(id) : paths.resolution(id);
  return html`<form class="row" id="ticket-actions" method="post" action="${address}" hx-post="${address}" hx-swap="none"><button class="btn s" type="submit">${icon(isDone ? "rotate-ccw" : "check")}<span>${isDone ? words.reopen : words.resolve}</span></button></form>`;
}
