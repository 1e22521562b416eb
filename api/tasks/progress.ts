import type { ProgressStep, StateGroup, TaskProgress } from "../../prisma/generated/client/client.ts";
import { sql } from "../kernel/database.ts";

/** What customers see of where a task stands: nothing of its project, its workflow or its people. */
// biome-ignore format: a table, aligned
const STEPS: Record<StateGroup, ProgressStep> = {
  triage:    "received",
  backlog:   "received",
  unstarted: "received",
  started:   "in_progress",
  completed: "done",
  cancelled: "closed",
};

/** The step of a task whose state means this. */
export function stepOf(group: StateGroup): ProgressStep {
  return STEPS[group];
}

/** So many of a conversation are told. */
export const MOST_PROGRESS = 50;

/**
 * How the tasks made from what customers see of these conversations go on, by conversation: of each the newest `MOST_PROGRESS`, the
 * one made first before the others. By the tasks' ids, which tell when they were made; those that customers know them by need not.
 */
export async function findProgress(workspaceId: string, ids: string[]): Promise<Map<string, TaskProgress[]>> {
  const rows = await sql<TaskProgress>`
    SELECT newest.* FROM unnest(${ids}::uuid[]) AS wanted (id), LATERAL (
      SELECT workspace_id AS "workspaceId", task_id AS "taskId", id, conversation_id AS "conversationId", step,
             changed_at AS "changedAt"
      FROM task_progress WHERE workspace_id = ${workspaceId} AND conversation_id = wanted.id
      ORDER BY task_id DESC LIMIT ${MOST_PROGRESS}) AS newest
    ORDER BY newest."taskId"`;
  return Map.groupBy(rows, ({ conversationId }) => conversationId);
}
