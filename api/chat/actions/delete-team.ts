import type { Actor } from "../../kernel/actor.ts";
import { inTransaction } from "../../kernel/database.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { mayAdminister } from "../../people/policy.ts";
import { lockTeam } from "../../people/team.ts";
import { findSpacesOfTeam, followTeams, type Gone, recordTeams } from "../team-spaces.ts";

export type DeleteTeamRefusal = "not_permitted" | "team_not_found";

/**
 * Does away with a team: its members lose at once what they see through it alone, and what mentioned it mentions nobody any
 * more. For owners and admins. Records `room.changed` in the rooms that it was in and `member.changed` for whoever loses one.
 * Answers who loses which space.
 */
export async function deleteTeam(
  actor: Actor,
  { teamId }: { teamId: string },
): Promise<Outcome<{ teamId: string; gone: Gone[] }, DeleteTeamRefusal>> {
  if (!mayAdminister(actor)) return refuse("not_permitted");
  const { workspaceId } = actor;
  return inTransaction(async (tx): Promise<Outcome<{ teamId: string; gone: Gone[] }, DeleteTeamRefusal>> => {
    if (!(await lockTeam(tx, actor, teamId))) return refuse("team_not_found", ["input", "teamId"]);
    const spaceIds = await findSpacesOfTeam(tx, actor, teamId);
    const members = await tx.sql<{ id: string }>`
      SELECT agent_id AS id FROM team_member WHERE workspace_id = ${workspaceId} AND team_id = ${teamId}`;
    await tx.sql`DELETE FROM mention WHERE workspace_id = ${workspaceId} AND target_id = ${teamId}`;
    await tx.sql`DELETE FROM team WHERE workspace_id = ${workspaceId} AND id = ${teamId}`;
    await recordTeams(tx, actor, spaceIds);
    const agentIds = members.map(({ id }) => id);
    return done({ teamId, gone: await followTeams(tx, actor, { spaceIds, agentIds }) });
  });
}
