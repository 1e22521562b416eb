import type { Thread } from "../../../prisma/generated/client/client.ts";
import type { Actor } from "../../kernel/actor.ts";
import { inTransaction } from "../../kernel/database.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { mayChange } from "../../people/policy.ts";
import { findPlace } from "../conversation.ts";
import { tellOwn } from "../tell-own.ts";
import { findThread } from "../thread-queries.ts";

export type MarkThreadReadRefusal = "not_permitted" | "thread_not_found" | "seq_invalid";

/**
 * Marks a thread read by the actor up to `seq`, in the numbers of its conversation; a mark never goes back, and who has no
 * part in the thread has none. Nobody else is told: records nothing.
 */
export async function markThreadRead(
  actor: Actor,
  { threadId, seq }: { threadId: string; seq: number },
): Promise<Outcome<Thread, MarkThreadReadRefusal>> {
  if (!mayChange(actor)) return refuse("not_permitted");
  const thread = await findThread(actor, threadId);
  const place = thread && (await findPlace(actor, thread.conversationId));
  if (!place) return refuse("thread_not_found", ["input", "threadId"]);
  if (seq < 0 || seq > place.seq) return refuse("seq_invalid", ["input", "seq"]);
  const { workspaceId, agentId } = actor;
  const isMoved = await inTransaction(async (tx) => {
    // A reply that is being written is waited for, and waits: it must not take for unread what is just made read, nor the other way round.
    await tx.sql`
      SELECT FROM conversation WHERE workspace_id = ${workspaceId} AND id = ${thread.conversationId} FOR SHARE`;
    const moved = await tx.sql`
      UPDATE thread_follower SET seq = ${seq}, settled_at = CASE WHEN last_reply_seq <= ${seq} THEN last_reply_at END
      FROM thread
      WHERE thread_follower.workspace_id = ${workspaceId} AND thread_id = ${threadId} AND agent_id = ${agentId} AND seq < ${seq}
        AND thread.workspace_id = thread_follower.workspace_id AND thread.id = thread_id
      RETURNING seq`;
    return moved.length > 0;
  });
  if (isMoved) tellOwn(actor, place, { what: "thread read", threadId });
  return done(thread);
}
