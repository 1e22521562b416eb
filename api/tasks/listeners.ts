import type { StateGroup, TaskProgress } from "../../prisma/generated/client/client.ts";
import { takeNextTurn } from "../chat/conversation.ts";
import type { Transaction } from "../kernel/database.ts";
import { newId } from "../kernel/id.ts";
import { perTransaction } from "../kernel/loader.ts";
import type { LoggedEvent } from "../kernel/log/event.ts";
import type { DurableListener } from "../kernel/log/listener.ts";
import { record } from "../kernel/log/record.ts";
import { rowsOf } from "../kernel/statement.ts";
import "./events.ts";
import { stepOf } from "./progress.ts";

type Heard = LoggedEvent<"task.created" | "task.moved">;

/**
 * Tells customers how the tasks that were made from what they see go on: keeps what they see of each, and records
 * `progress.changed` in their conversation where it is another step than they know. By a listener, since a move must not wait for
 * the customer's conversation, nor lock it. A task made from a private note is none that they hear of.
 */
export const tellProgress: DurableListener<"task.created" | "task.moved"> = {
  name: "tell-progress",
  hears: ["task.created", "task.moved"],
  react: (tx, event) => tell(tx, event),
};

const tell = perTransaction<Heard, void>(async (tx, events) => {
  const changed = (await findShared(tx, events)).filter(({ known, group }) => known?.step !== stepOf(group));
  // Statements run in the order in which they are issued, and each of these first locks its conversation: in the order in which
  // sends do, or the two would wait for each other.
  await Promise.all(changed.map((task) => tellOf(tx, task)));
  return events.map(() => undefined);
});

type Shared = {
  workspaceId: string;
  taskId: string;
  conversationId: string;
  group: StateGroup;
  /** Of a state that came to mean something else: since then, however long the task has been in it. */
  since: Date;
  known: Pick<TaskProgress, "id" | "step"> | null;
};

/**
 * Where these tasks stand now, perhaps further than the events tell, those of them that a customer sees the message of that they
 * were made from: by the customers' conversations.
 */
async function findShared(tx: Transaction, events: Heard[]): Promise<Shared[]> {
  const told = events.map(({ workspaceId, conversationId: taskId, occurredAt: at }) => ({ workspaceId, taskId, at }));
  return tx.sql<Shared>`
    SELECT task.workspace_id AS "workspaceId", task.conversation_id AS "taskId",
           message.conversation_id AS "conversationId", state_group AS "group", greatest(state_at, told.at) AS since,
           CASE WHEN known.id IS NOT NULL THEN json_build_object('id', known.id, 'step', known.step) END AS known
    FROM (SELECT workspace_id, task_id, max(at) AS at
      FROM json_to_recordset(${rowsOf(told)}) AS told (workspace_id uuid, task_id uuid, at timestamptz)
      GROUP BY workspace_id, task_id) AS told
    JOIN task ON task.workspace_id = told.workspace_id AND task.conversation_id = told.task_id
    JOIN message ON message.workspace_id = task.workspace_id AND message.id = source_message_id
    JOIN conversation ON conversation.workspace_id = task.workspace_id AND conversation.id = message.conversation_id
    LEFT JOIN task_progress AS known ON known.workspace_id = task.workspace_id AND known.task_id = task.conversation_id
    WHERE conversation.kind = 'support' AND message.visibility = 'everyone'
    ORDER BY message.conversation_id, task.conversation_id`;
}

async function tellOf(tx: Transaction, { workspaceId, taskId, conversationId, ...task }: Shared): Promise<void> {
  const { group, since: occurredAt, known } = task;
  const [id, to] = [known?.id ?? newId(), stepOf(group)];
  const turn = await takeNextTurn(tx, { workspaceId, conversationId }, "everyone");
  await tx.sql`
    INSERT INTO task_progress (workspace_id, task_id, id, conversation_id, step, changed_at)
    VALUES (${workspaceId}, ${taskId}, ${id}, ${conversationId}, ${to}, ${occurredAt})
    ON CONFLICT (workspace_id, task_id) DO UPDATE SET step = excluded.step, changed_at = excluded.changed_at`;
  const payload = { progressId: id, from: known?.step ?? null, to };
  await record(tx, { type: "progress.changed", ...turn, occurredAt, payload });
}
