import type { Agent, Prisma, SpaceRole } from "../../prisma/generated/client/client.ts";
import type { Actor, AgentActor } from "../kernel/actor.ts";
import { type Refused, refuse } from "../kernel/outcome.ts";

/** The projects that the actor may see: an agent those of their spaces, a customer none. */
export function visibleProjects(actor: Actor): Prisma.ProjectWhereInput {
  // A customer is in no space; and this says so of a project by itself, whatever a space may once hold.
  if (actor.kind === "visitor") return { workspaceId: actor.workspaceId, id: { in: [] } };
  return { workspaceId: actor.workspaceId, space: { members: { some: { agentId: actor.agentId } } } };
}

/** The tasks that the actor may see: those of the projects that they may. */
export function visibleTasks(actor: Actor): Prisma.TaskWhereInput {
  return { workspaceId: actor.workspaceId, project: visibleProjects(actor) };
}

/** "work": make and change tasks; "govern": change the project, its members, its workflow and its labels. */
export type ProjectDeed = "work" | "govern";

/** What the agent counts as in a project that they are in: owners and admins of the workspace own every one of theirs. */
export function roleInProject(agent: AgentActor, role: SpaceRole): SpaceRole {
  return agent.role === "agent" ? role : "owner";
}

/** Whether the agent may, by what they are in the project. Viewers read. */
export function mayInProject(agent: AgentActor, role: SpaceRole, deed: ProjectDeed): boolean {
  const known = roleInProject(agent, role);
  return agent.mayWrite && (known === "owner" || (known === "member" && deed === "work"));
}

/** Whether a member of a project may be given its tasks: who may work on it, and is not shut out. `assignTask` asks the same in SQL. */
export function mayBeAssigned({
  role,
  agent,
}: {
  role: SpaceRole;
  agent: Pick<Agent, "role" | "disabledAt">;
}): boolean {
  return agent.disabledAt === null && (role !== "viewer" || agent.role !== "agent");
}

/** Why the agent may not do it in a project that they see; undefined where they may. Nothing changes in one that is archived. */
export function refuseInProject(
  agent: AgentActor,
  project: { role: SpaceRole; archivedAt: Date | null },
  deed: ProjectDeed,
): Refused<"not_permitted" | "project_archived"> | undefined {
  if (!mayInProject(agent, project.role, deed)) return refuse("not_permitted");
  return project.archivedAt ? refuse("project_archived") : undefined;
}
