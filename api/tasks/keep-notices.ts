import type { Transaction } from "../kernel/database.ts";
import { fragment } from "../kernel/statement.ts";
import { forgetDue } from "../reminders/due-reminders.ts";

/** How long before it is late people are told: a task due on a date a day before that date ends, one due at an instant an hour. */
export const lead = fragment`CASE WHEN due_kind = 'date' THEN interval '24 hours' ELSE interval '1 hour' END`;

/**
 * Keeps when something is to be told of these tasks' dates next, in the transaction that changes a date, or ends a task or goes on
 * with it: what lies ahead of it first, and nothing of a task that has come to its end. What was told of the date before is taken
 * away. A moment that has passed by then is not told: whoever sets such a date knows.
 */
export async function keepNotices(
  tx: Transaction,
  workspaceId: string,
  { taskIds, at }: { taskIds: readonly string[]; at: Date },
): Promise<void> {
  await tx.sql`DELETE FROM due_notice WHERE workspace_id = ${workspaceId} AND task_id = ANY(${taskIds}::uuid[])`;
  await tx.sql`
    INSERT INTO due_notice (workspace_id, task_id, at)
    SELECT workspace_id, conversation_id, CASE WHEN due_at - ${lead} > ${at}::timestamptz THEN due_at - ${lead} ELSE due_at END
    FROM task
    WHERE workspace_id = ${workspaceId} AND conversation_id = ANY(${taskIds}::uuid[])
      AND state_group NOT IN ('completed', 'cancelled') AND due_at > ${at}::timestamptz`;
  await forgetDue(tx, workspaceId, taskIds);
}
