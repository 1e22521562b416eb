import { sql, type Transaction } from "../kernel/database.ts";
import { isId } from "../kernel/id.ts";
import { done, type Outcome, refuse } from "../kernel/outcome.ts";
import { isStorable } from "../kernel/text.ts";
import type { TaskAct } from "./act-on-task.ts";

/** The most lines of a task's checklist. */
export const MOST_ITEMS = 100;

const LONGEST_TEXT = 200;

/** A line of a checklist as it is kept: 1 to 200 characters, with single spaces inside. */
export function readItem(text: string): Outcome<string, "checklist_item_invalid"> {
  const line = text.trim().replace(/\s+/g, " ");
  const isFit = line.length >= 1 && line.length <= LONGEST_TEXT && isStorable(line);
  return isFit ? done(line) : refuse("checklist_item_invalid", ["input", "text"]);
}

/** A line of a locked task's checklist. */
export type Item = { id: string; text: string; isDone: boolean; position: number };

/** The lines of a locked task's checklist, in order. */
export function itemsOf({ tx, task }: Pick<TaskAct, "tx" | "task">): Promise<Item[]> {
  return tx.sql<Item>`
    SELECT id, text, is_done AS "isDone", position FROM checklist_item
    WHERE workspace_id = ${task.workspaceId} AND task_id = ${task.conversationId} ORDER BY position`;
}

/** Which task the line is of; "" for none. Lines stay with their task for good. */
export async function taskOfItem(workspaceId: string, itemId: string): Promise<string> {
  if (!isId(itemId)) return "";
  const [item] = await sql<{ taskId: string }>`
    SELECT task_id AS "taskId" FROM checklist_item WHERE workspace_id = ${workspaceId} AND id = ${itemId}`;
  return item?.taskId ?? "";
}

/** Numbers the lines as they are given, from 1. */
export async function keepOrder(tx: Transaction, workspaceId: string, ids: string[]): Promise<void> {
  await tx.sql`
    UPDATE checklist_item SET position = place
    FROM unnest(${ids}::uuid[]) WITH ORDINALITY AS wanted (wanted_id, place)
    WHERE workspace_id = ${workspaceId} AND id = wanted_id AND position <> place`;
}
