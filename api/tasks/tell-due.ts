import type { Alarm } from "../kernel/alarms.ts";
import type { Transaction } from "../kernel/database.ts";
import { rowsOf } from "../kernel/statement.ts";
import { tellDue } from "../reminders/due-reminders.ts";
import type { Told } from "../reminders/tell.ts";

type Claimed = { workspaceId: string; taskId: string };

/**
 * Tells those whose task it is, and those who watch it, that it will be late soon or is late, as far as they still see it. Each
 * task's notice is claimed and done with in the transaction that tells it: once, also where several processes want to and one of
 * them dies. Of a project that was put away nothing is told. Whoever moves the date meanwhile waits for it, and it is told anew.
 */
export const tellDueTasks: Alarm = {
  name: "tell-due-tasks",
  async ring(tx, { at, limit }) {
    const claimed = await tx.sql<Claimed>`
      SELECT workspace_id AS "workspaceId", task_id AS "taskId" FROM due_notice WHERE at <= ${at}
      ORDER BY at LIMIT ${limit} FOR UPDATE SKIP LOCKED`;
    if (claimed.length === 0) return 0;
    await tellDue(tx, await findTold(tx, claimed, at), at);
    await goOn(tx, claimed, at);
    return claimed.length;
  },
};

/** Whom it is told of these tasks, and what: how each stands now. After an outage what is late by then is no longer late soon. */
async function findTold(tx: Transaction, claimed: readonly Claimed[], at: Date): Promise<Omit<Told, "reminderId">[]> {
  return tx.sql<Omit<Told, "reminderId">>`
    SELECT task.workspace_id AS "workspaceId", person.agent_id AS "agentId", conversation.id AS "conversationId",
           conversation.space_id AS "spaceId", contact_id AS "contactId", staff_seq AS "staffSeq",
           CASE WHEN due_at <= ${at} THEN 'overdue' ELSE 'due_soon' END AS kind
    FROM json_to_recordset(${rowsOf(claimed)}) AS notice (workspace_id uuid, task_id uuid)
    JOIN task ON task.workspace_id = notice.workspace_id AND task.conversation_id = notice.task_id
    JOIN project ON project.workspace_id = task.workspace_id AND project.id = project_id AND archived_at IS NULL
    JOIN conversation ON conversation.workspace_id = task.workspace_id AND conversation.id = task.conversation_id
    JOIN LATERAL (
      SELECT agent_id FROM task_assignee WHERE workspace_id = task.workspace_id AND task_id = task.conversation_id
      UNION
      SELECT agent_id FROM task_watcher WHERE workspace_id = task.workspace_id AND task_id = task.conversation_id
    ) AS person ON true
    JOIN space_member AS member ON member.workspace_id = task.workspace_id
      AND member.space_id = conversation.space_id AND member.agent_id = person.agent_id
    JOIN agent ON agent.workspace_id = task.workspace_id AND agent.id = person.agent_id AND disabled_at IS NULL
    WHERE due_at IS NOT NULL AND state_group NOT IN ('completed', 'cancelled')`;
}

/**
 * What will be late is told again once it is; of what is late nothing more is. The row is moved, never made anew: whoever moves the
 * date waits for this one, and would not see another.
 */
async function goOn(tx: Transaction, claimed: readonly Claimed[], at: Date): Promise<void> {
  const rows = rowsOf(claimed);
  await tx.sql`
    UPDATE due_notice SET at = due_at
    FROM json_to_recordset(${rows}) AS told (workspace_id uuid, task_id uuid)
    JOIN task ON task.workspace_id = told.workspace_id AND task.conversation_id = told.task_id
    WHERE due_notice.workspace_id = told.workspace_id AND due_notice.task_id = told.task_id AND due_at > ${at}`;
  await tx.sql`
    DELETE FROM due_notice USING json_to_recordset(${rows}) AS told (workspace_id uuid, task_id uuid)
    WHERE due_notice.workspace_id = told.workspace_id AND due_notice.task_id = told.task_id AND at <= ${at}`;
}
