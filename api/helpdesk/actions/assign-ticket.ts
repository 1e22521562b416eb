import type { Actor } from "../../kernel/actor.ts";
import { now } from "../../kernel/clock.ts";
import { inTransaction, type Transaction } from "../../kernel/database.ts";
import { isId } from "../../kernel/id.ts";
import { record } from "../../kernel/log/record.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import type { SpaceMember } from "../../people/actions/remove-space-member.ts";
import { takeTurn } from "../../chat/conversation.ts";
import "../events.ts";
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
  const { workspaceId, agentId } = actor;

  return inTransaction(async (tx): Promise<Outcome<Assigned, AssignTicketRefusal>> => {
    const ticket = await lockTicket(tx, actor, conversationId);
    if (!ticket) return refuse("conversation_not_found", ["input", "conversationId"]);
    const { spaceId, assigneeId: from } = ticket;
    if (from === assigneeId) return done({ conversationId, from, assigneeId });
    if (assigneeId !== null && !(await isAssignable(tx, { workspaceId, spaceId, agentId: assigneeId })))
      return refuse("assignee_not_found", ["input", "assigneeId"]);

    const at = now();
    const turn = await takeTurn(tx, actor, { conversationId, visibility: "staff", at, isActivity: false });
    await tx.sql`
      UPDATE ticket SET assignee_id = ${assigneeId}
      WHERE workspace_id = ${workspaceId} AND conversation_id = ${conversationId}`;
    const payload = { from, to: assigneeId, by: { kind: "agent" as const, id: agentId } };
    await record(tx, { type: "ticket.assigned", ...turn!, occurredAt: at, payload });
    return done({ conversationId, from, assigneeId });
  });
}

/** Whether the agent is a member of the space who is not disabled. */
async function isAssignable(tx: Transaction, wanted: SpaceMember & { workspaceId: string }): Promise<boolean> {
  const { workspaceId, spaceId, agentId } = wanted;
  if (!isId(agentId)) return false;
  const members = await tx.sql`
    SELECT FROM space_member AS member JOIN agent ON agent.workspace_id = member.workspace_id AND agent.id = agent_id
    WHERE member.workspace_id = ${workspaceId} AND space_id = ${spaceId} AND agent_id = ${agentId} AND disabled_at IS NULL
    FOR SHARE`;
  return members.length > 0;
}
