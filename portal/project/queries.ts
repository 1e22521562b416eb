import type { AgentActor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { fragment } from "../../api/kernel/statement.ts";
import { mayInProject } from "../../api/tasks/policy.ts";
import { isEnd, type Workflow, workflowOf } from "../../api/tasks/workflow.ts";
import type { SpaceRole } from "../../prisma/generated/client/client.ts";
import type { Card } from "../task/card.ts";
import { readCards, readColumns } from "../task/queries.ts";
import type { Board } from "./board.ts";

/** A project as a list names it. */
export type ProjectLine = { id: string; key: string; name: string; isArchived: boolean; openCount: number };

/** A project that is open, and what the reader is in it. */
export type OpenProject = {
  id: string;
  spaceId: string;
  key: string;
  name: string;
  workflow: Workflow;
  lastNumber: number;
  isArchived: boolean;
  role: SpaceRole;
};

/** Reads the projects that the agent is in, by name; archived ones last. */
export async function readProjects({ workspaceId, agentId }: AgentActor): Promise<ProjectLine[]> {
  return sql<ProjectLine>`
    SELECT project.id, project.key, project.name, project.archived_at IS NOT NULL AS "isArchived",
      (SELECT count(*)::int FROM task WHERE task.workspace_id = project.workspace_id AND task.project_id = project.id
         AND task.state_group NOT IN ('completed', 'cancelled')) AS "openCount"
    FROM project
    JOIN space_member AS member ON member.workspace_id = project.workspace_id AND member.space_id = project.space_id
    WHERE project.workspace_id = ${workspaceId} AND member.agent_id = ${agentId}
    ORDER BY project.archived_at IS NOT NULL, lower(project.name), project.key`;
}

/** Reads a project by its key, if the agent is in it. */
export async function readProject({ workspaceId, agentId }: AgentActor, key: string): Promise<OpenProject | null> {
  const [row] = await sql<OpenProject>`
    SELECT project.id, project.space_id AS "spaceId", project.key, project.name, project.workflow,
      project.last_number AS "lastNumber", project.archived_at IS NOT NULL AS "isArchived", member.role
    FROM project
    JOIN space_member AS member ON member.workspace_id = project.workspace_id AND member.space_id = project.space_id
    WHERE project.workspace_id = ${workspaceId} AND member.agent_id = ${agentId} AND project.key = ${key.toUpperCase()}`;
  return row ? { ...row, workflow: workflowOf(row) } : null;
}

/** Whether who reads the project may change its tasks. */
export function isWritable({ role, isArchived }: OpenProject, agent: AgentActor): boolean {
  return !isArchived && mayInProject(agent, role, "work");
}

/** Cards that a column shows: of what is done with, the first few. */
const MOST_CARDS = 2_000;
const MOST_ENDED = 20;

/** Reads the tasks of a project by their states. */
export async function readBoard(agent: AgentActor, project: OpenProject): Promise<Board> {
  const { workspaceId } = agent;
  const { states, start } = project.workflow;
  const columns = states.map(({ id, group }) => ({ stateId: id, limit: isEnd(group) ? MOST_ENDED : MOST_CARDS }));
  const [cards, counts] = await Promise.all([
    readColumns(workspaceId, project.id, columns),
    countByState(workspaceId, project.id),
  ]);
  const byState = Map.groupBy(cards, ({ state }) => state.id);
  const lanes = states.map(({ id, name, group, limit }) => ({
    state: { id, name, group, limit: limit ?? null },
    isStart: id === start,
    count: counts.get(id) ?? 0,
    cards: byState.get(id) ?? [],
  }));
  return { project, isWritable: isWritable(project, agent), lastNumber: project.lastNumber, lanes };
}

async function countByState(workspaceId: string, projectId: string): Promise<Map<string, number>> {
  const rows = await sql<{ id: string; count: number }>`
    SELECT state_id AS id, count(*)::int AS count FROM task
    WHERE workspace_id = ${workspaceId} AND project_id = ${projectId} GROUP BY state_id`;
  return new Map(rows.map(({ id, count }) => [id, count]));
}

/** Tasks that a list shows. */
const MOST_LINES = 500;

/** Reads the tasks of a project as a list: of one state in its order, or of all by their numbers, the newest first. */
export async function readList(agent: AgentActor, project: OpenProject, stateId: string | null): Promise<Card[]> {
  const where =
    stateId === null
      ? fragment`task.project_id = ${project.id}`
      : fragment`task.project_id = ${project.id} AND task.state_id = ${stateId}`;
  const order = stateId === null ? fragment`task.number DESC` : fragment`task.rank, task.conversation_id`;
  return readCards(agent.workspaceId, { where, order, limit: MOST_LINES });
}

/** Reads what is assigned to the agent and not done, in all projects that they are in: what is due first, then what matters most. */
export async function readOwnWork({ workspaceId, agentId }: AgentActor): Promise<Card[]> {
  const where = fragment`task.state_group NOT IN ('completed', 'cancelled')
    AND EXISTS (SELECT FROM task_assignee AS a WHERE a.workspace_id = task.workspace_id
      AND a.task_id = task.conversation_id AND a.agent_id = ${agentId})
    AND EXISTS (SELECT FROM space_member AS member WHERE member.workspace_id = project.workspace_id
      AND member.space_id = project.space_id AND member.agent_id = ${agentId})`;
  const order = fragment`task.due_at NULLS LAST, task.priority DESC, task.number`;
  return readCards(workspaceId, { where, order, limit: MOST_LINES });
}
