import type { AgentActor } from "../kernel/actor.ts";
import { inTransaction, sql } from "../kernel/database.ts";
import { handOver } from "./hand-over.ts";
import { AT_WORK } from "./ticket.ts";

/** Whose tickets, and of which space; null: of all. */
export type Gone = { agentId: string; spaceId: string | null };

/**
 * Makes the open and waiting tickets of an agent who is gone nobody's, so that they stand among those that somebody must
 * take. Each in a transaction of its own: sends wait for one of them at most, and a crash leaves the rest to whoever does it
 * again. What has come to an end keeps its name until it is opened again.
 */
export async function freeTickets(actor: AgentActor, { agentId, spaceId }: Gone): Promise<void> {
  const held = await sql<{ conversationId: string }>`
    SELECT conversation_id AS "conversationId" FROM ticket
    JOIN conversation ON conversation.workspace_id = ticket.workspace_id AND conversation.id = conversation_id
    WHERE ticket.workspace_id = ${actor.workspaceId} AND assignee_id = ${agentId}
      AND status = ANY(${AT_WORK}::ticket_status[]) AND (${spaceId}::uuid IS NULL OR space_id = ${spaceId}::uuid)`;
  for (const { conversationId } of held) await freeTicket(actor, { conversationId, from: agentId });
}

/** Nothing where it has been given to somebody or come to an end meanwhile. */
async function freeTicket(
  actor: AgentActor,
  { conversationId, from }: { conversationId: string; from: string },
): Promise<void> {
  const { workspaceId } = actor;
  await inTransaction(async (tx) => {
    await tx.sql`SELECT FROM conversation WHERE workspace_id = ${workspaceId} AND id = ${conversationId} FOR UPDATE`;
    const [held] = await tx.sql`
      SELECT FROM ticket
      WHERE workspace_id = ${workspaceId} AND conversation_id = ${conversationId} AND assignee_id = ${from}
        AND status = ANY(${AT_WORK}::ticket_status[]) FOR UPDATE`;
    if (held) await handOver(tx, actor, { conversationId, from, to: null });
  });
}
