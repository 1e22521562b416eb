import type { Actor } from "../../kernel/actor.ts";
import type { Outcome } from "../../kernel/outcome.ts";
import { actOnItem, type ItemRefusal } from "../act-on-item.ts";
import { keepOrder } from "../checklist.ts";

/** Takes a line off a checklist, for good. For the project's members. Records `task.changed`. */
export async function removeChecklistItem(
  actor: Actor,
  { itemId }: { itemId: string },
): Promise<Outcome<{ taskId: string }, ItemRefusal>> {
  return actOnItem(actor, itemId, async ({ act: { tx, task }, items }) => {
    await tx.sql`DELETE FROM checklist_item WHERE workspace_id = ${task.workspaceId} AND id = ${itemId}`;
    const rest = items.filter(({ id }) => id !== itemId).map(({ id }) => id);
    await keepOrder(tx, task.workspaceId, rest);
    return "changed";
  });
}
