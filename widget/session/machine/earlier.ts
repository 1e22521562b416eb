import type { MessagePage } from "../../operations.ts";
import { withEarlier } from "../thread.ts";
import { type Draft, order, succeed, waitAfter } from "./draft.ts";
import { inFront, put, threadIn } from "./following.ts";

/** Fetches what was said before: one page at a time, and after a failure again after a pause. */
export function earlierWanted(draft: Draft): void {
  const thread = inFront(draft);
  if (draft.earlier !== "idle" || !thread?.earlier) return;
  draft.earlier = "asked";
  order(draft, { do: "fetchEarlier", conversationId: thread.conversationId, before: thread.earlier });
}

type Came = { readonly conversationId: string; readonly before: string; readonly page: MessagePage };

export function earlierCame(draft: Draft, { conversationId, before, page }: Came): void {
  const isOutdated = draft.earlier === "outdated";
  draft.earlier = "idle";
  succeed(draft, "earlier");
  if (isOutdated) return earlierWanted(draft);
  const thread = threadIn(draft, conversationId);
  if (thread?.earlier === before) put(draft, withEarlier(thread, page));
}

export function earlierFailed(draft: Draft): void {
  draft.earlier = "due";
  waitAfter(draft, "earlier", "earlierDue");
}

export function earlierDue(draft: Draft): void {
  if (draft.earlier !== "due") return;
  draft.earlier = "idle";
  earlierWanted(draft);
}
