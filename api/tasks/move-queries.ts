import type { SpaceRole, Task } from "../../prisma/generated/client/client.ts";
import type { AgentActor } from "../kernel/actor.ts";
import { sql, type Transaction } from "../kernel/database.ts";
import { fragment } from "../kernel/statement.ts";
import type { Standing } from "./workflow.ts";

/** Of a row of `task`: who is assigned, and how many of its subtasks are not at an end. */
const standing = fragment`
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

/** How a task stands, in which workflow, and what the agent who asks is in its project. */
export type AskedStanding = { standing: Standing; workflow: unknown; isArchived: boolean; role: SpaceRole };

/** The same of many tasks, by their ids; those that the agent may not see are left out. */
export async function findStandings(
  { workspaceId, agentId }: AgentActor,
  ids: string[],
): Promise<Map<string, AskedStanding>> {
  type Row = Standing & Omit<AskedStanding, "standing"> & { id: string };
  const rows = await sql<Row>`
    SELECT task.conversation_id AS id, task.state_id AS "stateId", ${standing}, project.workflow,
      project.archived_at IS NOT NULL AS "isArchived", member.role
    FROM task
    JOIN project ON project.workspace_id = task.workspace_id AND project.id = task.project_id
    JOIN space_member AS member ON member.workspace_id = project.workspace_id AND member.space_id = project.space_id
      AND member.agent_id = ${agentId}
    WHERE task.workspace_id = ${workspaceId} AND task.conversation_id = ANY(${ids}::uuid[])`;
  return new Map(
    rows.map(({ id, workflow, isArchived, role, ...standing }) => [id, { standing, workflow, isArchived, role }]),
  );
}
