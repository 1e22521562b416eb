import type { Actor } from "../kernel/actor.ts";
import { type Outcome, refuse } from "../kernel/outcome.ts";
import { actOnTask, byOf, recordTask, type TaskAct } from "./act-on-task.ts";
import { type Item, itemsOf, taskOfItem } from "./checklist.ts";

export type ItemRefusal = "not_permitted" | "project_archived" | "checklist_item_not_found";

/** A line of a locked task's checklist, among all of its lines. */
type ItemAct = { act: TaskAct; item: Item; items: Item[] };

/** Changes a line of a checklist under the lock of its task's conversation, as `actOnTask` does, and records it where `perform` says that it did. */
export async function actOnItem(
  actor: Actor,
  itemId: string,
  perform: (on: ItemAct) => Promise<"changed" | "same">,
): Promise<Outcome<{ taskId: string }, ItemRefusal>> {
  const notFound = refuse("checklist_item_not_found" as const, ["input", "itemId"]);
  const taskId = await taskOfItem(actor.workspaceId, itemId);
  const outcome = await actOnTask<"checklist_item_not_found">(actor, { taskId }, async (act) => {
    const items = await itemsOf(act);
    const item = items.find(({ id }) => id === itemId);
    if (!item) return notFound;
    if ((await perform({ act, item, items })) === "changed")
      await recordTask(act, { type: "task.changed", payload: { what: ["checklist"], by: byOf(act) } });
    return undefined;
  });
  if (outcome.ok) return outcome;
  const { refusal, path } = outcome;
  return refusal === "task_not_found" ? notFound : { ok: false, refusal, path };
}
