import type { Project, SpaceRole } from "../../prisma/generated/client/client.ts";
import type { AgentActor } from "../kernel/actor.ts";
import type { Transaction } from "../kernel/database.ts";
import { isId } from "../kernel/id.ts";
import { fragment } from "../kernel/statement.ts";

/** A project that the agent is in, and what they are there. */
export type OwnProject = Project & { role: SpaceRole };

/**
 * How a project is locked: "alone" by whoever changes it, or gives a task a number or a parent; "shared" by whoever needs it to
 * stay as it is, as a move does. It is locked before any of its tasks is, and the workspace, by whoever needs that, before it.
 */
export type ProjectLock = "alone" | "shared" | "none";

const locks = { alone: fragment`FOR NO KEY UPDATE`, shared: fragment`FOR SHARE` } as const;

/** The project, if the agent is in it, locked until the transaction ends. Undefined for every other, and for none. */
export async function lockProject(
  tx: Transaction,
  { workspaceId, agentId }: AgentActor,
  { projectId, lock = "alone" }: { projectId: string; lock?: ProjectLock },
): Promise<OwnProject | undefined> {
  if (!isId(projectId)) return undefined;
  // Locked before it is read: a statement that waits for a lock still sees other rows as they were before it waited.
  if (lock !== "none")
    await tx.sql`SELECT FROM project WHERE workspace_id = ${workspaceId} AND id = ${projectId} ${locks[lock]}`;
  const [project] = await tx.sql<OwnProject>`
    SELECT project.workspace_id AS "workspaceId", id, project.space_id AS "spaceId", key, name, workflow,
      workflow_version AS "workflowVersion", last_number AS "lastNumber", archived_at AS "archivedAt",
      project.created_at AS "createdAt", member.role
    FROM project JOIN space_member AS member USING (workspace_id, space_id)
    WHERE workspace_id = ${workspaceId} AND id = ${projectId} AND member.agent_id = ${agentId}`;
  return project;
}
