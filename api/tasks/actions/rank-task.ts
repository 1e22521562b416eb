import type { Task } from "../../../prisma/generated/client/client.ts";
import type { Actor } from "../../kernel/actor.ts";
import type { Transaction } from "../../kernel/database.ts";
import { isId } from "../../kernel/id.ts";
import { type Outcome, refuse } from "../../kernel/outcome.ts";
import { actOnTask, byOf, recordTask, type TaskRefusal } from "../act-on-task.ts";
import { findNext, makeRoom, type Side } from "../make-room.ts";

export type RankTaskInput = {
  taskId: string;
  /** Another task of the same column, and on which side of it the task shall stand. */
  besideId: string;
  side: Side;
};

/**
 * Puts a task right before or after another one of its column. Of two who put tasks into the same place at once each task stands
 * in one of its own. Refuses `task_elsewhere` where the other one stands in another column by now. For the project's members.
 * Standing there already is done. Records `task.ranked`, also of a neighbour that made room.
 */
export async function rankTask(
  actor: Actor,
  { taskId, besideId, side }: RankTaskInput,
): Promise<Outcome<{ taskId: string }, TaskRefusal | "task_elsewhere">> {
  const path = ["input", side];
  return actOnTask<"task_not_found" | "task_elsewhere">(actor, { taskId }, async (act) => {
    const { tx, task } = act;
    const beside = await findBeside(tx, task, besideId);
    if (!beside) return refuse("task_not_found", path);
    if (beside.stateId !== task.stateId) return refuse("task_elsewhere", path);
    if (besideId === taskId) return undefined;
    const next = await findNext(tx, task, { ...beside, side });
    if (next?.id === taskId) return undefined;
    const rank = await makeRoom(act, side, { beside: { id: besideId, rank: beside.rank }, next });
    await tx.sql`
      UPDATE task SET rank = ${rank} WHERE workspace_id = ${task.workspaceId} AND conversation_id = ${taskId}`;
    await recordTask(act, { type: "task.ranked", payload: { by: byOf(act) } });
    return undefined;
  });
}

type Beside = { rank: string; stateId: string };

async function findBeside(tx: Transaction, task: Task, id: string): Promise<Beside | undefined> {
  if (!isId(id)) return undefined;
  const [beside] = await tx.sql<Beside>`
    SELECT rank, state_id AS "stateId" FROM task
    WHERE workspace_id = ${task.workspaceId} AND conversation_id = ${id} AND project_id = ${task.projectId}`;
  return beside;
}
