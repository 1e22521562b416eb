import { lastFromTeam, type Thread } from "../thread.ts";
import { type Draft, order, waitAfter } from "./draft.ts";
import { forget } from "./sending.ts";

const STEADY_MS = 20_000;
const MARK_AGAIN_MS = 10_000;
const DOUBT_MS = 30_000;

/** Puts this thread before the customer. What is watched is read. */
export function show(draft: Draft, thread: Thread | null): void {
  if (thread?.conversationId !== draft.follows) unfollow(draft);
  draft.thread = thread;
  settle(draft);
  read(draft);
}

/** What stands in the thread has been acknowledged, to whichever tab. */
export function settle(draft: Draft): void {
  for (const { clientId } of draft.unsent) {
    if (draft.thread?.messages.some((message) => message.clientId === clientId)) forget(draft, clientId);
  }
}

/** What stands before the customer's eyes is read. */
export function read(draft: Draft): void {
  const { thread } = draft;
  const seq = thread && lastFromTeam(thread)?.seq;
  if (!draft.isWatching || !seq || seq <= thread.readSeq) return;
  draft.thread = { ...thread, readSeq: seq };
  tellRead(draft);
}

export function tellRead(draft: Draft): void {
  const { thread } = draft;
  if (thread) order(draft, { do: "markRead", conversationId: thread.conversationId, seq: thread.readSeq });
}

export function markFailed(draft: Draft): void {
  order(draft, { do: "wait", what: "markDue", ms: MARK_AGAIN_MS });
}

/** Follows the conversation from the cursor on, over a new line if there is none. */
export function follow(draft: Draft, conversationId: string): void {
  if (isFollowing(draft, conversationId)) return;
  draft.follows = conversationId;
  if (draft.line === "up") subscribe(draft);
  if (draft.line === "down") connect(draft);
}

export function isFollowing({ line, follows }: Draft, conversationId: string): boolean {
  return line === "up" && follows === conversationId;
}

/** Hears no more; the line stays for the next. */
export function unfollow(draft: Draft): void {
  if (draft.line === "up" && draft.follows) order(draft, { do: "unsubscribe" });
  draft.follows = null;
}

/** Gives the line up, and begins anew where there is something to follow. */
export function reconnect(draft: Draft): void {
  order(draft, { do: "disconnect" });
  connect(draft);
}

export function connect(draft: Draft): void {
  draft.line = draft.follows ? "connecting" : "down";
  if (draft.follows) order(draft, { do: "connect" });
}

export function connected(draft: Draft): void {
  draft.line = "up";
  draft.isReachable = true;
  if (draft.follows) subscribe(draft);
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
  order(draft, { do: "subscribe", after: draft.cursor, conversationId: draft.follows! });
  order(draft, { do: "wait", what: "steady", ms: STEADY_MS });
}
