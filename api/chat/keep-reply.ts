import type { Transaction } from "../kernel/database.ts";
import { perTransaction } from "../kernel/loader.ts";
import { rowsOf } from "../kernel/statement.ts";
import type { Turn } from "./conversation.ts";

/** A reply whose number has been taken; the bot's has no agent, and the bot follows nothing. */
type Reply = { threadId: string; isBroadcast: boolean; agentId: string | null; at: Date };

/**
 * Counts a reply in its thread, which the first one begins: whoever writes it follows and has read it, and so does from then
 * on the author of what it replies to, if they are still there; who has stopped is not made to again. To all others who
 * follow something may be unread from now on, which is written once, until they have read it. Answers whether there is
 * such a message in the room, itself no reply: if not, nothing of the transaction may stay.
 */
export function keepReply(tx: Transaction, { workspaceId, conversationId, staffSeq }: Turn, reply: Reply) {
  return keepReplies(tx, { workspaceId, conversationId, staffSeq, ...reply });
}

type Told = Reply & Pick<Turn, "workspaceId" | "conversationId" | "staffSeq">;

/** One statement for all that share the transaction. It holds the conversations' locks, so that counts cannot miss one another. */
const keepReplies = perTransaction<Told, boolean>(async (tx, replies) => {
  const kept = await tx.sql<{ place: string }>`
    WITH told AS (
      SELECT * FROM json_to_recordset(${rowsOf(replies)}) AS told (
        workspace_id uuid, conversation_id uuid, thread_id uuid, agent_id uuid, staff_seq int, at timestamptz)
    ), reply AS (
      SELECT told.*, root.agent_id AS root_agent_id, root.staff_seq AS root_seq
      FROM told JOIN message AS root ON root.workspace_id = told.workspace_id AND root.id = told.thread_id
        AND root.conversation_id = told.conversation_id AND root.thread_id IS NULL
        AND root.deleted_at IS NULL
    ), counted AS (
      INSERT INTO thread (workspace_id, id, conversation_id, reply_count, last_reply_at, last_reply_seq)
      SELECT workspace_id, thread_id, conversation_id, count(*), max(at), max(staff_seq)
      FROM reply GROUP BY workspace_id, thread_id, conversation_id
      ON CONFLICT (workspace_id, id) DO UPDATE SET
        reply_count = thread.reply_count + excluded.reply_count,
        last_reply_at = excluded.last_reply_at, last_reply_seq = excluded.last_reply_seq
      RETURNING id, conversation_id
    ), newest AS (
      SELECT workspace_id, thread_id, max(staff_seq) AS seq, max(at) AS at FROM reply GROUP BY workspace_id, thread_id
    ), replied AS (
      INSERT INTO thread_follower (workspace_id, thread_id, agent_id, conversation_id, seq, is_following, settled_at, first_reply_seq)
      SELECT workspace_id, thread_id, agent_id, conversation_id, max(reply.staff_seq), true,
        max(newest.at) FILTER (WHERE reply.staff_seq = newest.seq), min(reply.staff_seq)
      FROM reply JOIN newest USING (workspace_id, thread_id) WHERE agent_id IS NOT NULL
      GROUP BY workspace_id, thread_id, agent_id, conversation_id
      ON CONFLICT (workspace_id, thread_id, agent_id) DO UPDATE SET
        seq = excluded.seq, is_following = true, settled_at = excluded.settled_at,
        first_reply_seq = coalesce(thread_follower.first_reply_seq, excluded.first_reply_seq)
    ), unsettled AS (
      UPDATE thread_follower AS follower SET settled_at = NULL FROM newest
      WHERE follower.workspace_id = newest.workspace_id AND follower.thread_id = newest.thread_id AND settled_at IS NOT NULL
        AND NOT EXISTS (SELECT FROM reply AS own WHERE own.thread_id = follower.thread_id AND own.agent_id = follower.agent_id)
    ), asked AS (
      INSERT INTO thread_follower (workspace_id, thread_id, agent_id, conversation_id, seq, is_following)
      SELECT DISTINCT workspace_id, thread_id, root_agent_id, conversation_id, root_seq, true
      FROM reply
      WHERE NOT EXISTS (SELECT FROM reply AS own WHERE own.thread_id = reply.thread_id AND own.agent_id = reply.root_agent_id)
        AND EXISTS (
          SELECT FROM conversation JOIN space_member AS member USING (workspace_id, space_id)
          WHERE workspace_id = reply.workspace_id AND conversation.id = reply.conversation_id
            AND member.agent_id = reply.root_agent_id)
      ON CONFLICT (workspace_id, thread_id, agent_id) DO NOTHING
    )
    SELECT concat(conversation_id, ' ', id) AS place FROM counted`;
  const places = new Set(kept.map(({ place }) => place));
  return replies.map(({ conversationId, threadId }) => places.has(`${conversationId} ${threadId}`));
});
