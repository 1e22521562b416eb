import type { AgentActor } from "../kernel/actor.ts";
import { sql } from "../kernel/database.ts";
import { type Fragment, fragment } from "../kernel/statement.ts";
import { isStorable } from "../kernel/text.ts";
import { MOST_PROJECTS } from "./filter-scope.ts";
import { findTaskByKey } from "./queries.ts";
import { keyOfTask, readTitle } from "./task.ts";

/** How many of the newest tasks a search looks through, of all projects together. */
export const SEARCHED_TASKS = 5_000;
const LONGEST = 200;

/**
 * The ids of tasks that the agent may see and that have this key, or all of these words in their title, whatever their case:
 * the key's first, then what is not done yet, the newest first. Words are looked for in the newest `SEARCHED_TASKS` of the
 * projects that filters look at; blank text finds nothing.
 */
export async function searchTasks(agent: AgentActor, text: string, limit: number): Promise<string[]> {
  const asked = text.trim().slice(0, LONGEST);
  if (asked === "" || !isStorable(asked)) return [];
  const [named, found] = await Promise.all([findTaskByKey(agent, asked), findWords(agent, asked, limit)]);
  return [...new Set([...(named ? [named.conversationId] : []), ...found])].slice(0, limit);
}

/** A task that is known by its title. */
export type TitledTask = { id: string; projectId: string; key: string };

/** Of how many tasks it is told that they have one title: one, or more than one. */
const MOST_TITLED = 2;

/**
 * The tasks that the agent may see and that are called exactly this, whatever its case, two at most: whether it is one alone. They
 * are looked for in the newest `SEARCHED_TASKS` of a project or, where none is given, of the projects that filters look at.
 */
export async function findTitled(agent: AgentActor, text: string, projectId?: string): Promise<TitledTask[]> {
  const title = readTitle(text);
  if (!title.ok) return [];
  const rows = await sql<{ id: string; projectId: string; projectKey: string; number: number }>`
    WITH ${newestOf(agent, projectId)}
    SELECT newest.id, named.project_id AS "projectId", project.key AS "projectKey", named.number
    FROM newest CROSS JOIN LATERAL (
      SELECT title, number, project_id FROM task
      WHERE task.workspace_id = ${agent.workspaceId} AND task.conversation_id = newest.id LIMIT 1) AS named
    JOIN project ON project.workspace_id = ${agent.workspaceId} AND project.id = named.project_id
    WHERE lower(named.title) = lower(${title.value}::text) LIMIT ${MOST_TITLED}`;
  return rows.map(({ id, projectId: of, projectKey, number }) => {
    return { id, projectId: of, key: keyOfTask({ key: projectKey }, { number }) };
  });
}

async function findWords(agent: AgentActor, asked: string, limit: number): Promise<string[]> {
  const likes = asked.split(/\s+/).map((word) => `%${word.replace(/[\\%_]/g, "\\$&")}%`);
  const rows = await sql<{ id: string }>`
    WITH ${newestOf(agent)}
    SELECT newest.id FROM newest CROSS JOIN LATERAL (
      SELECT title, completed_at FROM task
      WHERE task.workspace_id = ${agent.workspaceId} AND task.conversation_id = newest.id LIMIT 1) AS named
    WHERE title ILIKE ALL (${likes}::text[])
    ORDER BY completed_at IS NOT NULL, newest.id DESC LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}

/** The ids of the newest tasks that the agent may see, of one project or of those that filters look at, as `newest`. */
function newestOf({ workspaceId, agentId }: AgentActor, projectId?: string): Fragment {
  const here = projectId === undefined ? fragment`true` : fragment`project.id = ${projectId}`;
  // Each project gives ids alone, and titles are read of what is left of all: one by one, since by a join PostgreSQL compares all
  // titles there are (of 100,000 in 150 ms) before it looks which are the newest.
  return fragment`newest AS MATERIALIZED (
      SELECT recent.id
      FROM (
        SELECT project.id FROM project JOIN space_member AS member USING (workspace_id, space_id)
        WHERE workspace_id = ${workspaceId} AND member.agent_id = ${agentId} AND ${here}
        ORDER BY project.key LIMIT ${MOST_PROJECTS}) AS own
      CROSS JOIN LATERAL (
        SELECT conversation_id AS id FROM task
        WHERE task.workspace_id = ${workspaceId} AND task.project_id = own.id
        ORDER BY conversation_id DESC LIMIT ${SEARCHED_TASKS}) AS recent
      ORDER BY recent.id DESC LIMIT ${SEARCHED_TASKS})`;
}
