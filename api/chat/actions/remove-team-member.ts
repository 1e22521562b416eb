import type { Actor } from "../../kernel/actor.ts";
import { inTransaction } from "../../kernel/database.ts";
import { isId } from "../../kernel/id.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { mayChange } from "../../people/policy.ts";
import { lockLedTeam } from "../../people/team.ts";
import { findSpacesOfTeam, followTeams, type Gone } from "../team-spaces.ts";
import type { TeamMember } from "./set-team-member.ts";

export type RemoveTeamMemberRefusal = "not_permitted" | "team_not_found" | "member_not_found";

/**
 * Takes somebody out of a team, and at once out of every space that they see through it alone. For owners and admins, and for
 * the team's leads. Records `member.changed` in the rooms that they lose. Answers which spaces they lose.
 */
export async function removeTeamMember(
  actor: Actor,
  { teamId, agentId }: TeamMember,
): Promise<Outcome<{ teamId: string; gone: Gone[] }, RemoveTeamMemberRefusal>> {
  if (!mayChange(actor)) return refuse("not_permitted");
  const { workspaceId } = actor;
  return inTransaction(async (tx): Promise<Outcome<{ teamId: string; gone: Gone[] }, RemoveTeamMemberRefusal>> => {
    const led = await lockLedTeam(tx, actor, teamId);
    if (!led.ok) return led;
    const removed = isId(agentId)
      ? await tx.sql`
          DELETE FROM team_member WHERE workspace_id = ${workspaceId} AND team_id = ${teamId} AND agent_id = ${agentId}
          RETURNING agent_id`
      : [];
    if (removed.length === 0) return refuse("member_not_found", ["input", "agentId"]);
    const spaceIds = await findSpacesOfTeam(tx, actor, teamId);
    return done({ teamId, gone: await followTeams(tx, actor, { spaceIds, agentIds: [agentId] }) });
  });
}
