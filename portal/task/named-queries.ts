import { sql } from "../../api/kernel/database.ts";
import { rowsOf } from "../../api/kernel/statement.ts";
import type { MessageEntry } from "../conversation/entry.ts";
import { keysIn, type NamedTask } from "./keys.ts";

/**
 * Adds to what the bot says the tasks that it names and that were made where it says so: by its answer, a message that ordered a
 * task leads to it. A key that somebody has just written, as in a title, is none of them: whether there is such a task is not told.
 */
export async function withNamedTasks(workspaceId: string, entries: MessageEntry[]): Promise<MessageEntry[]> {
  const said = entries.filter(({ author }) => author.kind === "bot");
  const keys = said.flatMap(({ id, body }) => keysIn(body).map((key) => ({ id, key })));
  if (keys.length === 0) return entries;
  const wanted = keys.map(({ id, key }) => ({ id, project: key.split("-")[0], number: Number(key.split("-")[1]) }));
  const rows = await sql<NamedTask & { messageId: string }>`
    SELECT wanted.id AS "messageId", project.key || '-' || task.number AS key, task.conversation_id AS id
    FROM json_to_recordset(${rowsOf(wanted)}) AS wanted (id uuid, project text, number int)
    JOIN message ON message.workspace_id = ${workspaceId} AND message.id = wanted.id
    JOIN project ON project.workspace_id = message.workspace_id AND project.key = wanted.project
    JOIN task ON task.workspace_id = project.workspace_id AND task.project_id = project.id AND task.number = wanted.number
      AND source_conversation_id = message.conversation_id
    ORDER BY project.key, task.number`;
  const named = Map.groupBy(rows, ({ messageId }) => messageId);
  return entries.map((entry) => {
    const tasks = named.get(entry.id)?.map(({ key, id }) => ({ key, id }));
    return tasks ? { ...entry, tasks } : entry;
  });
}
