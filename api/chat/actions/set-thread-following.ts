import type { Thread } from "../../../prisma/generated/client/client.ts";
import type { Actor } from "../../kernel/actor.ts";
import { inTransaction } from "../../kernel/database.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { mayChange } from "../../people/policy.ts";
import { lockTalk } from "../lock-room.ts";
import { findThread } from "../thread-queries.ts";

export type SetThreadFollowingRefusal = "not_permitted" | "thread_not_found";

/**
 * Lets the actor follow a thread, or stop. Who never took part in it begins with all that stands there read; who did goes on
 * where they were. Nobody else is told: records nothing.
 */
export async function setThreadFollowing(
  actor: Actor,
  { threadId, isFollowing }: { threadId: string; isFollowing: boolean },
): Promise<Outcome<Thread, SetThreadFollowingRefusal>> {
  if (!mayChange(actor)) return refuse("not_permitted");
  const notFound = refuse("thread_not_found" as const, ["input", "threadId"]);
  const thread = await findThread(actor, threadId);
  if (!thread) return notFound;
  return inTransaction(async (tx): Promise<Outcome<Thread, SetThreadFollowingRefusal>> => {
    // Under the conversation's lock: who leaves a room at the same time follows nothing there.
    const talk = await lockTalk(tx, actor, thread.conversationId);
    if (!talk) return notFound;
    await tx.sql`
      INSERT INTO thread_follower (workspace_id, thread_id, agent_id, conversation_id, seq, is_following, settled_at)
      SELECT workspace_id, id, ${actor.agentId}, conversation_id, ${talk.staffSeq}, ${isFollowing}, last_reply_at
      FROM thread WHERE workspace_id = ${actor.workspaceId} AND id = ${threadId}
      ON CONFLICT (workspace_id, thread_id, agent_id) DO UPDATE SET is_following = excluded.is_following`;
    return done(thread);
  });
}
