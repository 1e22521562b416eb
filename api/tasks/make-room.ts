import type { Task } from "../../prisma/generated/client/client.ts";
import type { Transaction } from "../kernel/database.ts";
import { byOf, readTaskRow, recordTask, type TaskAct } from "./act-on-task.ts";
import { rankBetween } from "./rank.ts";

/** On which side of another task of its column. */
export type Side = "before" | "after";

/** A task of the column, and where it stands. */
export type Ranked = { id: string; rank: string };

/** A rank that is longer stands where one place was taken hundreds of times over. */
const LONG = 60;

/** The rank right beside a task of the column, on the side where `next`, or the column's end, is. */
export function rankBeside(side: Side, beside: Ranked, next: Ranked | undefined): string {
  const [after, before] = side === "after" ? [beside, next] : [next, beside];
  return rankBetween(after?.rank ?? null, before?.rank ?? null)!;
}

/**
 * The same where ranks have grown long: there a neighbour steps aside, as far as there is room beyond it, which is told of it as of
 * whatever is ranked. So each of them moves once in hundreds of times. Who is busy with something else stays where it is.
 */
export async function makeRoom(
  act: TaskAct,
  side: Side,
  { beside, next }: { beside: Ranked; next: Ranked | undefined },
) {
  const rank = rankBeside(side, beside, next);
  if (rank.length <= LONG) return rank;
  const besideAside = await stepAside(act, beside, side === "after" ? "before" : "after");
  if (besideAside) return rankBeside(side, besideAside, next);
  const nextAside = next && (await stepAside(act, next, side));
  return nextAside ? rankBeside(side, beside, nextAside) : rank;
}

async function stepAside(act: TaskAct, { id, rank }: Ranked, side: Side): Promise<Ranked | undefined> {
  const { tx, task, at } = act;
  const { workspaceId, stateId } = task;
  const aside = rankBeside(side, { id, rank }, await findNext(tx, task, { rank, side }));
  if (aside.length > LONG) return undefined;
  // Not waited for: who holds that one may wait for this one.
  const locked = await tx.sql`
    SELECT FROM conversation WHERE workspace_id = ${workspaceId} AND id = ${id} FOR NO KEY UPDATE SKIP LOCKED`;
  if (locked.length === 0) return undefined;
  const moved = await tx.sql`
    UPDATE task SET rank = ${aside}
    WHERE workspace_id = ${workspaceId} AND conversation_id = ${id} AND state_id = ${stateId} AND rank = ${rank} RETURNING number`;
  if (moved.length === 0) return undefined;
  const other = await readTaskRow(tx, { workspaceId, taskId: id });
  await recordTask({ tx, task: other, at }, { type: "task.ranked", payload: { by: byOf(act) } });
  return { id, rank: aside };
}

/** Who stands next to a rank on that side. One of the same rank, which chance hardly ever makes, counts as standing where it does. */
export async function findNext(
  tx: Transaction,
  { workspaceId, projectId, stateId }: Task,
  { rank, side }: { rank: string; side: Side },
): Promise<Ranked | undefined> {
  const [next] =
    side === "after"
      ? await tx.sql<Ranked>`
          SELECT conversation_id AS id, rank FROM task
          WHERE workspace_id = ${workspaceId} AND project_id = ${projectId} AND state_id = ${stateId} AND rank > ${rank}
          ORDER BY rank, conversation_id LIMIT 1`
      : await tx.sql<Ranked>`
          SELECT conversation_id AS id, rank FROM task
          WHERE workspace_id = ${workspaceId} AND project_id = ${projectId} AND state_id = ${stateId} AND rank < ${rank}
          ORDER BY rank DESC, conversation_id DESC LIMIT 1`;
  return next;
}
