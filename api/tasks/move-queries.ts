import type { SpaceRole, Task } from "../../prisma/generated/client/client.ts";
import type { AgentActor } from "../kernel/actor.ts";
import { sql, type Transaction } from "../kernel/database.ts";
import { fragment } from "../kernel/statement.ts";
import type { Standing } from "./workflow.ts";

/** Of a row of `task`: who is assigned, and how many of its subtasks are not at an end. */
export const standing = fragment`
  ARRAY(SELECT agent_id FROM task_assignee
        WHERE workspace_id = task.workspace_id AND task_id = task.conversation_id ORDER BY agent_id) AS "assigneeIds",
  (SELECT count(*)::int FROM task AS subtask
   WHERE subtask.workspace_id = task.workspace_id AND subtask.parent_id = task.conversation_id
     AND subtask.state_group NOT IN ('completed', 'cancelled')) AS "openSubtasks"`;

/** How a locked task stands, as far as moves ask. */
export async function findStanding(
  tx: Transaction,
  { workspaceId, conversationId }: Pick<Task, "workspaceId" | "conversationId">,
): Promise<Standing> {
  const [found] = await tx.sql<Standing>`
    SELECT state_id AS "stateId", ${standing} FROM task
    WHERE workspace_id = ${workspaceId} AND conversation_id = ${conversationId}`;
  return found!;
}

type KnownProject = { workflow: unknown; isArchived: boolean; role: SpaceRole };

/** How a task stands, in which workflow, and what the agent who asks is in its project. */
export type AskedStanding = KnownProject & { standing: Standing };

/** The same of many tasks, by their ids; those that the agent may not see are left out. */
export async function findStandings(
  { workspaceId, agentId }: AgentActor,
  ids: string[],
): Promise<Map<string, AskedStanding>> {
  const [tasks, projects] = await Promise.all([
    sql<Standing & { id: string; projectId: string }>`
      SELECT conversation_id AS id, project_id AS "projectId", state_id AS "stateId", ${standing} FROM task
      WHERE workspace_id = ${workspaceId} AND conversation_id = ANY(${ids}::uuid[])`,
    // Once for all tasks of a project: a workflow is far longer than all else that is asked.
    sql<KnownProject & { id: string }>`
      SELECT project.id, workflow, archived_at IS NOT NULL AS "isArchived", member.role
      FROM project JOIN space_member AS member USING (workspace_id, space_id)
      WHERE workspace_id = ${workspaceId} AND member.agent_id = ${agentId} AND project.id IN (
        SELECT project_id FROM task WHERE workspace_id = ${workspaceId} AND conversation_id = ANY(${ids}::uuid[]))`,
  ]);
  const known = new Map(projects.map(({ id, ...project }) => [id, project]));
  const found = tasks.flatMap(({ id, projectId, ...standing }) => {
    const project = known.get(projectId);
    return project ? [[id, { ...project, standing }] as const] : [];
  });
  return new Map(found);
}
