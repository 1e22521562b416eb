import type { Card } from "../task/card.ts";
import type { Draft } from "../../prisma/generated/client/client.ts";
import { liveStream } from "../frame.ts";
import { type Html, html } from "../html.ts";
import { icon } from "../icons.ts";
import type { Reader } from "../reader.ts";
import { type Begun, type Composer, composer, seenField } from "./composer.ts";
import type { ContactDetails } from "./contact.ts";
import { detailsPane } from "./details.ts";
import type { EarlierConversation, Seen } from "./details-queries.ts";
import { dayLine, type Entry, type LineMarks, threadEntry } from "./entry.ts";
import { continues, type Line, opensDay } from "./grouping.ts";
import { type Heading, heading } from "./heading.ts";
import type { PinnedLine } from "./marks-queries.ts";
import { actsOf, messageBar } from "./message-bar.ts";
import { messageDialogs } from "./message-dialogs.ts";
import { olderButton } from "./older.ts";
import { readingForm } from "./reading-form.ts";
import { threadEnd } from "./signs.ts";

/** A conversation with the latest part of its thread, oldest entry first. */
export type Conversation = Heading &
  ContactDetails & {
    startedAt: Date;
    /** The last event that staff may see. */
    seq: number;
    entries: Entry[];
    /** Older entries exist before this `seq`; null at the beginning. */
    olderBefore: number | null;
    /** How far the customer has read; null: nothing. */
    seen: Seen | null;
    pinned: readonly PinnedLine[];
    /** What was made of its messages. */
    tasks: readonly Card[];
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
  /** Whether the reader may delete anybody's messages. */
  maySweep: boolean;
  /** The log's cursor, read before the conversation: the live stream goes on from there. */
  cursor: string;
};

/** Answers the conversation and its details: the whole right of the page, and what htmx swaps when another row is chosen. */
export function conversationPane(conversation: Conversation, state: PaneState, reader: Reader): Html {
  const { id } = conversation;
  const { words } = reader;
  return html`<section class="pane thread" id="thread" aria-labelledby="thread-title" data-conversation="${id}" data-seq="${conversation.seq}" ${state.maySweep && html`data-sweeps="true"`}>
${heading(conversation, readingForm(id, conversation.seq, reader), reader)}
${liveStream(state.cursor, { conversation: id }, reader)}
<div class="stream-box"><div class="scroll stream-scroll" tabindex="0" role="region" aria-label="${words.messages}"><div class="stream">
${conversation.olderBefore && olderButton(id, conversation.olderBefore, reader)}
<div class="log" role="log"><ol id="messages-${id}" class="messages">${threadLines(conversation.entries, reader)}</ol></div>
${threadEnd(conversation, reader)}</div></div>
<button class="pill" id="to-end" type="button" hidden>${icon("arrow-down", "s")}<span></span></button>${messageBar(reader, actsOf.support)}${messageDialogs(reader)}</div>
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

/** Answers the lines of a thread with the days between them, each message joined to the one it continues; `above`: what stands before them. */
export function threadLines(
  entries: readonly Entry[],
  reader: Reader,
  above: readonly Entry[] = [],
  marks: LineMarks = {},
): Html[] {
  let before: Line | null = above.length > 0 ? lineOf(above.at(-1)!) : null;
  return entries.flatMap((entry) => {
    const line = lineOf(entry);
    const day = opensDay(line, before, reader) ? [dayLine(entry.at, reader)] : [];
    const isJoined = continues(line, before, reader);
    before = line;
    return [...day, threadEntry(entry, reader, { ...marks, isJoined })];
  });
}

function lineOf(entry: Entry): Line {
  return entry.kind === "message"
    ? { authorId: entry.author.id, isNote: entry.isNote, at: entry.at }
    : { authorId: null, isNote: false, at: entry.at };
}

/** Answers an earlier part of the thread for htmx: it goes before the lines present, and the button makes way for the next. */
export function olderEntries(conversation: Pick<Conversation, "id" | "entries" | "olderBefore">, reader: Reader): Html {
  const { id, entries, olderBefore } = conversation;
  return html`${olderBefore && olderButton(id, olderBefore, reader)}<hx-partial hx-target="#messages-${id}" hx-swap="afterbegin">${threadLines(entries, reader)}</hx-partial>`;
}
