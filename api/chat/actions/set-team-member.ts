import type { Actor } from "../../kernel/actor.ts";
import { inTransaction } from "../../kernel/database.ts";
import { isId } from "../../kernel/id.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { mayChange } from "../../people/policy.ts";
import { lockLedTeam, MOST_IN_TEAM } from "../../people/team.ts";
import { findSpacesOfTeam, followTeams } from "../team-spaces.ts";

export type TeamMember = { teamId: string; agentId: string };

export type SetTeamMemberRefusal = "not_permitted" | "team_not_found" | "agent_not_found" | "team_full";

/**
 * Lets somebody into a team, and with it into all spaces that it is in, or makes a member its lead or no lead. For owners and
 * admins, and for the team's leads. Records `member.changed` in the rooms where they come.
 */
export async function setTeamMember(
  actor: Actor,
  { teamId, agentId, isLead }: TeamMember & { isLead: boolean },
): Promise<Outcome<{ teamId: string }, SetTeamMemberRefusal>> {
  if (!mayChange(actor)) return refuse("not_permitted");
  const { workspaceId } = actor;
  return inTransaction(async (tx): Promise<Outcome<{ teamId: string }, SetTeamMemberRefusal>> => {
    const led = await lockLedTeam(tx, actor, teamId);
    if (!led.ok) return led;
    const known = isId(agentId)
      ? await tx.sql`
          SELECT FROM agent WHERE workspace_id = ${workspaceId} AND id = ${agentId} AND disabled_at IS NULL FOR SHARE`
      : [];
    if (known.length === 0) return refuse("agent_not_found", ["input", "agentId"]);
    await tx.sql`
      INSERT INTO team_member (workspace_id, team_id, agent_id, is_lead)
      VALUES (${workspaceId}, ${teamId}, ${agentId}, ${isLead})
      ON CONFLICT (workspace_id, team_id, agent_id) DO UPDATE SET is_lead = excluded.is_lead`;
    const [members] = await tx.sql<{ count: number }>`
      SELECT count(*) FROM team_member WHERE workspace_id = ${workspaceId} AND team_id = ${teamId}`;
    if (members!.count > MOST_IN_TEAM) return refuse("team_full", ["input", "agentId"]);
    await followTeams(tx, actor, { spaceIds: await findSpacesOfTeam(tx, actor, teamId), agentIds: [agentId] });
    return done({ teamId });
  });
}
