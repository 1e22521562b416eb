import type { Snapshot } from "../../operations.ts";
import { newerOf, threadOf } from "../thread.ts";
import { type Draft, order, succeed, waitAfter } from "./draft.ts";
import { follow, inFront, newestFirst, read, settle, threadIn } from "./following.ts";
import { sendNext } from "./sending.ts";
import { tell } from "./telling.ts";

/** Fetches the state: one question at a time. Asked for meanwhile, it fetches once more: what the first brings may already be old. After a failure it waits. */
export function load(draft: Draft): void {
  if (draft.phase !== "ready") draft.phase = "opening";
  if (draft.fetch === "idle") {
    draft.fetch = "asked";
    order(draft, { do: "fetchSnapshot", open: inFront(draft)?.conversationId ?? null });
  } else if (draft.fetch === "asked") draft.fetch = "outdated";
}

/** Fetches the state without waiting. */
export function loadNow(draft: Draft): void {
  if (draft.fetch === "due") draft.fetch = "idle";
  load(draft);
}

/** Fetches the state after a pause. */
export function loadLater(draft: Draft, failing: "fetch" | "follow"): void {
  if (draft.fetch === "asked" || draft.fetch === "outdated") return;
  draft.fetch = "due";
  waitAfter(draft, failing, "fetchDue");
}

export function snapshotCame(draft: Draft, { snapshot }: { readonly snapshot: Snapshot }): void {
  const isOutdated = draft.fetch === "outdated";
  draft.fetch = "idle";
  succeed(draft, "fetch");
  if (isOutdated) return load(draft);
  draft.phase = "ready";
  draft.refusal = null;
  take(draft, snapshot);
  settle(draft);
  if (draft.isAdrift) draft.place = null;
  draft.isAdrift = false;
  read(draft);
  sendNext(draft);
  tell(draft);
}

export function snapshotFailed(draft: Draft): void {
  draft.fetch = "idle";
  if (draft.phase === "opening" || draft.phase === "ready") loadLater(draft, "fetch");
}

function take(draft: Draft, { conversations, conversation, eventCursor }: Snapshot): void {
  const isOn = draft.isFollowing && draft.line === "up";
  const listed = conversations.edges.map(({ node }) => (node.id === conversation?.id ? conversation : node));
  const isListed = listed.some(({ id }) => id === conversation?.id);
  const threads = (isListed || !conversation ? listed : [...listed, conversation]).map((fresh) => {
    const known = threadIn(draft, fresh.id);
    return known && isOn ? newerOf(known, fresh) : threadOf(fresh, known);
  });
  draft.threads = newestFirst(threads);
  if (isOn || draft.threads.length === 0) return;
  draft.cursor = eventCursor;
  follow(draft);
}
