import { changeSpaceTeam, teamRoleIn } from "../../chat/team-spaces.ts";
import type { SpaceRole } from "../../../prisma/generated/client/client.ts";
import type { Actor } from "../../kernel/actor.ts";
import { inTransaction } from "../../kernel/database.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { mayChange } from "../../people/policy.ts";
import { lockTeam } from "../../people/team.ts";
import { lockProject } from "../lock-project.ts";
import { mayInProject } from "../policy.ts";

export type ProjectTeamInput = {
  projectId: string;
  teamId: string;
  /** What its members shall be there, unless they have a role of their own; null: nothing through it. */
  role: SpaceRole | null;
};

export type ProjectTeamRefusal = "not_permitted" | "project_not_found" | "team_not_found" | "team_role_invalid";

/**
 * Lets a team into a project, gives it another role there, or takes it out: whoever joins the team sees the project, and whoever
 * leaves it sees it no more, unless they are there by themselves. A team owns nothing. For the project's owners. Being so already
 * is done.
 */
export async function changeProjectTeam(
  actor: Actor,
  { projectId, teamId, role: to }: ProjectTeamInput,
): Promise<Outcome<{ projectId: string }, ProjectTeamRefusal>> {
  if (!mayChange(actor)) return refuse("not_permitted");
  if (to === "owner") return refuse("team_role_invalid", ["input", "role"]);
  return inTransaction(async (tx): Promise<Outcome<{ projectId: string }, ProjectTeamRefusal>> => {
    const isKnown = await lockTeam(tx, actor, teamId);
    const project = await lockProject(tx, actor, { projectId });
    if (!project) return refuse("project_not_found", ["input", "projectId"]);
    if (!isKnown) return refuse("team_not_found", ["input", "teamId"]);
    if (!mayInProject(actor, project.role, "govern")) return refuse("not_permitted");
    const { spaceId } = project;
    if ((await teamRoleIn(tx, actor, { spaceId, teamId })) !== to)
      await changeSpaceTeam(tx, actor, { spaceId, teamId, role: to });
    return done({ projectId });
  });
}
