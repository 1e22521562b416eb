import { lastFromTeam, type Thread, withRead } from "../thread.ts";
import { type Draft, order, waitAfter } from "./draft.ts";
import { delivered } from "./sending.ts";

const STEADY_MS = 20_000;
const MARK_AGAIN_MS = 10_000;
const DOUBT_MS = 30_000;

/** The talk before the customer, where it has begun. */
export function inFront(draft: Pick<Draft, "threads" | "place">): Thread | undefined {
  return threadIn(draft, draft.place);
}

export function threadIn({ threads }: Pick<Draft, "threads">, id: string | null | undefined): Thread | undefined {
  return threads.find((thread) => thread.conversationId === id);
}

/** Puts this thread in the place of what was known of it. */
export function put(draft: Draft, thread: Thread): void {
  const others = draft.threads.filter((known) => known.conversationId !== thread.conversationId);
  draft.threads = newestFirst([thread, ...others]);
  settle(draft);
  read(draft);
}

/** The order of a list: what was written to last comes first. */
export function newestFirst(threads: readonly Thread[]): Thread[] {
  return [...threads].sort((a, b) => activityOf(b) - activityOf(a));
}

function activityOf({ messages }: Thread): number {
  return Date.parse(messages.at(-1)?.sentAt ?? "") || 0;
}

/** What stands in a thread has been acknowledged, to whichever tab. */
export function settle(draft: Draft): void {
  for (const { conversationId, messages } of draft.threads) {
    for (const unsent of draft.unsent) {
      if (messages.some((message) => message.clientId === unsent.clientId)) delivered(draft, unsent, conversationId);
    }
    const isHere = draft.isAdrift && messages.some((message) => message.clientId === draft.place);
    if (isHere) draft.place = conversationId;
  }
  if (inFront(draft)) draft.isAdrift = false;
}

/** What stands before the customer's eyes is read. */
export function read(draft: Draft): void {
  const thread = inFront(draft);
  const seq = thread && lastFromTeam(thread)?.seq;
  if (!draft.isWatching || !thread || !seq || seq <= thread.readSeq) return;
  draft.threads = draft.threads.map((known) => (known === thread ? withRead(thread, seq) : known));
  order(draft, { do: "markRead", conversationId: thread.conversationId, seq });
}

export function markFailed(draft: Draft, { conversationId }: { readonly conversationId: string }): void {
  draft.unmarked = [...draft.unmarked.filter((known) => known !== conversationId), conversationId];
  order(draft, { do: "wait", what: "markDue", ms: MARK_AGAIN_MS });
}

export function markDue(draft: Draft): void {
  for (const conversationId of draft.unmarked) {
    const thread = threadIn(draft, conversationId);
    if (thread) order(draft, { do: "markRead", conversationId, seq: thread.readSeq });
  }
  draft.unmarked = [];
}

/** Follows all conversations from the cursor on, over a new line if there is none. */
export function follow(draft: Draft): void {
  if (draft.isFollowing && draft.line === "up") return;
  draft.isFollowing = true;
  if (draft.line === "up") subscribe(draft);
  if (draft.line === "down") connect(draft);
}

/** Hears no more; the line stays. */
export function unfollow(draft: Draft): void {
  if (draft.line === "up" && draft.isFollowing) order(draft, { do: "unsubscribe" });
  draft.isFollowing = false;
}

/** Gives the line up, and begins anew where there is something to follow. */
export function reconnect(draft: Draft): void {
  order(draft, { do: "disconnect" });
  connect(draft);
}

export function connect(draft: Draft): void {
  draft.line = draft.isFollowing ? "connecting" : "down";
  if (draft.isFollowing) order(draft, { do: "connect" });
}

export function connected(draft: Draft): void {
  draft.line = "up";
  draft.isReachable = true;
  if (draft.isFollowing) subscribe(draft);
}

export function lost(draft: Draft): void {
  draft.line = "due";
  if (draft.failures.connect > 0) doubt(draft);
  waitAfter(draft, "connect", "connectDue");
}

/** The line was ended with the advice when to come back: no failure, and nothing to tell the customer. */
export function sentAway(draft: Draft, { comeBackMs }: { readonly comeBackMs: number }): void {
  draft.line = "due";
  order(draft, { do: "wait", what: "connectDue", ms: comeBackMs });
}

/** Takes the network for lost, until something is answered: by and by that is asked for, since perhaps nothing else is. */
export function doubt(draft: Draft): void {
  draft.isReachable = false;
  order(draft, { do: "wait", what: "doubtDue", ms: DOUBT_MS });
}

// Only a subscription that lasts counts as success: one accepted and ended at once must not be repeated without pause.
function subscribe(draft: Draft): void {
  order(draft, { do: "subscribe", after: draft.cursor });
  order(draft, { do: "wait", what: "steady", ms: STEADY_MS });
}
