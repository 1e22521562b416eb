import type { Actor } from "../../kernel/actor.ts";
import { now } from "../../kernel/clock.ts";
import { inTransaction } from "../../kernel/database.ts";
import { takeAway } from "../../kernel/live/rights.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { lockGoverned } from "../governed-agent.ts";
import { mayAdminister } from "../policy.ts";
import { keyOf } from "../rights.ts";

export type DisableAgentRefusal = "not_permitted" | "agent_not_found" | "last_owner";

/**
 * Shuts an agent out, with all their sessions and tokens, and ends what they have open; what they wrote stays. For owners
 * and admins; an owner for owners alone. Refuses `not_permitted`, `agent_not_found` and `last_owner`. Disabled already is
 * done.
 */
export async function disableAgent(
  actor: Actor,
  { agentId }: { agentId: string },
): Promise<Outcome<{ agentId: string }, DisableAgentRefusal>> {
  if (!mayAdminister(actor)) return refuse("not_permitted");
  const { workspaceId } = actor;
  return inTransaction(async (tx): Promise<Outcome<{ agentId: string }, DisableAgentRefusal>> => {
    const governed = await lockGoverned(tx, actor, agentId);
    if (!governed.ok) return governed;
    if (governed.value.isLastOwner) return refuse("last_owner", ["input", "agentId"]);
    await tx.sql`
      UPDATE agent SET disabled_at = coalesce(disabled_at, ${now()}) WHERE workspace_id = ${workspaceId} AND id = ${agentId}`;
    tx.afterCommit(() => takeAway(keyOf.agent(workspaceId, agentId)));
    return done({ agentId });
  });
}
