import type { AgentActor } from "../kernel/actor.ts";
import { sql } from "../kernel/database.ts";
import { isStorable } from "../kernel/text.ts";
import { findTaskByKey } from "./queries.ts";

/** How many of the newest tasks of each project a search looks through. */
export const SEARCHED_TASKS = 2_000;
const LONGEST = 200;

/**
 * The ids of tasks that the agent may see and that have this key, or all of these words in their title, whatever their case:
 * the key's first, then what is not done yet, the newest first. Words are looked for in the newest `SEARCHED_TASKS` of each
 * project; blank text finds nothing.
 */
export async function searchTasks(agent: AgentActor, text: string, limit: number): Promise<string[]> {
  const asked = text.trim().slice(0, LONGEST);
  if (asked === "" || !isStorable(asked)) return [];
  const [named, found] = await Promise.all([findTaskByKey(agent, asked), findWords(agent, asked, limit)]);
  return [...new Set([...(named ? [named.conversationId] : []), ...found])].slice(0, limit);
}

async function findWords({ workspaceId, agentId }: AgentActor, asked: string, limit: number): Promise<string[]> {
  const likes = asked.split(/\s+/).map((word) => `%${word.replace(/[\\%_]/g, "\\$&")}%`);
  const rows = await sql<{ id: string }>`
    SELECT recent.id FROM project
    JOIN space_member AS member ON member.workspace_id = project.workspace_id AND member.space_id = project.space_id
      AND member.agent_id = ${agentId}
    CROSS JOIN LATERAL (
      SELECT conversation_id AS id, title, completed_at FROM task
      WHERE task.workspace_id = project.workspace_id AND task.project_id = project.id
      ORDER BY number DESC LIMIT ${SEARCHED_TASKS}) AS recent
    WHERE project.workspace_id = ${workspaceId} AND recent.title ILIKE ALL (${likes}::text[])
    ORDER BY recent.completed_at IS NOT NULL, recent.id DESC LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}
