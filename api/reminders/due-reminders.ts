import type { Transaction } from "../kernel/database.ts";
import { newId } from "../kernel/id.ts";
import { fragment, rowsOf } from "../kernel/statement.ts";
import { recordTold, type Told } from "./tell.ts";
import { tellOwnReminders } from "./tell-own-reminders.ts";

const isOfDate = fragment`reminder.kind IN ('due_soon', 'overdue')`;

/** Tells of tasks' dates: each person has one such reminder of a task, the last. */
export async function tellDue(tx: Transaction, due: readonly Omit<Told, "reminderId">[], at: Date): Promise<void> {
  if (due.length === 0) return;
  const told = due.map((one) => ({ ...one, reminderId: newId() }));
  const rows = rowsOf(told);
  await tx.sql`
    DELETE FROM reminder USING json_to_recordset(${rows}) AS told (workspace_id uuid, agent_id uuid, conversation_id uuid)
    WHERE reminder.workspace_id = told.workspace_id AND reminder.conversation_id = told.conversation_id
      AND reminder.agent_id = told.agent_id AND ${isOfDate}`;
  await tx.sql`
    INSERT INTO reminder (workspace_id, id, agent_id, conversation_id, kind, at, told_at, created_at)
    SELECT workspace_id, reminder_id, agent_id, conversation_id, kind, ${at}, ${at}, ${at}
    FROM json_to_recordset(${rows}) AS told (
      workspace_id uuid, reminder_id uuid, agent_id uuid, conversation_id uuid, kind reminder_kind)`;
  await recordTold(tx, told, at);
}

type Forgotten = {
  agentId: string;
  workspaceId: string;
  conversationId: string;
  spaceId: string;
  contactId: string | null;
};

/** Takes away what was told of the dates of tasks that are due otherwise now, or not any more. */
export async function forgetDue(tx: Transaction, workspaceId: string, taskIds: readonly string[]): Promise<void> {
  const forgotten = await tx.sql<Forgotten>`
    DELETE FROM reminder USING conversation
    WHERE reminder.workspace_id = ${workspaceId} AND reminder.conversation_id = ANY(${taskIds}::uuid[])
      AND ${isOfDate} AND conversation.workspace_id = reminder.workspace_id
      AND conversation.id = reminder.conversation_id
    RETURNING reminder.agent_id AS "agentId", reminder.workspace_id AS "workspaceId", conversation.id AS "conversationId",
      space_id AS "spaceId", contact_id AS "contactId"`;
  for (const { agentId, ...place } of forgotten) tx.afterCommit(() => tellOwnReminders(agentId, place));
}
