import type { Task } from "../../../prisma/generated/client/client.ts";
import type { Actor } from "../../kernel/actor.ts";
import { isId } from "../../kernel/id.ts";
import { type Outcome, type Refused, refuse } from "../../kernel/outcome.ts";
import { actOnTask, byOf, recordTask, type TaskAct, type TaskRefusal } from "../act-on-task.ts";
import { changesOf } from "../changes.ts";
import { keepNotices } from "../keep-notices.ts";
import { type GivenTask, type GivenTaskRefusal, type ReadTask, readTask, refuseSeverity } from "../given-task.ts";

/** What of a task is to change; what is left out stays. */
export type UpdateTaskInput = GivenTask & {
  taskId: string;
  /** A task of the same project that it shall be a part of; null: of none. */
  parentId?: string | null | undefined;
  /** The texts as their writer saw them, who gives others for them. */
  expectedTitle?: string | undefined;
  expectedDescription?: string | undefined;
};

type UnfitRefusal = "task_not_found" | "task_severity_of_bug" | "task_parent_cycle" | "task_changed_meanwhile";

export type UpdateTaskRefusal = TaskRefusal | GivenTaskRefusal | UnfitRefusal;

/**
 * Changes what a task says, is and is a part of. What becomes no bug has no severity any more. A task is never a part of itself,
 * however many stand between, also where two are changed at once. Who says which title or description they saw does not write over
 * another one. What is to be told of its date goes with the date. For the project's members. Being so already is done. Records
 * `task.changed`.
 */
export async function updateTask(
  actor: Actor,
  { taskId, parentId, expectedTitle, expectedDescription, ...given }: UpdateTaskInput,
): Promise<Outcome<{ taskId: string }, UpdateTaskRefusal>> {
  const read = readTask(given);
  if (!read.ok) return read;
  // Whoever gives a parent waits for whoever else does in the project: each alone would make no cycle, but both might.
  const lock = parentId == null ? "none" : "alone";
  return actOnTask<GivenTaskRefusal | UnfitRefusal>(actor, { taskId, lock }, async (act) => {
    if (parentId != null) {
      const refused = await refuseParent(act, parentId);
      if (refused) return refused;
    }
    const after = { ...merge(act.task, read.value), ...(parentId !== undefined && { parentId }) };
    const unfit = refuseSeverity(after) ?? refuseUnseen(act.task, after, { expectedTitle, expectedDescription });
    if (unfit) return unfit;
    const changes = changesOf(act.task, after);
    if (changes.what.length === 0) return undefined;
    await write(act, after);
    if (changes.due) await keepNotices(act.tx, act.task.workspaceId, { taskIds: [taskId], at: act.at });
    await recordTask(act, { type: "task.changed", payload: { ...changes, by: byOf(act) } });
    return undefined;
  });
}

/** Why the task cannot be a part of that one; undefined where it can. */
async function refuseParent(
  { tx, task }: TaskAct,
  parentId: string,
): Promise<Refused<"task_not_found" | "task_parent_cycle"> | undefined> {
  const path = ["input", "parentId"];
  if (!isId(parentId)) return refuse("task_not_found", path);
  const above = await tx.sql<{ id: string }>`
    WITH RECURSIVE above AS (
      SELECT conversation_id AS id, parent_id FROM task
      WHERE workspace_id = ${task.workspaceId} AND conversation_id = ${parentId} AND project_id = ${task.projectId}
      UNION
      SELECT conversation_id, task.parent_id FROM above
      JOIN task ON workspace_id = ${task.workspaceId} AND conversation_id = above.parent_id)
    SELECT id FROM above`;
  if (above.length === 0) return refuse("task_not_found", path);
  return above.some(({ id }) => id === task.conversationId) ? refuse("task_parent_cycle", path) : undefined;
}

/** The task as it shall be. A severity goes with the bug, unless one is asked for: that is refused. */
function merge(task: Task, { due, ...read }: ReadTask): Task {
  const kept = { ...task, ...read };
  const isBugNoMore = task.type === "bug" && kept.type !== "bug" && read.severity === undefined;
  return {
    ...kept,
    ...(isBugNoMore && { severity: null }),
    ...(due !== undefined && { dueAt: due?.at ?? null, dueKind: due?.kind ?? null, dueZone: due?.zone ?? null }),
  } as Task;
}

type Seen = Pick<UpdateTaskInput, "expectedTitle" | "expectedDescription">;

const SEEN = [
  ["title", "expectedTitle"],
  ["description", "expectedDescription"],
] as const;

/** Why a text that is to give way is none that its writer saw; undefined where it is, also where it says already what they want. */
function refuseUnseen(before: Task, after: Task, seen: Seen): Refused<"task_changed_meanwhile"> | undefined {
  for (const [field, name] of SEEN) {
    const expected = seen[name];
    if (expected === undefined || before[field] === after[field]) continue;
    if (linesOf(expected) !== linesOf(before[field])) return refuse("task_changed_meanwhile", ["input", name]);
  }
  return undefined;
}

/** A text as any form sends it: whatever its lines end in, browsers make it one. */
function linesOf(text: string): string {
  return text.replaceAll(/\r\n?/g, "\n");
}

async function write({ tx }: TaskAct, after: Task): Promise<void> {
  await tx.sql`
    UPDATE task SET title = ${after.title}, description = ${after.description}, type = ${after.type},
      priority = ${after.priority}, severity = ${after.severity}, due_at = ${after.dueAt}, due_kind = ${after.dueKind},
      due_zone = ${after.dueZone}, estimate_minutes = ${after.estimateMinutes}, parent_id = ${after.parentId}
    WHERE workspace_id = ${after.workspaceId} AND conversation_id = ${after.conversationId}`;
}
