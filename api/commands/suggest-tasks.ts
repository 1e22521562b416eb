import type { Asking, Offer } from "./command.ts";

const TYPED = /^([a-z][a-z0-9]*)?(?:-(\d{0,8}))?$/i;
const MOST_SUGGESTED = 8;

/** Tasks whose keys begin with what is typed, the newest first; of the task's own project as long as nothing is. */
export async function suggestTasks({ actor, task, sql, typed }: Asking): Promise<Offer[]> {
  const [, said, number] = TYPED.exec(typed) ?? [];
  const project = (said ?? task?.project.key ?? "").toUpperCase();
  if (project === "" || (said === undefined && typed !== "")) return [];
  const isWhole = number !== undefined || said === undefined;
  const { lows, highs } = rangesOf(number ?? "");
  return sql<Offer>`
    SELECT key || '-' || found.number AS text, title AS detail
    FROM project
    JOIN space_member AS member USING (workspace_id, space_id)
    JOIN LATERAL unnest(${lows}::int[], ${highs}::int[]) AS range (low, high) ON true
    JOIN LATERAL (
      SELECT number, title FROM task
      WHERE task.workspace_id = project.workspace_id AND task.project_id = project.id AND number BETWEEN low AND high
        AND conversation_id IS DISTINCT FROM ${task?.taskId ?? null}
      ORDER BY number DESC LIMIT ${MOST_SUGGESTED}
    ) AS found ON true
    WHERE project.workspace_id = ${actor.workspaceId} AND agent_id = ${actor.agentId}
      AND (key = ${project} OR (NOT ${isWhole}::boolean AND starts_with(key, ${project})))
    ORDER BY key, found.number DESC LIMIT ${MOST_SUGGESTED}`;
}

/** The numbers that begin with these digits, as ranges of an index. */
function rangesOf(digits: string): { lows: number[]; highs: number[] } {
  if (digits === "") return { lows: [1], highs: [999_999_999] };
  const scales = Array.from({ length: 10 - digits.length }, (_, zeros) => 10 ** zeros).filter(
    (scale) => (Number(digits) + 1) * scale <= 1_000_000_000,
  );
  return {
    lows: scales.map((scale) => Number(digits) * scale),
    highs: scales.map((scale) => (Number(digits) + 1) * scale - 1),
  };
}
