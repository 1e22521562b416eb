import type { Actor } from "../../kernel/actor.ts";
import { newId } from "../../kernel/id.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { once, refuseClientId } from "../../kernel/requests.ts";
import { mayChange } from "../../people/policy.ts";
import { actOnTaskIn, byOf, recordTask, type TaskRefusal } from "../act-on-task.ts";
import { MOST_ITEMS, readItem } from "../checklist.ts";

export type AddChecklistItemInput = { clientId: string; taskId: string; text: string };

export type AddChecklistItemRefusal =
  | TaskRefusal
  | "checklist_item_invalid"
  | "checklist_full"
  | "client_id_invalid"
  | "client_id_conflict";

/**
 * Adds a line at the end of a task's checklist. For the project's members. A retry under the same clientId answers with the
 * first. Records `task.changed`.
 */
export async function addChecklistItem(
  actor: Actor,
  { clientId, taskId, text }: AddChecklistItemInput,
): Promise<Outcome<{ taskId: string }, AddChecklistItemRefusal>> {
  if (!mayChange(actor)) return refuse("not_permitted");
  const read = readItem(text);
  if (!read.ok) return read;
  const unfit = refuseClientId(clientId);
  if (unfit) return unfit;
  const { workspaceId, agentId } = actor;
  const itemId = newId();
  const request = {
    ...{ workspaceId, callerId: agentId, clientId, mutation: "addChecklistItem" },
    ...{ content: [taskId, read.value], resultId: itemId, locks: taskId },
  };
  return once<{ taskId: string }, AddChecklistItemRefusal>(
    request,
    (tx) =>
      actOnTaskIn<"checklist_full">(tx, actor, {
        taskId,
        perform: async (act) => {
          // Counted where it is inserted: those who share the transaction do so one after another, but read all at once.
          const added = await tx.sql`
            INSERT INTO checklist_item (workspace_id, id, task_id, text, position)
            SELECT ${workspaceId}, ${itemId}, ${taskId}, ${read.value}, count(*) + 1
            FROM checklist_item WHERE workspace_id = ${workspaceId} AND task_id = ${taskId}
            HAVING count(*) < ${MOST_ITEMS} RETURNING id`;
          if (added.length === 0) return refuse("checklist_full", ["input", "taskId"]);
          await recordTask(act, { type: "task.changed", payload: { what: ["checklist"], by: byOf(act) } });
          return undefined;
        },
      }),
    async () => done({ taskId }),
  );
}
