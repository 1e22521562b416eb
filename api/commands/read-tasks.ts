import { commandWords } from "../../words/commands.ts";
import { done, type Done } from "../kernel/outcome.ts";
import type { CommandContext, CommandRefused } from "./command.ts";
import { refuseSaying } from "./command-outcome.ts";
import { nearest } from "../kernel/nearest.ts";

/** A task that a command names, and its project. */
export type NamedTask = { id: string; projectId: string };

type Row = NamedTask & { key: string };

/** The tasks of these keys that the writer sees, in their order; refused with the nearest key where one is none. */
export async function readTasks(
  context: CommandContext,
  keys: readonly string[],
): Promise<Done<NamedTask[]> | CommandRefused> {
  const known = await findKeyed(context, keys);
  const missing = keys.find((key) => !known.has(key));
  if (missing === undefined) return done(keys.map((key) => known.get(key)!));
  const near = await nearestKey(context, missing);
  return refuseSaying("task_not_found", commandWords[context.locale].noTask(missing, near));
}

async function findKeyed({ sql, actor }: CommandContext, keys: readonly string[]): Promise<Map<string, Row>> {
  const rows = await sql<Row>`
    SELECT task.conversation_id AS id, project.id AS "projectId", wanted.key
    FROM unnest(${keys}::text[]) AS wanted (key)
    JOIN project ON project.workspace_id = ${actor.workspaceId} AND project.key = split_part(wanted.key, '-', 1)
    JOIN space_member AS member ON member.workspace_id = project.workspace_id AND member.space_id = project.space_id
      AND member.agent_id = ${actor.agentId}
    JOIN task ON task.workspace_id = project.workspace_id AND task.project_id = project.id
      AND number = split_part(wanted.key, '-', 2)::int`;
  return new Map(rows.map((row) => [row.key, row]));
}

/** The same number in a project whose key is spelt much like it, if there is such a task. */
async function nearestKey(context: CommandContext, key: string): Promise<string | null> {
  const { sql, actor } = context;
  const rows = await sql<{ key: string }>`
    SELECT key FROM project JOIN space_member AS member USING (workspace_id, space_id)
    WHERE workspace_id = ${actor.workspaceId} AND agent_id = ${actor.agentId}`;
  const [of, number] = key.split("-");
  const near = nearest(
    of!,
    rows.map((row) => row.key),
  );
  const meant = `${near}-${number}`;
  return near !== null && meant !== key && (await findKeyed(context, [meant])).has(meant) ? meant : null;
}

/** The key of a task: OPS-12. */
export async function keyOf({ sql, actor }: CommandContext, taskId: string): Promise<string> {
  const [task] = await sql<{ key: string }>`
    SELECT key || '-' || number AS key FROM task JOIN project ON project.workspace_id = task.workspace_id AND project.id = project_id
    WHERE task.workspace_id = ${actor.workspaceId} AND conversation_id = ${taskId}`;
  return task!.key;
}
