import type { Actor } from "../../kernel/actor.ts";
import { inTransaction } from "../../kernel/database.ts";
import { isId } from "../../kernel/id.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { mayHold } from "../assignable.ts";
import { handOver } from "../hand-over.ts";
import { lockTicket } from "../lock-ticket.ts";

export type AssignTicketInput = {
  conversationId: string;
  /** The agent whose it shall be; null: nobody's. */
  assigneeId: string | null;
};

export type AssignTicketRefusal = "conversation_not_found" | "assignee_not_found" | "not_permitted";

/** Whose the ticket was and whose it is now; the same where it was theirs already. */
export type Assigned = { conversationId: string; from: string | null; assigneeId: string | null };

/**
 * Makes the ticket of a conversation an agent's, the caller's own included, or nobody's. Whoever may see the conversation may
 * do it at any time, and whoever gets it must be able to see it and to sign in. Of two at once the later one stands, and both
 * are recorded, each with whom it took it from. Being theirs already is done, not refused. Records `ticket.assigned`, which
 * staff alone are told.
 */
export async function assignTicket(
  actor: Actor,
  { conversationId, assigneeId }: AssignTicketInput,
): Promise<Outcome<Assigned, AssignTicketRefusal>> {
  if (actor.kind !== "agent" || !actor.mayWrite) return refuse("not_permitted");
  const { workspaceId } = actor;

  return inTransaction(async (tx): Promise<Outcome<Assigned, AssignTicketRefusal>> => {
    const ticket = await lockTicket(tx, actor, conversationId);
    if (!ticket) return refuse("conversation_not_found", ["input", "conversationId"]);
    const { spaceId, assigneeId: from } = ticket;
    if (from === assigneeId) return done({ conversationId, from, assigneeId });
    if (
      assigneeId !== null &&
      !(isId(assigneeId) && (await mayHold(tx, { workspaceId, spaceId, agentId: assigneeId })))
    )
      return refuse("assignee_not_found", ["input", "assigneeId"]);

    await handOver(tx, actor, { conversationId, from, to: assigneeId });
    return done({ conversationId, from, assigneeId });
  });
}
