import type { TicketStatus } from "../../../prisma/generated/client/client.ts";
import type { Actor } from "../../kernel/actor.ts";
import { now } from "../../kernel/clock.ts";
import { inTransaction, type Transaction } from "../../kernel/database.ts";
import { isId } from "../../kernel/id.ts";
import { record } from "../../kernel/log/record.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { takeTurn } from "../../chat/conversation.ts";
import { isVisible } from "../../chat/policy.ts";
import "../events.ts";
import { type Move, moveFrom } from "../ticket.ts";

export type MoveTicketRefusal = "conversation_not_found" | "not_permitted" | "illegal_move";

/**
 * Moves the ticket of a conversation: the only writer of its status besides a customer's message. Already there is done,
 * not refused. A closed ticket closes its conversation to messages. Records `ticket.moved`.
 */
export async function moveTicket(
  actor: Actor,
  input: { conversationId: string; move: Move },
): Promise<Outcome<{ conversationId: string; status: TicketStatus }, MoveTicketRefusal>> {
  if (actor.kind !== "agent" || !actor.mayWrite) return refuse("not_permitted");
  const { conversationId, move } = input;

  return inTransaction(
    async (tx): Promise<Outcome<{ conversationId: string; status: TicketStatus }, MoveTicketRefusal>> => {
      const from = await lockStatus(tx, actor, conversationId);
      if (!from) return refuse("conversation_not_found", ["input", "conversationId"]);
      const to = moveFrom(from, move);
      if (to === "illegal") return refuse("illegal_move", ["input", "conversationId"]);
      if (to === "same") return done({ conversationId, status: from });

      const at = now();
      const turn = await takeTurn(tx, actor, { conversationId, visibility: "everyone", at, isActivity: false });
      const closedAt = to === "closed" ? at : null;
      await tx.sql`
      UPDATE ticket SET status = ${to}, status_at = ${at}
      WHERE workspace_id = ${actor.workspaceId} AND conversation_id = ${conversationId}`;
      await tx.sql`
      UPDATE conversation SET closed_at = ${closedAt}
      WHERE workspace_id = ${actor.workspaceId} AND id = ${conversationId} AND closed_at IS DISTINCT FROM ${closedAt}::timestamptz`;
      const by = { kind: "agent" as const, id: actor.agentId };
      await record(tx, { type: "ticket.moved", ...turn!, occurredAt: at, payload: { from, to, by } });
      return done({ conversationId, status: to });
    },
  );
}

/** Locks the conversation before its ticket, as every writer does, so that two can never wait for each other. */
async function lockStatus(
  tx: Transaction,
  actor: Actor & { kind: "agent" },
  id: string,
): Promise<TicketStatus | undefined> {
  if (!isId(id)) return undefined;
  const [seen] = await tx.sql`
    SELECT FROM conversation
    WHERE workspace_id = ${actor.workspaceId} AND id = ${id} AND ${isVisible(actor)}
    FOR UPDATE`;
  if (!seen) return undefined;
  const [ticket] = await tx.sql<{ status: TicketStatus }>`
    SELECT status FROM ticket WHERE workspace_id = ${actor.workspaceId} AND conversation_id = ${id} FOR UPDATE`;
  return ticket?.status;
}
