import type { Agent, ChecklistItem, Label, Task } from "../../prisma/generated/client/client.ts";
import type { Actor, AgentActor } from "../kernel/actor.ts";
import { prisma, sql } from "../kernel/database.ts";
import { isId } from "../kernel/id.ts";
import type { LinkSide } from "./events.ts";
import { MOST_LINKS, type StoredLink, sideOf } from "./link.ts";
import { visibleProjects, visibleTasks } from "./policy.ts";

/** Whose each of these tasks is, the longest first, by task. */
export async function findAssignees(workspaceId: string, taskIds: string[]): Promise<Map<string, Agent[]>> {
  const rows = await prisma().taskAssignee.findMany({
    where: { workspaceId, taskId: { in: taskIds } },
    orderBy: [{ createdAt: "asc" }, { agentId: "asc" }],
    include: { agent: true },
  });
  return listed(rows, ({ agent }) => agent);
}

/** So many of those who watch a task are told. */
export const MOST_WATCHERS = 100;

/** Who watches each of these tasks, the longest first, by task. */
export async function findWatchers(workspaceId: string, taskIds: string[]): Promise<Map<string, Agent[]>> {
  const rows = await sql<{ taskId: string; id: string }>`
    SELECT wanted.id AS "taskId", watcher.id FROM unnest(${taskIds}::uuid[]) AS wanted (id), LATERAL (
      SELECT agent_id AS id, created_at FROM task_watcher
      WHERE workspace_id = ${workspaceId} AND task_id = wanted.id ORDER BY created_at, agent_id LIMIT ${MOST_WATCHERS}) AS watcher
    ORDER BY created_at, watcher.id`;
  const found = await prisma().agent.findMany({ where: { workspaceId, id: { in: rows.map(({ id }) => id) } } });
  const agents = new Map(found.map((agent) => [agent.id, agent]));
  return listed(rows, ({ id }) => agents.get(id)!);
}

/** The labels of each of these tasks, by their names, by task. */
export async function findTaskLabels(workspaceId: string, taskIds: string[]): Promise<Map<string, Label[]>> {
  const rows = await prisma().taskLabel.findMany({
    where: { workspaceId, taskId: { in: taskIds } },
    orderBy: { label: { key: "asc" } },
    include: { label: true },
  });
  return listed(rows, ({ label }) => label);
}

/** The checklist of each of these tasks, in order, by task. */
export async function findChecklists(workspaceId: string, taskIds: string[]): Promise<Map<string, ChecklistItem[]>> {
  const rows = await prisma().checklistItem.findMany({
    where: { workspaceId, taskId: { in: taskIds } },
    orderBy: { position: "asc" },
  });
  return listed(rows, (item) => item);
}

/** So many of a task's parts are told. */
export const MOST_SUBTASKS = 200;

/** The parts of each of these tasks, in the order of their numbers, by task. */
export async function findSubtasks(workspaceId: string, taskIds: string[]): Promise<Map<string, Task[]>> {
  const rows = await sql<{ taskId: string; id: string }>`
    SELECT wanted.id AS "taskId", part.id FROM unnest(${taskIds}::uuid[]) AS wanted (id), LATERAL (
      SELECT conversation_id AS id, number FROM task
      WHERE workspace_id = ${workspaceId} AND parent_id = wanted.id ORDER BY number LIMIT ${MOST_SUBTASKS}) AS part
    ORDER BY number`;
  const found = await prisma().task.findMany({
    where: { workspaceId, conversationId: { in: rows.map(({ id }) => id) } },
  });
  const tasks = new Map(found.map((task) => [task.conversationId, task]));
  return listed(rows, ({ id }) => tasks.get(id)!);
}

/** How far the parts of a task are: how many there are that will be done, and how many of them are. */
export type Progress = { total: number; completed: number };

/** The progress of each of these tasks that has parts, by task. */
export async function findProgress(workspaceId: string, taskIds: string[]): Promise<Map<string, Progress>> {
  const rows = await sql<Progress & { id: string }>`
    SELECT parent_id AS id, count(*) FILTER (WHERE state_group <> 'cancelled') AS total,
      count(*) FILTER (WHERE state_group = 'completed') AS completed
    FROM task WHERE workspace_id = ${workspaceId} AND parent_id = ANY(${taskIds}::uuid[]) GROUP BY parent_id`;
  return new Map(rows.map(({ id, ...progress }) => [id, progress]));
}

/** Another task, and how this one stands to it. */
export type Link = { kind: LinkSide; other: Task };

/** The links of each of these tasks to tasks that the agent sees, the oldest first, by task. */
export async function findLinks(agent: AgentActor, taskIds: string[]): Promise<Map<string, Link[]>> {
  const links = await sql<StoredLink & { taskId: string; otherId: string }>`
    SELECT wanted.id AS "taskId", link.* FROM unnest(${taskIds}::uuid[]) AS wanted (id), LATERAL (
      SELECT kind, from_id AS "fromId", to_id AS "toId", created_at,
        CASE WHEN from_id = wanted.id THEN to_id ELSE from_id END AS "otherId"
      FROM task_link
      WHERE workspace_id = ${agent.workspaceId} AND (from_id = wanted.id OR to_id = wanted.id)
      ORDER BY created_at, from_id, to_id LIMIT ${MOST_LINKS}) AS link
    ORDER BY link.created_at, link."fromId", link."toId"`;
  const seen = await prisma().task.findMany({
    where: { AND: [visibleTasks(agent), { conversationId: { in: links.map(({ otherId }) => otherId) } }] },
  });
  const tasks = new Map(seen.map((task) => [task.conversationId, task]));
  const seenLinks = links.filter(({ otherId }) => tasks.has(otherId));
  return listed(seenLinks, (link) => ({ kind: sideOf(link, link.taskId), other: tasks.get(link.otherId)! }));
}

/** The labels of each of these projects, by their names, by project. */
export async function findLabels(workspaceId: string, projectIds: string[]): Promise<Map<string, Label[]>> {
  const labels = await prisma().label.findMany({
    where: { workspaceId, projectId: { in: projectIds } },
    orderBy: { key: "asc" },
  });
  return Map.groupBy(labels, ({ projectId }) => projectId);
}

/** The label, if the actor may see its project. */
export async function findLabel(actor: Actor, id: string): Promise<Label | null> {
  if (!isId(id)) return null;
  return prisma().label.findFirst({ where: { workspaceId: actor.workspaceId, id, project: visibleProjects(actor) } });
}

/** The line of a checklist, if the actor may see its task. */
export async function findItem(actor: Actor, id: string): Promise<ChecklistItem | null> {
  if (!isId(id)) return null;
  return prisma().checklistItem.findFirst({ where: { workspaceId: actor.workspaceId, id, task: visibleTasks(actor) } });
}

function listed<Row extends { taskId: string }, T>(rows: Row[], itemOf: (row: Row) => T): Map<string, T[]> {
  const byTask = Map.groupBy(rows, ({ taskId }) => taskId);
  return new Map([...byTask].map(([taskId, own]) => [taskId, own.map(itemOf)]));
}
