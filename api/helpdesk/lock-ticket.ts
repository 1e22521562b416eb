import { isVisible } from "../chat/policy.ts";
import type { TicketStatus } from "../../prisma/generated/client/client.ts";
import type { AgentActor } from "../kernel/actor.ts";
import type { Transaction } from "../kernel/database.ts";
import { isId } from "../kernel/id.ts";

/** A ticket whose row this transaction has locked. */
export type LockedTicket = { status: TicketStatus; assigneeId: string | null; spaceId: string };

/**
 * The ticket of a conversation that the agent may see, locked; undefined where there is none. The conversation is locked
 * before it, as by every writer, so that two can never wait for each other.
 */
export async function lockTicket(
  tx: Transaction,
  agent: AgentActor,
  conversationId: string,
): Promise<LockedTicket | undefined> {
  if (!isId(conversationId)) return undefined;
  const [conversation] = await tx.sql<{ spaceId: string }>`
    SELECT space_id AS "spaceId" FROM conversation
    WHERE workspace_id = ${agent.workspaceId} AND id = ${conversationId} AND ${isVisible(agent)}
    FOR UPDATE`;
  if (!conversation) return undefined;
  const [ticket] = await tx.sql<{ status: TicketStatus; assigneeId: string | null }>`
    SELECT status, assignee_id AS "assigneeId" FROM ticket
    WHERE workspace_id = ${agent.workspaceId} AND conversation_id = ${conversationId} FOR UPDATE`;
  return ticket && { ...ticket, ...conversation };
}
