import { takeNextTurn } from "../chat/conversation.ts";
import type { AgentActor } from "../kernel/actor.ts";
import { now } from "../kernel/clock.ts";
import type { Transaction } from "../kernel/database.ts";
import { record } from "../kernel/log/record.ts";
import "./events.ts";

/** Whose a ticket was and whose it shall be; null: nobody's. */
export type HandOver = { conversationId: string; from: string | null; to: string | null };

/**
 * Makes a ticket another's, in a transaction that holds the locks of its conversation and its row. Records `ticket.assigned`,
 * which staff alone are told.
 */
export async function handOver(
  tx: Transaction,
  { workspaceId, agentId }: AgentActor,
  { conversationId, from, to }: HandOver,
): Promise<void> {
  const turn = await takeNextTurn(tx, { workspaceId, conversationId }, "staff");
  await tx.sql`
    UPDATE ticket SET assignee_id = ${to} WHERE workspace_id = ${workspaceId} AND conversation_id = ${conversationId}`;
  const payload = { from, to, by: { kind: "agent" as const, id: agentId } };
  await record(tx, { type: "ticket.assigned", ...turn, occurredAt: now(), payload });
}
