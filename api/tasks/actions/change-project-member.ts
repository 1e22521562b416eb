import type { SpaceRole } from "../../../prisma/generated/client/client.ts";
import type { Actor, AgentActor } from "../../kernel/actor.ts";
import { inTransaction, type Transaction } from "../../kernel/database.ts";
import { isId } from "../../kernel/id.ts";
import { takeAway } from "../../kernel/live/rights.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { isThroughTeam, joinSpace, leaveSpace, setSpaceRole } from "../../people/join-space.ts";
import { lockWorkspace } from "../../people/lock-workspace.ts";
import { mayChange } from "../../people/policy.ts";
import { countOthers, roleIn } from "../../chat/room-members.ts";
import { lockProject } from "../lock-project.ts";
import { mayInProject } from "../policy.ts";

export type ProjectMemberInput = {
  projectId: string;
  agentId: string;
  /** What they shall be there; null: no member. */
  role: SpaceRole | null;
};

export type ProjectMemberRefusal =
  | "not_permitted"
  | "project_not_found"
  | "agent_not_found"
  | "member_not_found"
  | "member_through_team"
  | "last_project_owner";

/**
 * Lets somebody into a project, gives them another role there, or takes them out: at once they see nothing of it any more, and
 * what is theirs there stays so until it is given to somebody else. For its owners; whoever is in it may leave. The last owner
 * stays one, and whoever is there through a team stays as long as both do. Being so already is done.
 */
export async function changeProjectMember(
  actor: Actor,
  { projectId, agentId, role: to }: ProjectMemberInput,
): Promise<Outcome<{ projectId: string }, ProjectMemberRefusal>> {
  if (!mayChange(actor)) return refuse("not_permitted");
  const path = ["input", "agentId"];
  return inTransaction(async (tx): Promise<Outcome<{ projectId: string }, ProjectMemberRefusal>> => {
    // Whoever changes the teams that are in the project waits, and so does whoever else changes its members.
    await lockWorkspace(tx, actor.workspaceId);
    const project = await lockProject(tx, actor, { projectId });
    if (!project) return refuse("project_not_found", ["input", "projectId"]);
    const isLeaving = to === null && agentId === actor.agentId;
    if (!isLeaving && !mayInProject(actor, project.role, "govern")) return refuse("not_permitted");
    const from = await roleIn(tx, project, agentId);
    if (from === null && to === null) return refuse("member_not_found", path);
    if (from === null && !(await isHere(tx, actor, agentId))) return refuse("agent_not_found", path);
    if (to === null && (await isThroughTeam(tx.sql, { ...project, agentId })))
      return refuse("member_through_team", path);
    if (from === "owner" && to !== "owner" && (await countOthers(tx, project, agentId)).owners === 0)
      return refuse("last_project_owner", path);
    await change(tx, { ...project, agentId }, { from, to });
    return done({ projectId });
  });
}

async function isHere(tx: Transaction, { workspaceId }: AgentActor, agentId: string): Promise<boolean> {
  if (!isId(agentId)) return false;
  const found = await tx.sql`
    SELECT FROM agent WHERE workspace_id = ${workspaceId} AND id = ${agentId} AND disabled_at IS NULL FOR SHARE`;
  return found.length > 0;
}

async function change(
  tx: Transaction,
  membership: { workspaceId: string; spaceId: string; agentId: string },
  { from, to }: { from: SpaceRole | null; to: SpaceRole | null },
): Promise<void> {
  const { workspaceId, spaceId, agentId } = membership;
  if (to === null) return leaveSpace(tx, { workspaceId, spaceId, agentId });
  if (from !== null) return setSpaceRole(tx.sql, { workspaceId, spaceId, agentId, role: to, isOwn: true });
  const lost = await joinSpace(tx.sql, { workspaceId, spaceId, agentId, role: to });
  if (lost) tx.afterCommit(() => takeAway(lost));
}
