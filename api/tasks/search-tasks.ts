import type { AgentActor } from "../kernel/actor.ts";
import { sql } from "../kernel/database.ts";
import { isStorable } from "../kernel/text.ts";
import { MOST_PROJECTS } from "./filter-scope.ts";
import { findTaskByKey } from "./queries.ts";

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

async function findWords({ workspaceId, agentId }: AgentActor, asked: string, limit: number): Promise<string[]> {
  const likes = asked.split(/\s+/).map((word) => `%${word.replace(/[\\%_]/g, "\\$&")}%`);
  // Each project gives ids alone, and titles are read of what is left of all: one by one, since by a join PostgreSQL compares all
  // titles there are (of 100,000 in 150 ms) before it looks which are the newest.
  const rows = await sql<{ id: string }>`
    WITH newest AS MATERIALIZED (
      SELECT recent.id
      FROM (
        SELECT project.id FROM project JOIN space_member AS member USING (workspace_id, space_id)
        WHERE workspace_id = ${workspaceId} AND member.agent_id = ${agentId}
        ORDER BY project.key LIMIT ${MOST_PROJECTS}) AS own
      CROSS JOIN LATERAL (
        SELECT conversation_id AS id FROM task
        WHERE task.workspace_id = ${workspaceId} AND task.project_id = own.id
        ORDER BY conversation_id DESC LIMIT ${SEARCHED_TASKS}) AS recent
      ORDER BY recent.id DESC LIMIT ${SEARCHED_TASKS})
    SELECT newest.id FROM newest CROSS JOIN LATERAL (
      SELECT title, completed_at FROM task
      WHERE task.workspace_id = ${workspaceId} AND task.conversation_id = newest.id LIMIT 1) AS named
    WHERE title ILIKE ALL (${likes}::text[])
    ORDER BY completed_at IS NOT NULL, newest.id DESC LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}
