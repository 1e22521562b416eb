import type { ChatEvent, Conversation, Message, MessagePage, Outline, Progress, TicketStatus } from "../operations.ts";

/** One conversation as far as this device knows it. Values, never changed in place. */
export interface Thread {
  readonly conversationId: string;
  readonly status: TicketStatus;
  /** How far the team has come with what was written about, as far as that is known: a list shows nothing of it. */
  readonly progress: readonly Progress[];
  /** The last event applied, in the customer's own count. */
  readonly seq: number;
  /** In the order of their seq. */
  readonly messages: readonly Message[];
  /** Whether all messages from the first of these on are here; else it is only as much as a list shows. */
  readonly isWhole: boolean;
  /** Where earlier messages begin, or null when all are here. */
  readonly earlier: string | null;
  /** Up to here the customer has read. */
  readonly readSeq: number;
  /** How many messages of the team the customer has not read. */
  readonly unread: number;
  /** Up to here the team has read, and when it did, as far as that is known. */
  readonly seenSeq: number;
  readonly seenAt: string | null;
}

/** A gap means that events were lost: only a new snapshot helps. */
export type Applied = { readonly thread: Thread; readonly isGap: boolean };

/** The thread that a fresh answer of the API describes, whole or for a list. From the thread before it stay what the answer cannot know: pages fetched further back, a message acknowledged since, and when it was seen. */
export function threadOf(fresh: Outline | Conversation, before: Thread | null = null): Thread {
  const body = "messages" in fresh ? wholeOf(fresh, before) : outlineOf(fresh, before);
  return {
    ...{ conversationId: fresh.id, status: fresh.status, seq: fresh.seq },
    progress: "progress" in fresh ? fresh.progress : (before?.progress ?? []),
    ...body,
    ...readOf(fresh, body.messages, before?.readSeq ?? 0),
    ...seenOf(fresh, before),
  };
}

/** The thread as its subscription or a fresh answer has it, whichever is further on. */
export function newerOf(thread: Thread, fresh: Outline | Conversation): Thread {
  const described = threadOf(fresh, thread);
  if (thread.seq <= fresh.seq) return described;
  const { status, seq } = thread;
  // What a list tells is no progress; what came live since is laid upon what the answer has.
  const progress = thread.isWhole ? thread.progress : thread.progress.reduce(withStep, described.progress);
  return { ...described, status, progress, seq };
}

/** The thread with this message in its place; one already there is replaced. */
function withMessage(thread: Thread, message: Message): Thread {
  const others = thread.messages.filter((known) => known.id !== message.id);
  return { ...thread, messages: [...others, message].sort((a, b) => a.seq - b.seq) };
}

/** The thread with a message of the customer's that was acknowledged, where nothing between it and the others is missing. One that is there already may have changed since. */
export function withOwn(thread: Thread, message: Message): Thread {
  if (holds(thread, message)) return thread;
  const from = thread.isWhole ? (thread.messages[0]?.seq ?? 0) : thread.seq;
  return message.seq > from ? withMessage(thread, message) : thread;
}

/** The thread with a page of earlier messages before those it has. */
export function withEarlier(thread: Thread, page: MessagePage): Thread {
  const known = new Set(thread.messages.map((message) => message.id));
  const earlier = page.edges.map((edge) => edge.node).filter((message) => !known.has(message.id));
  return { ...thread, messages: [...earlier, ...thread.messages], earlier: earlierOf(page) };
}

/** The thread once the customer has read so far. */
export function withRead(thread: Thread, readSeq: number): Thread {
  if (readSeq <= thread.readSeq) return thread;
  const isAll = readSeq >= (lastFromTeam(thread)?.seq ?? Number.POSITIVE_INFINITY);
  const unread = thread.messages.filter((message) => isNews(message, readSeq)).length;
  // What a list shows is not all that there is to count.
  const isKnown = isAll || thread.isWhole;
  return { ...thread, readSeq, unread: isKnown ? Math.min(unread, thread.unread) : thread.unread };
}

/** Applies an event. One that is already part of the thread changes nothing; signals (no seq) are taken as they come. */
export function applyEvent(thread: Thread, event: ChatEvent): Applied {
  if (event.seq === null) return { thread: withSignal(thread, event), isGap: false };
  if (event.seq <= thread.seq) return { thread, isGap: false };
  if (event.seq > thread.seq + 1) return { thread, isGap: true };
  return { thread: { ...withFact(thread, event), seq: event.seq }, isGap: false };
}

/** The newest message of the team at hand that can be read. */
export function lastFromTeam(thread: Thread): Message | undefined {
  return thread.messages.findLast((message) => isNews(message));
}

