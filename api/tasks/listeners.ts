import type { StateGroup, TaskProgress } from "../../prisma/generated/client/client.ts";
import { takeNextTurn } from "../chat/conversation.ts";
import type { Transaction } from "../kernel/database.ts";
import { newId } from "../kernel/id.ts";
import type { LoggedEvent } from "../kernel/log/event.ts";
import type { DurableListener } from "../kernel/log/listener.ts";
import { record } from "../kernel/log/record.ts";
import "./events.ts";
import { stepOf } from "./progress.ts";

/**
 * Tells customers how the tasks that were made from what they see go on: keeps what they see of each, and records
 * `progress.changed` in their conversation where it is another step than they know. By a listener, since a move must not wait for
 * the customer's conversation, nor lock it. A task made from a private note is none that they hear of.
 */
export const tellProgress: DurableListener<"task.created" | "task.moved"> = {
  name: "tell-progress",
  hears: ["task.created", "task.moved"],
  async react(tx, event) {
    const task = await findShared(tx, event);
    if (!task) return;
    const { workspaceId, conversationId: taskId } = event;
    const [to, { conversationId, known, since: occurredAt }] = [stepOf(task.group), task];
    if (known?.step === to) return;
    const id = known?.id ?? newId();
    await tx.sql`
      INSERT INTO task_progress (workspace_id, task_id, id, conversation_id, step, changed_at)
      VALUES (${workspaceId}, ${taskId}, ${id}, ${conversationId}, ${to}, ${occurredAt})
      ON CONFLICT (workspace_id, task_id) DO UPDATE SET step = excluded.step, changed_at = excluded.changed_at`;
    const turn = await takeNextTurn(tx, { workspaceId, conversationId }, "everyone");
    const payload = { progressId: id, from: known?.step ?? null, to };
    await record(tx, { type: "progress.changed", ...turn, occurredAt, payload });
  },
};

type Shared = {
  conversationId: string;
  group: StateGroup;
  since: Date;
  known: Pick<TaskProgress, "id" | "step"> | null;
};

/** Where a task stands now, perhaps further than the event tells, if a customer sees the message that it was made from. */
async function findShared(
  tx: Transaction,
  { workspaceId, conversationId: taskId }: LoggedEvent,
): Promise<Shared | undefined> {
  const [task] = await tx.sql<Shared>`
    SELECT message.conversation_id AS "conversationId", state_group AS "group", state_at AS since,
           CASE WHEN known.id IS NOT NULL THEN json_build_object('id', known.id, 'step', known.step) END AS known
    FROM task
    JOIN message ON message.workspace_id = task.workspace_id AND message.id = source_message_id
    JOIN conversation ON conversation.workspace_id = task.workspace_id AND conversation.id = message.conversation_id
    LEFT JOIN task_progress AS known ON known.workspace_id = task.workspace_id AND known.task_id = task.conversation_id
    WHERE task.workspace_id = ${workspaceId} AND task.conversation_id = ${taskId}
      AND conversation.kind = 'support' AND message.visibility = 'everyone'`;
  return task;
}
