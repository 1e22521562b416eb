import type { Snapshot } from "../../operations.ts";
import { newerOf, threadOf } from "../thread.ts";
import { type Draft, order, succeed, waitAfter } from "./draft.ts";
import { follow, isFollowing, show } from "./following.ts";
import { sendNext } from "./sending.ts";

/** Fetches the state: one question at a time. Asked for meanwhile, it fetches once more: what the first brings may already be old. After a failure it waits. */
export function load(draft: Draft): void {
  if (draft.phase !== "ready") draft.phase = "opening";
  if (draft.fetch === "idle") {
    draft.fetch = "asked";
    order(draft, { do: "fetchSnapshot" });
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
  const conversation = snapshot.conversations.edges[0]?.node;
  if (!conversation) show(draft, null);
  else if (isFollowing(draft, conversation.id)) show(draft, newerOf(draft.thread!, conversation));
  else if (conversation.id !== draft.leftBehind) {
    show(draft, threadOf(conversation, draft.thread));
    draft.cursor = snapshot.eventCursor;
    follow(draft, conversation.id);
  }
  sendNext(draft);
}

export function snapshotFailed(draft: Draft): void {
  draft.fetch = "idle";
  if (draft.phase === "opening" || draft.phase === "ready") loadLater(draft, "fetch");
}
