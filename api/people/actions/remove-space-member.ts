import type { Actor } from "../../kernel/actor.ts";
import { sql } from "../../kernel/database.ts";
import { isId } from "../../kernel/id.ts";
import { takeAway } from "../../kernel/live/rights.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { mayAdminister } from "../policy.ts";
import { keyOf } from "../rights.ts";

export type SpaceMember = { spaceId: string; agentId: string };

/**
 * Takes an agent out of a space. Their streams that show it end; they come back with what remains. For owners and admins.
 * Refuses `not_permitted` and `member_not_found`.
 */
export async function removeSpaceMember(
  actor: Actor,
  { spaceId, agentId }: SpaceMember,
): Promise<Outcome<SpaceMember, "not_permitted" | "member_not_found">> {
  if (!mayAdminister(actor)) return refuse("not_permitted");
  const { workspaceId } = actor;
  const [removed] = isId(agentId)
    ? await sql`
        DELETE FROM space_member
        WHERE workspace_id = ${workspaceId} AND space_id = ${spaceId} AND agent_id = ${agentId}
        RETURNING agent_id`
    : [];
  if (!removed) return refuse("member_not_found", ["input", "agentId"]);
  takeAway(keyOf.member(workspaceId, agentId, spaceId));
  return done({ spaceId, agentId });
}
