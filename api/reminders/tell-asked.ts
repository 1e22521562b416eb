import type { Alarm } from "../kernel/alarms.ts";
import { fragment } from "../kernel/statement.ts";
import { recordTold, type Told } from "./tell.ts";

/** The last of what others said up to the message of a reminder that is still there, and that its person has not read. */
const lastUnread = fragment`
  SELECT message.id FROM message AS last
  JOIN message ON message.workspace_id = last.workspace_id AND message.conversation_id = last.conversation_id
    AND message.staff_seq <= last.staff_seq
  LEFT JOIN read_mark ON read_mark.workspace_id = last.workspace_id
    AND read_mark.conversation_id = last.conversation_id AND reader_id = reminder.agent_id
  WHERE last.workspace_id = reminder.workspace_id AND last.id = reminder.message_id
    AND message.staff_seq > coalesce(read_mark.seq, 0) AND message.deleted_at IS NULL
    AND message.agent_id IS DISTINCT FROM reminder.agent_id AND (message.thread_id IS NULL OR message.is_broadcast)
  ORDER BY message.staff_seq DESC LIMIT 1`;

/**
 * Tells people what they or a colleague asked for, once its time has come, in the transaction that claims it: once, also where
 * several processes want to and one of them dies. What is about a conversation that they see no more is told to nobody, and is gone;
 * so are comments that they have read meanwhile, or that were deleted.
 */
export const tellAsked: Alarm = {
  name: "tell-asked",
  async ring(tx, { at, limit }) {
    const claimed = await tx.sql<{ workspaceId: string; id: string }>`
      WITH claimed AS MATERIALIZED (
        SELECT workspace_id, id FROM reminder WHERE told_at IS NULL AND at <= ${at}
        ORDER BY at LIMIT ${limit} FOR UPDATE SKIP LOCKED)
      UPDATE reminder SET told_at = ${at} FROM claimed
      WHERE reminder.workspace_id = claimed.workspace_id AND reminder.id = claimed.id
      RETURNING reminder.workspace_id AS "workspaceId", reminder.id`;
    if (claimed.length === 0) return 0;
    const ids = claimed.map(({ id }) => id);
    // By the workspace too: that is what every index begins with.
    const workspaceIds = [...new Set(claimed.map(({ workspaceId }) => workspaceId))];
    await tx.sql`
      UPDATE reminder SET message_id = (${lastUnread})
      WHERE workspace_id = ANY(${workspaceIds}::uuid[]) AND id = ANY(${ids}::uuid[]) AND kind = 'commented'`;
    const told = await tx.sql<Told>`
      SELECT reminder.workspace_id AS "workspaceId", reminder.id AS "reminderId", reminder.agent_id AS "agentId", reminder.kind,
             conversation.id AS "conversationId", conversation.space_id AS "spaceId", contact_id AS "contactId",
             staff_seq AS "staffSeq"
      FROM reminder
      JOIN conversation ON conversation.workspace_id = reminder.workspace_id AND conversation.id = reminder.conversation_id
      JOIN space_member AS member ON member.workspace_id = reminder.workspace_id
        AND member.space_id = conversation.space_id AND member.agent_id = reminder.agent_id
      JOIN agent ON agent.workspace_id = reminder.workspace_id AND agent.id = reminder.agent_id AND disabled_at IS NULL
      WHERE reminder.workspace_id = ANY(${workspaceIds}::uuid[]) AND reminder.id = ANY(${ids}::uuid[])
        AND (reminder.kind <> 'commented' OR reminder.message_id IS NOT NULL)`;
    const known = new Set(told.map(({ reminderId }) => reminderId));
    const lost = ids.filter((id) => !known.has(id));
    if (lost.length > 0)
      await tx.sql`
        DELETE FROM reminder WHERE workspace_id = ANY(${workspaceIds}::uuid[]) AND id = ANY(${lost}::uuid[])`;
    await recordTold(tx, told, at);
    return claimed.length;
  },
};
