import type { AgentActor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { type Fragment, fragment } from "../../api/kernel/statement.ts";
import { type Filtering, findFiltered } from "../../api/tasks/filter-query.ts";
import { findLabels } from "../../api/tasks/part-queries.ts";
import { isEnd, type Workflow, workflowOf } from "../../api/tasks/workflow.ts";
import type { SpaceRole } from "../../prisma/generated/client/client.ts";
import type { Reader } from "../reader.ts";
import type { Card } from "../task/card.ts";
import { isWritable } from "../task/may.ts";
import { readAssignable } from "../task/people.ts";
import { readCards, readColumns } from "../task/queries.ts";
import { nameFor } from "../task/signs.ts";
import type { Board } from "./board.ts";
import type { BulkChoices } from "./bulk-bar.ts";

/** A project as a list names it, and what the reader is in it. */
export type ProjectLine = {
  id: string;
  key: string;
  name: string;
  isArchived: boolean;
  role: SpaceRole;
  openCount: number;
};

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
    SELECT project.id, project.key, project.name, project.archived_at IS NOT NULL AS "isArchived", member.role,
      (SELECT count(*)::int FROM task WHERE task.workspace_id = project.workspace_id AND task.project_id = project.id
         AND task.state_group NOT IN ('completed', 'cancelled')) AS "openCount"
    FROM project
    JOIN space_member AS member ON member.workspace_id = project.workspace_id AND member.space_id = project.space_id
    WHERE project.workspace_id = ${workspaceId} AND member.agent_id = ${agentId}
    ORDER BY project.archived_at IS NOT NULL, lower(project.name), project.key`;
}

/** Reads those of them in which the agent may make tasks. */
export async function readWritableProjects(agent: AgentActor): Promise<ProjectLine[]> {
  return (await readProjects(agent)).filter((project) => isWritable(project, agent));
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

/** Cards that a column shows: of what is done with, the first few. */
const MOST_CARDS = 2_000;
const MOST_ENDED = 20;

/** Reads the tasks of a project by their states: all, or those that a filter finds. */
export async function readBoard(agent: AgentActor, project: OpenProject, where?: Fragment): Promise<Board> {
  const { workspaceId } = agent;
  const { states, start } = project.workflow;
  const columns = states.map(({ id, group }) => ({ stateId: id, limit: isEnd(group) ? MOST_ENDED : MOST_CARDS }));
  const [cards, counts] = await Promise.all([
    readColumns({ workspaceId, projectId: project.id }, { columns, where: where ?? fragment`true` }),
    countByState({ workspaceId, projectId: project.id }, where),
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

/**
 * How many tasks stand in each state. Of all, without a filter, from the small index that is there for this: of 100,000 in 12 ms,
 * where their rows take 60.
 */
async function countByState(
  { workspaceId, projectId }: { workspaceId: string; projectId: string },
  where: Fragment | undefined,
): Promise<Map<string, number>> {
  const rows = await sql<{ id: string; count: number }>`
    SELECT task.state_id AS id, count(*)::int AS count
    FROM task ${where ? fragment`JOIN project ON project.workspace_id = task.workspace_id AND project.id = task.project_id` : fragment``}
    WHERE task.workspace_id = ${workspaceId} AND task.project_id = ${projectId} AND ${where ?? fragment`true`}
    GROUP BY task.state_id`;
  return new Map(rows.map(({ id, count }) => [id, count]));
}

/** Tasks that a list shows at once: as many as can be changed at once. */
export const MOST_LINES = 200;

/** Which tasks of a project a list shows: those of a filter, and below which number. */
export type Lines = { where: Fragment; after: string | null };

/** Reads the tasks of a project as a list, by their numbers, the newest first. */
export async function readList(agent: AgentActor, project: OpenProject, { where, after }: Lines): Promise<Card[]> {
  const older = /^\d{1,9}$/.test(after ?? "") ? fragment`task.number < ${Number(after)}` : fragment`true`;
  const wanted = fragment`task.project_id = ${project.id} AND ${where} AND ${older}`;
  return readCards(agent.workspaceId, { where: wanted, order: fragment`task.number DESC`, limit: MOST_LINES });
}

/** Counts the tasks of a list, whichever of its pages is shown; without a condition all of the project's. */
export async function countList(agent: AgentActor, project: OpenProject, where?: Fragment): Promise<number> {
  const counts = await countByState({ workspaceId: agent.workspaceId, projectId: project.id }, where);
  return counts.values().reduce((sum, count) => sum + count, 0);
}

/** Tasks of one's work that are shown. */
export const MOST_WORK = 500;

/** Reads what a filter finds in all projects that the agent is in: what is due first, then what matters most; of more the newest. */
export async function readWork(agent: AgentActor, filtering: Filtering): Promise<Card[]> {
  const ids = await findFiltered(agent, filtering, { limit: MOST_WORK, inverted: false });
  const where = fragment`task.conversation_id = ANY(${ids}::uuid[])`;
  const order = fragment`task.due_at NULLS LAST, task.priority DESC, task.number`;
  return readCards(agent.workspaceId, { where, order, limit: MOST_WORK });
}

/** Reads what can be done to several tasks of a project: where they may go, whose they may be, what they may be marked with. */
export async function readBulkChoices(
  { workspaceId }: AgentActor,
  project: OpenProject,
  reader: Reader,
): Promise<BulkChoices> {
  const { id, spaceId, workflow } = project;
  const [people, labels] = await Promise.all([readAssignable({ workspaceId, spaceId }), findLabels(workspaceId, [id])]);
  return {
    states: workflow.states.map((state) => [state.id, nameFor(state, reader)]),
    people: people.map((person) => [person.id, person.name ?? ""]),
    labels: (labels.get(id) ?? []).map((label) => [label.id, label.name]),
  };
}

/** Reads what these tasks are called, of those that the agent may see. */
export async function readKeys({ workspaceId, agentId }: AgentActor, ids: string[]): Promise<Map<string, string>> {
  const rows = await sql<{ id: string; key: string }>`
    SELECT task.conversation_id AS id, project.key || '-' || task.number AS key
    FROM task
    JOIN project ON project.workspace_id = task.workspace_id AND project.id = task.project_id
    JOIN space_member AS member ON member.workspace_id = project.workspace_id AND member.space_id = project.space_id
    WHERE task.workspace_id = ${workspaceId} AND task.conversation_id = ANY(${ids}::uuid[]) AND member.agent_id = ${agentId}
    ORDER BY task.number`;
  return new Map(rows.map(({ id, key }) => [id, key]));
}
