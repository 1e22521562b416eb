import { tellDue } from "../reminders/due-reminders.ts";
import type { Told } from "../reminders/tell.ts";
import type { TaskAct } from "./act-on-task.ts";
import { lead } from "./keep-notices.ts";

/**
 * Tells those who have come to a locked task that it will be late soon or is late, where whose it was before were told, or would
 * have been: the next notice of it may lie hours ahead, or never come. One that is about to ring finds them by itself; who has
 * been told has been told.
 */
export async function tellNewcomers(
  { tx, task, at }: Pick<TaskAct, "tx" | "task" | "at">,
  agentIds: readonly string[],
): Promise<void> {
  const { workspaceId, conversationId, dueAt } = task;
  if (!dueAt || agentIds.length === 0) return;
  // Whoever tells of it at this moment does not see who comes: this waits for them. Until it is over nobody else does.
  const rings = await tx.sql<{ isNow: boolean }>`
    SELECT at <= ${at} AS "isNow" FROM due_notice
    WHERE workspace_id = ${workspaceId} AND task_id = ${conversationId} FOR SHARE`;
  if (rings.some(({ isNow }) => isNow)) return;
  const told = await tx.sql<Omit<Told, "reminderId">>`
    SELECT task.workspace_id AS "workspaceId", agent.id AS "agentId", conversation.id AS "conversationId",
           conversation.space_id AS "spaceId", contact_id AS "contactId", staff_seq AS "staffSeq",
           CASE WHEN due_at <= ${at} THEN 'overdue' ELSE 'due_soon' END AS kind
    FROM task
    JOIN conversation ON conversation.workspace_id = task.workspace_id AND conversation.id = conversation_id
    JOIN space_member AS member ON member.workspace_id = task.workspace_id AND member.space_id = conversation.space_id
    JOIN agent ON agent.workspace_id = task.workspace_id AND agent.id = member.agent_id AND disabled_at IS NULL
    WHERE task.workspace_id = ${workspaceId} AND conversation_id = ${conversationId}
      AND agent.id = ANY(${agentIds}::uuid[]) AND state_group NOT IN ('completed', 'cancelled')
      AND due_at - ${lead} <= ${at}::timestamptz
      AND NOT EXISTS (
        SELECT FROM reminder
        WHERE reminder.workspace_id = task.workspace_id AND reminder.conversation_id = task.conversation_id
          AND reminder.agent_id = agent.id
          AND reminder.kind = (CASE WHEN due_at <= ${at} THEN 'overdue' ELSE 'due_soon' END)::reminder_kind)`;
  await tellDue(tx, told, at);
}
