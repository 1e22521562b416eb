import type { Message, Project, SpaceRole, Task } from "../../prisma/generated/client/client.ts";
import { visibleConversations } from "../chat/policy.ts";
import type { Page } from "../chat/queries.ts";
import type { Actor, AgentActor } from "../kernel/actor.ts";
import { prisma, sql } from "../kernel/database.ts";
import { isId } from "../kernel/id.ts";
import { type Fragment, fragment } from "../kernel/statement.ts";
import { visibleProjects, visibleTasks } from "./policy.ts";
import { readTaskKey } from "./task.ts";

/** The project, if the actor may see it. */
export async function findProject(actor: Actor, id: string): Promise<Project | null> {
  if (!isId(id)) return null;
  return prisma().project.findFirst({ where: { AND: [visibleProjects(actor), { id }] } });
}

/** The project of this key, in whatever case it is written, if the actor may see it. */
export async function findProjectByKey(actor: Actor, key: string): Promise<Project | null> {
  if (!/^[A-Za-z0-9]{2,10}$/.test(key.trim())) return null;
  return prisma().project.findFirst({ where: { AND: [visibleProjects(actor), { key: key.trim().toUpperCase() }] } });
}

/** The condition for a page of the projects that the actor may see, by key. */
export function projectsPage(actor: Actor, { after, before, limit, inverted }: Page<string>) {
  const range = { ...(after !== undefined && { gt: after }), ...(before !== undefined && { lt: before }) };
  return {
    where: { AND: [visibleProjects(actor), { key: range }] },
    orderBy: [{ key: inverted ? ("desc" as const) : ("asc" as const) }],
    take: limit,
  };
}

/** What the agent is in each of these projects, by the project's id. */
export async function findProjectRoles(
  { workspaceId, agentId }: AgentActor,
  ids: string[],
): Promise<Map<string, SpaceRole>> {
  const rows = await sql<{ id: string; role: SpaceRole }>`
    SELECT project.id, member.role FROM project JOIN space_member AS member USING (workspace_id, space_id)
    WHERE workspace_id = ${workspaceId} AND project.id = ANY(${ids}::uuid[]) AND agent_id = ${agentId}`;
  return new Map(rows.map(({ id, role }) => [id, role]));
}

/** The task, if the actor may see it. */
export async function findTask(actor: Actor, id: string): Promise<Task | null> {
  if (!isId(id)) return null;
  return prisma().task.findFirst({ where: { AND: [visibleTasks(actor), { conversationId: id }] } });
}

/** The task of this key, such as OPS-12, in whatever case it is written, if the actor may see it. */
export async function findTaskByKey(actor: Actor, text: string): Promise<Task | null> {
  const key = readTaskKey(text);
  if (!key) return null;
  const { projectKey, number } = key;
  return prisma().task.findFirst({ where: { AND: [visibleTasks(actor), { project: { key: projectKey }, number }] } });
}

/** Which of a project's tasks: those of a state, those that a filter finds. */
type Narrowed = { stateId?: string | undefined; where?: Fragment | undefined };

/** The place of a task in its project's order; ties by id. */
export type RankKey = { rank: string; id: string };

/** A page of the ids of a project's tasks by rank, of all states or of one, or of those that a filter finds: along one index. */
export async function findTaskIds(
  { workspaceId, id }: Pick<Project, "workspaceId" | "id">,
  { after, before, limit, inverted, stateId, where = fragment`true` }: Page<RankKey> & Narrowed,
): Promise<string[]> {
  const inState = stateId === undefined ? fragment`true` : fragment`state_id = ${stateId}`;
  const later = after ? fragment`(rank, conversation_id) > (${after.rank}, ${after.id}::uuid)` : fragment`true`;
  const earlier = before ? fragment`(rank, conversation_id) < (${before.rank}, ${before.id}::uuid)` : fragment`true`;
  const order = inverted ? fragment`rank DESC, conversation_id DESC` : fragment`rank, conversation_id`;
  const rows = await sql<{ id: string }>`
    SELECT conversation_id AS id FROM task JOIN project ON project.workspace_id = task.workspace_id AND project.id = project_id
    WHERE task.workspace_id = ${workspaceId} AND project_id = ${id} AND ${inState} AND ${where} AND ${later} AND ${earlier}
    ORDER BY ${order} LIMIT ${limit}`;
  return rows.map((row) => row.id);
}

/** So many of the tasks that were made from a conversation are told. */
export const MOST_MADE = 50;

/** The tasks made from messages of these conversations that the agent may see, the newest first, by conversation. */
export async function findMade(agent: AgentActor, conversationIds: string[]): Promise<Map<string, Task[]>> {
  const rows = await sql<{ id: string; taskId: string }>`
    SELECT wanted.id, made.id AS "taskId" FROM unnest(${conversationIds}::uuid[]) AS wanted (id), LATERAL (
      SELECT task.conversation_id AS id
      FROM task
      JOIN project ON project.workspace_id = task.workspace_id AND project.id = project_id
      JOIN space_member AS member ON member.workspace_id = task.workspace_id AND member.space_id = project.space_id
        AND member.agent_id = ${agent.agentId}
      WHERE task.workspace_id = ${agent.workspaceId} AND source_conversation_id = wanted.id
      ORDER BY task.conversation_id DESC LIMIT ${MOST_MADE}) AS made`;
  const found = await prisma().task.findMany({
    where: { workspaceId: agent.workspaceId, conversationId: { in: rows.map(({ taskId }) => taskId) } },
  });
  const tasks = new Map(found.map((task) => [task.conversationId, task]));
  const own = Map.groupBy(rows, ({ id }) => id);
  return new Map([...own].map(([id, made]) => [id, made.map(({ taskId }) => tasks.get(taskId)!)]));
}

/** The messages of these ids that the actor may see, by id. */
export async function findSources(actor: AgentActor, ids: string[]): Promise<Map<string, Message>> {
  const messages = await prisma().message.findMany({
    where: { workspaceId: actor.workspaceId, id: { in: ids }, conversation: visibleConversations(actor) },
  });
  return new Map(messages.map((message) => [message.id, message]));
}
