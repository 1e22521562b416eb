import type { ChatEvent, Conversation, Message, MessagePage, TicketStatus } from "../operations.ts";

/** One conversation as far as this device knows it. Values, never changed in place. */
export interface Thread {
  readonly conversationId: string;
  readonly status: TicketStatus;
  /** The last event applied, in the customer's own count. */
  readonly seq: number;
  /** In the order of their seq. */
  readonly messages: readonly Message[];
  /** Where earlier messages begin, or null when all are here. */
  readonly earlier: string | null;
  /** Up to here the customer has read. */
  readonly readSeq: number;
  /** Up to here the team has read, and when it did, as far as that is known. */
  readonly seenSeq: number;
  readonly seenAt: string | null;
}

/** A gap means that events were lost: only a new snapshot helps. */
export type Applied = { readonly thread: Thread; readonly isGap: boolean };

/** The thread that a fresh answer of the API describes. From the thread before it stay what the answer cannot know: pages fetched further back, a message acknowledged since, and when it was seen. */
export function threadOf(conversation: Conversation, before: Thread | null = null): Thread {
  const fresh = conversation.messages.edges.map((edge) => edge.node);
  const same = before?.conversationId === conversation.id ? before : null;
  const known = same?.messages ?? [];
  const isJoined = known.some((message) => message.id === fresh[0]?.id);
  const older = isJoined ? known.filter((message) => message.seq < fresh[0]!.seq) : [];
  const newer = known.filter((message) => message.seq > conversation.seq);
  return {
    conversationId: conversation.id,
    status: conversation.status,
    seq: conversation.seq,
    messages: [...older, ...fresh, ...newer],
    earlier: isJoined ? same!.earlier : earlierOf(conversation.messages),
    ...marksOf(conversation, same),
  };
}

/** The thread as its subscription or a fresh answer has it, whichever is further on. */
export function newerOf(thread: Thread, conversation: Conversation): Thread {
  if (thread.seq <= conversation.seq) return threadOf(conversation, thread);
  return { ...thread, ...marksOf(conversation, thread) };
}

/** The thread with this message in its place; one already there is replaced. */
export function withMessage(thread: Thread, message: Message): Thread {
  const others = thread.messages.filter((known) => known.id !== message.id);
  return { ...thread, messages: [...others, message].sort((a, b) => a.seq - b.seq) };
}

/** The thread with a page of earlier messages before those it has. */
export function withEarlier(thread: Thread, page: MessagePage): Thread {
  const known = new Set(thread.messages.map((message) => message.id));
  const earlier = page.edges.map((edge) => edge.node).filter((message) => !known.has(message.id));
  return { ...thread, messages: [...earlier, ...thread.messages], earlier: earlierOf(page) };
}

/** Applies an event. One that is already part of the thread changes nothing; signals (no seq) are taken as they come. */
export function applyEvent(thread: Thread, event: ChatEvent): Applied {
  if (event.seq === null) return { thread: withSignal(thread, event), isGap: false };
  if (event.seq <= thread.seq) return { thread, isGap: false };
  if (event.seq > thread.seq + 1) return { thread, isGap: true };
  return { thread: { ...withFact(thread, event), seq: event.seq }, isGap: false };
}

/** How many messages of the team the customer has not read yet. */
export function unreadCount(thread: Thread): number {
  return thread.messages.filter((message) => isFromTeam(message) && message.seq > thread.readSeq).length;
}

/** The newest message of the team at hand. */
export function lastFromTeam(thread: Thread): Message | undefined {
  return thread.messages.findLast(isFromTeam);
}

/** Whether no read mark could change what is shown. */
export function isSettled(thread: Thread): boolean {
  const lastOwn = thread.messages.findLast((message) => !isFromTeam(message));
  return unreadCount(thread) === 0 && (lastOwn?.seq ?? 0) <= thread.seenSeq;
}

/** Whether the team wrote it, not the customer. */
export function isFromTeam(message: Message): boolean {
  return message.author.__typename === "Agent";
}

function withFact(thread: Thread, event: ChatEvent): Thread {
  if (event.__typename === "MessageSent") return withMessage(thread, event.message);
  if (event.__typename === "ConversationMoved") return { ...thread, status: event.to };
  return thread;
}

function withSignal(thread: Thread, event: ChatEvent): Thread {
  if (event.__typename !== "ReadMarked") return thread;
  if (event.person.__typename === "Contact") return { ...thread, readSeq: Math.max(thread.readSeq, event.readSeq) };
  if (event.readSeq <= thread.seenSeq) return thread;
  return { ...thread, seenSeq: event.readSeq, seenAt: event.occurredAt };
}

function earlierOf(page: MessagePage): string | null {
  return page.pageInfo.hasPreviousPage ? page.pageInfo.startCursor : null;
}

// Marks never go back: an answer may be older than a mark that came by signal.
function marksOf(conversation: Conversation, before: Thread | null): Pick<Thread, "readSeq" | "seenSeq" | "seenAt"> {
  const messages = conversation.messages.edges.map((edge) => edge.node);
  const readSeq = Math.max(readSeqOf(messages, conversation.unreadCount), before?.readSeq ?? 0);
  if (before && before.seenSeq >= conversation.seenSeq)
    return { readSeq, seenSeq: before.seenSeq, seenAt: before.seenAt };
  return { readSeq, seenSeq: conversation.seenSeq, seenAt: null };
}

function readSeqOf(messages: readonly Message[], unread: number): number {
  const fromTeam = messages.filter(isFromTeam);
  if (unread === 0) return messages.at(-1)?.seq ?? 0;
  const firstUnread = fromTeam.at(-Math.min(unread, fromTeam.length));
  return firstUnread ? firstUnread.seq - 1 : 0;
}
