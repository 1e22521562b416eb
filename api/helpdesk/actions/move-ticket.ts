import type { TicketStatus } from "../../../prisma/generated/client/client.ts";
import type { Actor } from "../../kernel/actor.ts";
import { now } from "../../kernel/clock.ts";
import { inTransaction } from "../../kernel/database.ts";
import { record } from "../../kernel/log/record.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { takeTurn } from "../../chat/conversation.ts";
import "../events.ts";
import { mayHold } from "../assignable.ts";
import { handOver } from "../hand-over.ts";
import { lockTicket } from "../lock-ticket.ts";
import { AT_WORK, type Move, moveFrom } from "../ticket.ts";

/** Where the ticket was and where it is now; the same where it was there already. */
export type MovedTicket = { conversationId: string; from: TicketStatus; status: TicketStatus };

export type MoveTicketRefusal = "conversation_not_found" | "not_permitted" | "illegal_move";

/**
 * Moves the ticket of a conversation: the only writer of its status besides a customer's message. Already there is done,
 * not refused. A closed ticket closes its conversation to messages. Records `ticket.moved`, and `ticket.assigned` where one
 * that had come to an end is worked on again and whose it was is gone: it is nobody's then.
 */
export async function moveTicket(
  actor: Actor,
  input: { conversationId: string; move: Move },
): Promise<Outcome<MovedTicket, MoveTicketRefusal>> {
  if (actor.kind !== "agent" || !actor.mayWrite) return refuse("not_permitted");
  const { conversationId, move } = input;

  return inTransaction(async (tx): Promise<Outcome<MovedTicket, MoveTicketRefusal>> => {
    const ticket = await lockTicket(tx, actor, conversationId);
    if (!ticket) return refuse("conversation_not_found", ["input", "conversationId"]);
    const from = ticket.status;
    const to = moveFrom(from, move);
    if (to === "illegal") return refuse("illegal_move", ["input", "conversationId"]);
    if (to === "same") return done({ conversationId, from, status: from });

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
    const { assigneeId, spaceId } = ticket;
    const isBack = !AT_WORK.includes(from) && AT_WORK.includes(to);
    if (isBack && assigneeId && !(await mayHold(tx, { workspaceId: actor.workspaceId, spaceId, agentId: assigneeId })))
      await handOver(tx, actor, { conversationId, from: assigneeId, to: null });
    return done({ conversationId, from, status: to });
  });
}
