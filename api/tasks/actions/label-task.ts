import type { Actor } from "../../kernel/actor.ts";
import { isId } from "../../kernel/id.ts";
import { type Outcome, refuse } from "../../kernel/outcome.ts";
import { actOnTask, byOf, recordTask, type TaskAct, type TaskRefusal } from "../act-on-task.ts";
import { MOST_ON_TASK } from "../label.ts";

export type LabelTaskInput = { taskId: string; add: readonly string[]; remove: readonly string[] };

export type LabelTaskRefusal = TaskRefusal | "label_not_found" | "task_labels_too_many";

/**
 * Marks a task with labels of its project, and takes others off it; one that is named in both stays. For the project's members.
 * Being so already is done. Records `task.changed`.
 */
export async function labelTask(
  actor: Actor,
  { taskId, add, remove }: LabelTaskInput,
): Promise<Outcome<{ taskId: string }, LabelTaskRefusal>> {
  // A label that is done away with at the same time waits, or is gone.
  return actOnTask<"label_not_found" | "task_labels_too_many">(actor, { taskId, lock: "shared" }, async (act) => {
    const { tx, task } = act;
    const { workspaceId } = task;
    const rows = await tx.sql<{ id: string }>`
      SELECT label_id AS id FROM task_label WHERE workspace_id = ${workspaceId} AND task_id = ${taskId}`;
    const known = rows.map(({ id }) => id);
    const added = [...new Set(add)].filter((id) => !known.includes(id));
    const removed = known.filter((id) => remove.includes(id) && !add.includes(id));
    if (!(await areOfProject(act, added))) return refuse("label_not_found", ["input", "add"]);
    if (!(await areOfProject(act, [...new Set(remove)]))) return refuse("label_not_found", ["input", "remove"]);
    if (known.length + added.length - removed.length > MOST_ON_TASK)
      return refuse("task_labels_too_many", ["input", "add"]);
    if (added.length + removed.length === 0) return undefined;
    await tx.sql`
      DELETE FROM task_label
      WHERE workspace_id = ${workspaceId} AND task_id = ${taskId} AND label_id = ANY(${removed}::uuid[])`;
    await tx.sql`
      INSERT INTO task_label (workspace_id, task_id, label_id) SELECT ${workspaceId}, ${taskId}, unnest(${added}::uuid[])`;
    await recordTask(act, { type: "task.changed", payload: { what: ["labels"], by: byOf(act) } });
    return undefined;
  });
}

async function areOfProject({ tx, project }: TaskAct, labelIds: string[]): Promise<boolean> {
  if (labelIds.length === 0) return true;
  if (!labelIds.every(isId)) return false;
  const found = await tx.sql`
    SELECT FROM label
    WHERE workspace_id = ${project.workspaceId} AND project_id = ${project.id} AND id = ANY(${labelIds}::uuid[])`;
  return found.length === labelIds.length;
}
