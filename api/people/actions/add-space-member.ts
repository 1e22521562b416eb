import type { Actor } from "../../kernel/actor.ts";
import { sql } from "../../kernel/database.ts";
import { isId } from "../../kernel/id.ts";
import { takeAway } from "../../kernel/live/rights.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { joinSpace, stayInSpace } from "../join-space.ts";
import { mayAdminister } from "../policy.ts";
import type { SpaceMember } from "./remove-space-member.ts";

/**
 * Lets an agent into a space. Their streams are told to come again, and then show it too. For owners and admins. Refuses
 * `not_permitted` and `agent_not_found`. A member already is done.
 */
export async function addSpaceMember(
  actor: Actor,
  { spaceId, agentId }: SpaceMember,
): Promise<Outcome<SpaceMember, "not_permitted" | "agent_not_found">> {
  if (!mayAdminister(actor)) return refuse("not_permitted");
  const { workspaceId } = actor;
  const [agent] = isId(agentId)
    ? await sql`SELECT FROM agent WHERE workspace_id = ${workspaceId} AND id = ${agentId}`
    : [];
  if (!agent) return refuse("agent_not_found", ["input", "agentId"]);
  const lost = await joinSpace(sql, { workspaceId, spaceId, agentId });
  if (lost) takeAway(lost);
  else await stayInSpace(sql, { workspaceId, spaceId, agentId });
  return done({ spaceId, agentId });
}
