import type { Actor } from "../../kernel/actor.ts";
import { done, type Outcome } from "../../kernel/outcome.ts";
import { actOnItem, type ItemRefusal } from "../act-on-item.ts";
import { keepOrder, readItem } from "../checklist.ts";

/** What of a line is to change; what is left out stays. */
export type UpdateChecklistItemInput = {
  itemId: string;
  text?: string | undefined;
  isDone?: boolean | undefined;
  /** Where in its list it shall stand, from 1; beyond the end is the end. */
  position?: number | undefined;
};

/**
 * Changes a line of a checklist: what it says, whether it is done, where it stands. For the project's members. Being so already
 * is done. Records `task.changed`.
 */
export async function updateChecklistItem(
  actor: Actor,
  { itemId, ...given }: UpdateChecklistItemInput,
): Promise<Outcome<{ taskId: string }, ItemRefusal | "checklist_item_invalid">> {
  const read = given.text === undefined ? done(null) : readItem(given.text);
  if (!read.ok) return read;
  return actOnItem(actor, itemId, async ({ act: { tx, task }, item, items }) => {
    const { isDone = item.isDone, position = item.position } = given;
    const text = read.value ?? item.text;
    const place = Math.min(Math.max(1, position), items.length);
    if (text === item.text && isDone === item.isDone && place === item.position) return "same";
    await tx.sql`
      UPDATE checklist_item SET text = ${text}, is_done = ${isDone}
      WHERE workspace_id = ${task.workspaceId} AND id = ${itemId}`;
    const others = items.filter(({ id }) => id !== itemId).map(({ id }) => id);
    await keepOrder(tx, task.workspaceId, others.toSpliced(place - 1, 0, itemId));
    return "changed";
  });
}
