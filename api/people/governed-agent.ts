import type { AgentActor } from "../kernel/actor.ts";
import type { Transaction } from "../kernel/database.ts";
import { isId } from "../kernel/id.ts";
import { done, type Outcome, refuse } from "../kernel/outcome.ts";
import { mayGovern } from "./policy.ts";

type Governed = { id: string; role: AgentActor["role"]; isOwnerInOffice: boolean };

/**
 * Locks the agent whose access is to change, and all owners with them, so that two who shut each other out cannot both
 * succeed. Refuses `agent_not_found`, and `not_permitted` where the agent is not the actor's to govern.
 */
export async function lockGoverned(
  tx: Transaction,
  actor: AgentActor,
  agentId: string,
): Promise<Outcome<{ role: AgentActor["role"]; isLastOwner: boolean }, "agent_not_found" | "not_permitted">> {
  if (!isId(agentId)) return refuse("agent_not_found", ["input", "agentId"]);
  const locked = await tx.sql<Governed>`
    SELECT id, role, role = 'owner' AND disabled_at IS NULL AND invited_at IS NULL AS "isOwnerInOffice"
    FROM agent WHERE workspace_id = ${actor.workspaceId} AND (id = ${agentId} OR role = 'owner')
    ORDER BY id FOR UPDATE`;
  const agent = locked.find(({ id }) => id === agentId);
  if (!agent) return refuse("agent_not_found", ["input", "agentId"]);
  if (!mayGovern(actor, agent.role)) return refuse("not_permitted");
  const owners = locked.filter(({ isOwnerInOffice }) => isOwnerInOffice);
  return done({ role: agent.role, isLastOwner: agent.isOwnerInOffice && owners.length === 1 });
}
