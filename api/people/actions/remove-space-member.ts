import type { Actor } from "../../kernel/actor.ts";
import { inTransaction } from "../../kernel/database.ts";
import { isId } from "../../kernel/id.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { isThroughTeam, leaveSpace } from "../join-space.ts";
import { lockWorkspace } from "../lock-workspace.ts";
import { mayAdminister } from "../policy.ts";

export type SpaceMember = { spaceId: string; agentId: string };

export type RemoveSpaceMemberRefusal = "not_permitted" | "member_not_found" | "member_through_team";

/**
 * Takes an agent out of a space. Their streams that show it end; they come back with what remains. For owners and admins.
 * Refuses `not_permitted`, `member_not_found`, and `member_through_team` where a team of theirs is in it.
 */
export async function removeSpaceMember(
  actor: Actor,
  { spaceId, agentId }: SpaceMember,
): Promise<Outcome<SpaceMember, RemoveSpaceMemberRefusal>> {
  if (!mayAdminister(actor)) return refuse("not_permitted");
  const membership = { workspaceId: actor.workspaceId, spaceId, agentId };
  const path = ["input", "agentId"];
  if (!isId(agentId)) return refuse("member_not_found", path);
  return inTransaction(async (tx): Promise<Outcome<SpaceMember, RemoveSpaceMemberRefusal>> => {
    await lockWorkspace(tx, actor.workspaceId);
    const found = await tx.sql`
      SELECT FROM space_member
      WHERE workspace_id = ${actor.workspaceId} AND space_id = ${spaceId} AND agent_id = ${agentId} FOR UPDATE`;
    if (found.length === 0) return refuse("member_not_found", path);
    if (await isThroughTeam(tx.sql, membership)) return refuse("member_through_team", path);
    await leaveSpace(tx, membership);
    return done({ spaceId, agentId });
  });
}
