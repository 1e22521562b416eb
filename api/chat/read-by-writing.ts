import type { AgentActor } from "../kernel/actor.ts";
import type { Transaction } from "../kernel/database.ts";
import type { Turn } from "./conversation.ts";
import { tellOwn } from "./tell-own.ts";

/** Who writes in a room has read what stands before it there, in all their windows. */
export async function readByWriting(tx: Transaction, agent: AgentActor, turn: Turn, at: Date): Promise<void> {
  const { workspaceId, conversationId, staffSeq } = turn;
  await tx.sql`
    INSERT INTO read_mark (workspace_id, conversation_id, reader_id, seq, read_at)
    VALUES (${workspaceId}, ${conversationId}, ${agent.agentId}, ${staffSeq}, ${at})
    ON CONFLICT (workspace_id, conversation_id, reader_id) DO UPDATE
      SET seq = greatest(read_mark.seq, excluded.seq), unread_from = NULL, read_at = excluded.read_at`;
  tx.afterCommit(() => tellOwn(agent, turn, { what: "read", seq: staffSeq }));
}
