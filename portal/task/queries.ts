import { sql } from "../../api/kernel/database.ts";
import { type Fragment, fragment } from "../../api/kernel/statement.ts";
import { stateOf, type Workflow, workflowOf } from "../../api/tasks/workflow.ts";
import type { Card } from "./card.ts";
import type { Due, Priority, StateGroup, TaskType } from "./signs.ts";

type CardRow = Omit<Card, "state" | "due" | "assignees" | "labels" | "checklist"> & {
  stateId: string;
  stateGroup: StateGroup;
  type: TaskType;
  priority: Priority;
  dueAt: Date | null;
  dueKind: Due["kind"] | null;
  dueZone: string | null;
  assignees: { id: string; name: string }[] | null;
  labels: Card["labels"] | null;
  done: number;
  all: number;
};

/** What a card shows of a row of `task`, beside its project. */
const shownOfTask = fragment`
  task.conversation_id AS id, task.project_id AS "projectId", project.key || '-' || task.number AS key, task.number,
  task.title, task.type, task.priority, task.state_id AS "stateId", task.state_group AS "stateGroup", task.rank,
  task.due_at AS "dueAt", task.due_kind AS "dueKind", task.due_zone AS "dueZone",
  (SELECT json_agg(json_build_object('id', agent.id, 'name', agent.name) ORDER BY agent.name, agent.id)
   FROM task_assignee AS a JOIN agent ON agent.workspace_id = a.workspace_id AND agent.id = a.agent_id
   WHERE a.workspace_id = task.workspace_id AND a.task_id = task.conversation_id) AS assignees,
  (SELECT json_agg(json_build_object('name', label.name, 'colour', label.colour) ORDER BY label.key)
   FROM task_label AS l JOIN label ON label.workspace_id = l.workspace_id AND label.id = l.label_id
   WHERE l.workspace_id = task.workspace_id AND l.task_id = task.conversation_id) AS labels,
  (SELECT staff_seq FROM conversation
   WHERE conversation.workspace_id = task.workspace_id AND conversation.id = task.conversation_id) AS seq,
  checklist.done, checklist.all`;

const besideTask = fragment`
  JOIN project ON project.workspace_id = task.workspace_id AND project.id = task.project_id
  CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE is_done)::int AS done, count(*)::int AS all FROM checklist_item
    WHERE checklist_item.workspace_id = task.workspace_id AND checklist_item.task_id = task.conversation_id) AS checklist`;

/** A part of a statement that finds tasks: what they must be, and in which order how many of them. */
export type Wanted = { where: Fragment; order: Fragment; limit: number };

/** Reads tasks, already known to be visible, as cards. */
export async function readCards(workspaceId: string, { where, order, limit }: Wanted): Promise<Card[]> {
  const rows = await sql<CardRow>`
    SELECT ${shownOfTask} FROM task ${besideTask}
    WHERE task.workspace_id = ${workspaceId} AND ${where} ORDER BY ${order} LIMIT ${limit}`;
  return cardsOf(workspaceId, rows);
}

/** Columns of a board: states with how many of their tasks are shown, of those that are to be. */
type Columns = { columns: readonly { stateId: string; limit: number }[]; where: Fragment };

/** Reads the first tasks of each column of a project, already known to be visible. */
export async function readColumns(
  { workspaceId, projectId }: { workspaceId: string; projectId: string },
  { columns, where }: Columns,
): Promise<Card[]> {
  const rows = await sql<CardRow>`
    SELECT shown.* FROM json_to_recordset(${JSON.stringify(columns)}::json) AS wanted("stateId" text, "limit" int)
    CROSS JOIN LATERAL (
      SELECT ${shownOfTask} FROM task ${besideTask}
      WHERE task.workspace_id = ${workspaceId} AND task.project_id = ${projectId} AND task.state_id = wanted."stateId"
        AND ${where}
      ORDER BY task.rank, task.conversation_id LIMIT wanted."limit") AS shown`;
  return cardsOf(workspaceId, rows);
}

/** Reads one task as a card; null when there is none. */
export async function readCard(workspaceId: string, id: string): Promise<Card | null> {
  const wanted = { where: fragment`task.conversation_id = ${id}`, order: fragment`task.number`, limit: 1 };
  const [card] = await readCards(workspaceId, wanted);
  return card ?? null;
}

async function cardsOf(workspaceId: string, rows: CardRow[]): Promise<Card[]> {
  const workflows = await readWorkflows(workspaceId, [...new Set(rows.map(({ projectId }) => projectId))]);
  return rows.map((row) => cardOf(row, workflows.get(row.projectId)!));
}

async function readWorkflows(workspaceId: string, projectIds: string[]): Promise<Map<string, Workflow>> {
  if (projectIds.length === 0) return new Map();
  const rows = await sql<{ id: string; workflow: unknown }>`
    SELECT id, workflow FROM project WHERE workspace_id = ${workspaceId} AND id = ANY(${projectIds}::uuid[])`;
  return new Map(rows.map((row) => [row.id, workflowOf(row)]));
}

function cardOf(row: CardRow, workflow: Workflow): Card {
  const { stateId, stateGroup, dueAt, dueKind, dueZone, assignees, labels, done, all, ...card } = row;
  return {
    ...card,
    state: { id: stateId, name: stateOf(workflow, stateId)?.name ?? stateId, group: stateGroup },
    due: dueAt && { at: dueAt, kind: dueKind!, zone: dueZone! },
    assignees: (assignees ?? []).map(({ id, name }) => ({ id, kind: "agent", name })),
    labels: labels ?? [],
    checklist: { done, all },
  };
}

/** Reads which tasks stand first and last in the column in which a task stands. */
export async function readEnds(workspaceId: string, taskId: string): Promise<{ first: string; last: string } | null> {
  const [ends] = await sql<{ first: string; last: string }>`
    SELECT
      (SELECT conversation_id FROM task WHERE workspace_id = own.workspace_id AND project_id = own.project_id
         AND state_id = own.state_id ORDER BY rank, conversation_id LIMIT 1) AS first,
      (SELECT conversation_id FROM task WHERE workspace_id = own.workspace_id AND project_id = own.project_id
         AND state_id = own.state_id ORDER BY rank DESC, conversation_id DESC LIMIT 1) AS last
    FROM task AS own WHERE own.workspace_id = ${workspaceId} AND own.conversation_id = ${taskId}`;
  return ends ?? null;
}
