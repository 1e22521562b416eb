import type { SpaceRole } from "../../prisma/generated/client/client.ts";
import type { AgentActor } from "../kernel/actor.ts";
import type { Sql } from "../kernel/database.ts";
import { standing } from "./move-queries.ts";
import { roleInProject } from "./policy.ts";
import { type Mover, offeredMoves, type Standing, type Workflow, type WorkflowMove } from "./workflow.ts";

/** A task as somebody comes upon it who sees it: its project, how it stands, and what they are there. */
export type TaskPlace = {
  taskId: string;
  project: { id: string; key: string; isArchived: boolean };
  workflow: Workflow;
  standing: Standing;
  mover: Mover;
};

type Row = Standing & {
  projectId: string;
  key: string;
  isArchived: boolean;
  workflow: Workflow;
  role: SpaceRole;
};

/** The task whose conversation this is, as it stands for the agent now; null where it is none that they see. */
export async function findTaskPlace(sql: Sql, agent: AgentActor, conversationId: string): Promise<TaskPlace | null> {
  const [found] = await sql<Row>`
    SELECT project.id AS "projectId", key, archived_at IS NOT NULL AS "isArchived", workflow, member.role,
      state_id AS "stateId", ${standing}
    FROM task
    JOIN project ON project.workspace_id = task.workspace_id AND project.id = project_id
    JOIN space_member AS member ON member.workspace_id = task.workspace_id AND member.space_id = project.space_id
      AND member.agent_id = ${agent.agentId}
    WHERE task.workspace_id = ${agent.workspaceId} AND task.conversation_id = ${conversationId}`;
  if (!found) return null;
  const { projectId: id, key, isArchived, workflow, role, ...stands } = found;
  const mover = { agentId: agent.agentId, role: roleInProject(agent, role) };
  return { taskId: conversationId, project: { id, key, isArchived }, workflow, standing: stands, mover };
}

/** The moves that may be made there now, in the workflow's order. */
export function movesAt({ project, workflow, standing: stands, mover }: TaskPlace): WorkflowMove[] {
  return project.isArchived ? [] : offeredMoves(workflow, stands, mover);
}
