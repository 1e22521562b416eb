import type { Actor } from "../../kernel/actor.ts";
import { inTransaction } from "../../kernel/database.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { lockGoverned } from "../governed-agent.ts";
import { mayAdminister } from "../policy.ts";

/**
 * Lets an agent in again who was shut out. For owners and admins; an owner for owners alone. Refuses `not_permitted` and
 * `agent_not_found`. Enabled already is done.
 */
export async function enableAgent(
  actor: Actor,
  { agentId }: { agentId: string },
): Promise<Outcome<{ agentId: string }, "not_permitted" | "agent_not_found">> {
  if (!mayAdminister(actor)) return refuse("not_permitted");
  return inTransaction(async (tx): Promise<Outcome<{ agentId: string }, "not_permitted" | "agent_not_found">> => {
    const governed = await lockGoverned(tx, actor, agentId);
    if (!governed.ok) return governed;
    await tx.sql`UPDATE agent SET disabled_at = NULL WHERE workspace_id = ${actor.workspaceId} AND id = ${agentId}`;
    return done({ agentId });
  });
}