/** Whether no read mark could change what is shown. */
export function isSettled(thread: Thread): boolean {
  const lastOwn = thread.messages.findLast((message) => !isFromTeam(message));
  return thread.unread === 0 && (lastOwn?.seq ?? 0) <= thread.seenSeq;
}

/** Whether the team wrote it, not the customer. */
export function isFromTeam(message: Message): boolean {
  return message.author.__typename === "Agent";
}

/** Whether this message is at hand. */
export function holds(thread: Thread, { id }: Message): boolean {
  return thread.messages.some((known) => known.id === id);
}

/** Whether there is something in it for a customer who has read so far. */
export function isNews(message: Message, readSeq = 0): boolean {
  return isFromTeam(message) && !message.deletedAt && message.seq > readSeq;
}

type Body = Pick<Thread, "messages" | "isWhole" | "earlier">;

function wholeOf(fresh: Conversation, before: Thread | null): Body {
  const page = fresh.messages.edges.map((edge) => edge.node);
  const known = before?.messages ?? [];
  // Where not all that happened since are messages of the page, those before it may have changed.
  const isAccounted = before && page.filter(({ seq }) => seq > before.seq).length >= fresh.seq - before.seq;
  const isJoined = before?.isWhole && isAccounted && known.some((message) => message.id === page[0]?.id);
  const older = isJoined ? known.filter((message) => message.seq < page[0]!.seq) : [];
  const newer = known.filter((message) => message.seq > fresh.seq);
  const earlier = isJoined ? before!.earlier : earlierOf(fresh.messages);
  return { messages: [...older, ...page, ...newer], isWhole: true, earlier };
}

function outlineOf({ seq, lastMessage }: Outline, before: Thread | null): Body {
  if (before && before.seq >= seq) return before;
  const newer = before?.messages.filter((message) => message.seq > seq) ?? [];
  return { messages: lastMessage ? [lastMessage, ...newer] : newer, isWhole: false, earlier: null };
}

function withFact(thread: Thread, event: ChatEvent): Thread {
  if (event.__typename === "ConversationMoved") return { ...thread, status: event.to };
  if (event.__typename === "ProgressChanged") return { ...thread, progress: withStep(thread.progress, event.progress) };
  if (!("message" in event)) return thread;
  const known = thread.messages.find(({ id }) => id === event.message.id);
  // Of what is not at hand only the beginning is told here; what became of it comes with it.
  if (!known && event.__typename !== "MessageSent") return thread;
  const more = Number(isNews(event.message, thread.readSeq)) - Number(Boolean(known && isNews(known, thread.readSeq)));
  return { ...withMessage(thread, event.message), unread: Math.max(0, thread.unread + more) };
}

/** What is new stands last. */
function withStep(known: readonly Progress[], progress: Progress): readonly Progress[] {
  const isKnown = known.some(({ id }) => id === progress.id);
  return isKnown ? known.map((one) => (one.id === progress.id ? progress : one)) : [...known, progress];
}

function withSignal(thread: Thread, event: ChatEvent): Thread {
  if (event.__typename !== "ReadMarked") return thread;
  if (event.person.__typename === "Contact") return withRead(thread, event.readSeq);
  if (event.readSeq <= thread.seenSeq) return thread;
  return { ...thread, seenSeq: event.readSeq, seenAt: event.occurredAt };
}

function earlierOf(page: MessagePage): string | null {
  return page.pageInfo.hasPreviousPage ? page.pageInfo.startCursor : null;
}

// Marks never go back: an answer may be older than a mark made here or one that came by signal.
function readOf(
  { seq, unreadCount }: Outline,
  messages: readonly Message[],
  readBefore: number,
): Pick<Thread, "readSeq" | "unread"> {
  const fromTeam = messages.filter((message) => isNews(message));
  const later = fromTeam.filter((message) => message.seq > Math.max(seq, readBefore)).length;
  const counted = fromTeam.filter((message) => message.seq <= seq);
  const unread = unreadCount === 0 ? [] : counted.slice(-unreadCount);
  const isAllRead = unreadCount === 0 || (counted.at(-1)?.seq ?? Number.POSITIVE_INFINITY) <= readBefore;
  const isRead = unread.filter((message) => message.seq <= readBefore).length;
  const readSeq = unreadCount === 0 ? seq : unread.length === unreadCount ? unread[0]!.seq - 1 : 0;
  return {
    readSeq: Math.max(readBefore, readSeq),
    unread: later + (isAllRead ? 0 : unreadCount - isRead),
  };
}

function seenOf({ seenSeq }: Outline, before: Thread | null): Pick<Thread, "seenSeq" | "seenAt"> {
  if (before && before.seenSeq >= seenSeq) return { seenSeq: before.seenSeq, seenAt: before.seenAt };
  return { seenSeq, seenAt: null };
}
