import type { Actor, AgentActor } from "../../kernel/actor.ts";
import { inTransaction } from "../../kernel/database.ts";
import { takeAway } from "../../kernel/live/rights.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { lockGoverned } from "../governed-agent.ts";
import { mayAdminister, mayGovern } from "../policy.ts";
import { keyOf } from "../rights.ts";

export type ChangeRoleInput = { agentId: string; role: AgentActor["role"] };

export type ChangeRoleRefusal = "not_permitted" | "agent_not_found" | "last_owner";

/**
 * Gives an agent another role. For owners and admins; only owners make an owner, or something else of one. Refuses
 * `not_permitted`, `agent_not_found` and `last_owner`. Having the role already is done.
 */
export async function changeRole(
  actor: Actor,
  { agentId, role }: ChangeRoleInput,
): Promise<Outcome<{ agentId: string }, ChangeRoleRefusal>> {
  if (!mayAdminister(actor) || !mayGovern(actor, role)) return refuse("not_permitted");
  const { workspaceId } = actor;
  return inTransaction(async (tx): Promise<Outcome<{ agentId: string }, ChangeRoleRefusal>> => {
    const governed = await lockGoverned(tx, actor, agentId);
    if (!governed.ok) return governed;
    if (governed.value.role === role) return done({ agentId });
    if (governed.value.isLastOwner) return refuse("last_owner", ["input", "agentId"]);
    await tx.sql`UPDATE agent SET role = ${role} WHERE workspace_id = ${workspaceId} AND id = ${agentId}`;
    // An open socket acts in the role that it was opened in: it must come again.
    const { role: before } = governed.value;
    tx.afterCommit(() => takeAway(keyOf.role(workspaceId, agentId, before)));
    return done({ agentId });
  });
}
