import type { Actor, AgentActor } from "../../kernel/actor.ts";
import { now } from "../../kernel/clock.ts";
import { sql } from "../../kernel/database.ts";
import { takeAway } from "../../kernel/live/rights.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { mayAdminister, mayDisable } from "../policy.ts";
import { keyOf } from "../rights.ts";

/**
 * Shuts an agent out, with all their sessions and tokens, and ends what they have open; what they wrote stays. For owners
 * and admins; an owner for owners alone. Refuses `not_permitted` and `agent_not_found`. Disabled already is done.
 */
export async function disableAgent(
  actor: Actor,
  { agentId }: { agentId: string },
): Promise<Outcome<{ agentId: string }, "not_permitted" | "agent_not_found">> {
  if (!mayAdminister(actor)) return refuse("not_permitted");
  const { workspaceId } = actor;
  const [agent] = await sql<Pick<AgentActor, "role">>`
    SELECT role FROM agent WHERE workspace_id = ${workspaceId} AND id = ${agentId}`;
  if (!agent) return refuse("agent_not_found");
  if (!mayDisable(actor, agent.role)) return refuse("not_permitted");
  await sql`
    UPDATE agent SET disabled_at = coalesce(disabled_at, ${now()}) WHERE workspace_id = ${workspaceId} AND id = ${agentId}`;
  takeAway(keyOf.agent(workspaceId, agentId));
  return done({ agentId });
}
