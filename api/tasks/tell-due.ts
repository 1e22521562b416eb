import type { Alarm } from "../kernel/alarms.ts";
import { rowsOf } from "../kernel/statement.ts";
import { tellDue } from "../reminders/due-reminders.ts";
import type { Told } from "../reminders/tell.ts";

/**
 * Tells those whose task it is, and those who watch it, that it will be late soon or is late, as far as they still see it. Each
 * notice is claimed and done with in the transaction that tells it: once, also where several processes want to and one of them
 * dies. Of a project that was put away nothing is told. Whoever moves the date meanwhile waits for it, and it is told anew.
 */
export const tellDueTasks: Alarm = {
  name: "tell-due-tasks",
  async ring(tx, { at, limit }) {
    const claimed = await tx.sql<{ workspaceId: string; taskId: string; kind: "due_soon" | "overdue" }>`
      WITH claimed AS MATERIALIZED (
        SELECT workspace_id, task_id, kind FROM due_notice WHERE at <= ${at}
        ORDER BY at LIMIT ${limit} FOR UPDATE SKIP LOCKED)
      DELETE FROM due_notice USING claimed
      WHERE due_notice.workspace_id = claimed.workspace_id AND due_notice.task_id = claimed.task_id
        AND due_notice.kind = claimed.kind
      RETURNING due_notice.workspace_id AS "workspaceId", due_notice.task_id AS "taskId", due_notice.kind`;
    if (claimed.length === 0) return 0;
    const told = await tx.sql<Omit<Told, "reminderId">>`
      SELECT task.workspace_id AS "workspaceId", person.agent_id AS "agentId", conversation.id AS "conversationId",
             conversation.space_id AS "spaceId", contact_id AS "contactId", staff_seq AS "staffSeq",
             notice.kind
      FROM json_to_recordset(${rowsOf(claimed)}) AS notice (workspace_id uuid, task_id uuid, kind text)
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
      -- It is as it stands now: what has ended is late no more, and of what is late nobody need hear that it will be.
      WHERE state_group NOT IN ('completed', 'cancelled') AND (due_at <= ${at}) = (notice.kind = 'overdue')`;
    await tellDue(tx, told, at);
    return claimed.length;
  },
};
