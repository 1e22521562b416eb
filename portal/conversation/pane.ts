import type { Draft } from "../../prisma/generated/client/client.ts";
import { liveStream } from "../frame.ts";
import { type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import { paths } from "../paths.ts";
import type { Reader } from "../reader.ts";
import { type Begun, type Composer, composer, seenField } from "./composer.ts";
import { detailsPane } from "./details.ts";
import type { EarlierConversation, Seen } from "./details-queries.ts";
import { dayLine, type Entry, threadEntry } from "./entry.ts";
import { continues, type Line, opensDay } from "./grouping.ts";
import { type Heading, heading } from "./heading.ts";
import { messageBar } from "./message-bar.ts";
import { threadEnd } from "./signs.ts";

/** A conversation with the latest part of its thread, oldest entry first. */
export type Conversation = Heading & {
  contactEmail: string | null;
  /** Whether their site has signed for the address. */
  isEmailVerified: boolean;
  /** What their site says of them. */
  attributes: Record<string, string | number | boolean>;
  /** BCP 47 */
  contactLocale: string | null;
  /** IANA time zone */
  contactZone: string | null;
  startedAt: Date;
  /** The last event that staff may see. */
  seq: number;
  entries: Entry[];
  /** Older entries exist before this `seq`; null at the beginning. */
  olderBefore: number | null;
  /** How far the customer has read; null: nothing. */
  seen: Seen | null;
  /** The customer's other conversations, newest first. */
  earlier: EarlierConversation[];
  /** What the reader has begun to write here. */
  draft: Draft | null;
};

/** What a page decides; the rest follows from the conversation. */
export type PaneState = {
  /** For the next message, made anew for each rendering. */
  clientId: string;
  /** What could not be sent, and why, without JavaScript. */
  refused?: Begun;
  /** The log's cursor, read before the conversation: the live stream goes on from there. */
  cursor: string;
};

/** Answers the conversation and its details: the whole right of the page, and what htmx swaps when another row is chosen. */
export function conversationPane(conversation: Conversation, state: PaneState, reader: Reader): Html {
  const { id } = conversation;
  const { words } = reader;
  return html`<section class="pane thread" id="thread" aria-labelledby="thread-title" data-conversation="${id}" data-seq="${conversation.seq}">
${heading(conversation, readingForm(conversation, reader), reader)}
${liveStream(state.cursor, id, reader)}
<div class="stream-box"><div class="scroll stream-scroll" tabindex="0" role="region" aria-label="${words.messages}"><div class="stream">
${conversation.olderBefore && olderButton(id, conversation.olderBefore, reader)}
<div class="log" role="log"><ol id="messages-${id}" class="messages">${threadLines(conversation.entries, reader)}</ol></div>
${threadEnd(conversation, reader)}</div></div>
<button class="pill" id="to-end" type="button" hidden>${icon("arrow-down", "s")}<span></span></button>${messageBar(reader)}</div>
${seenField(conversation.seq)}${composer(composerOf(conversation, state), reader)}
</section>${detailsPane(conversation, reader)}`;
}

function composerOf(conversation: Conversation, { clientId, refused }: PaneState): Composer {
  const { id, contact, status } = conversation;
  return {
    conversationId: id,
    contact,
    clientId,
    isClosed: status === "closed",
    begun: refused ?? begunIn(conversation),
  };
}

function begunIn({ draft, entries }: Conversation): Begun | undefined {
  if (!draft) return undefined;
  const { body, visibility, clientId, updatedAt } = draft;
  const began = entries.findLast(({ at }) => at <= updatedAt)?.seq;
  return { body, isNote: visibility === "staff", clientId, ...(began !== undefined && { began }) };
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
  return html`<a class="more" id="older" href="${address}" hx-get="${address}" hx-trigger="click, intersect once root:.stream-scroll rootMargin:400px" hx-target="this" hx-swap="outerHTML swapEmpty:true">${reader.words.loadOlder}</a>`;
}
