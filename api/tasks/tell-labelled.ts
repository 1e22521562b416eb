import type { AgentActor } from "../kernel/actor.ts";
import { now } from "../kernel/clock.ts";
import type { Transaction } from "../kernel/database.ts";
import { record } from "../kernel/log/record.ts";
import "./events.ts";

/**
 * Records `task.changed` of each task that has a label, before the label changes or goes: few statements, however many tasks
 * there are. Its project is locked alone, so that no task gets the label or loses it meanwhile.
 */
export async function tellLabelled(tx: Transaction, agent: AgentActor, labelId: string): Promise<void> {
  const { workspaceId, agentId } = agent;
  // Whoever changes a task holds its conversation's lock: all are taken, in one order.
  await tx.sql`
    SELECT FROM conversation
    WHERE workspace_id = ${workspaceId} AND id IN (
      SELECT task_id FROM task_label WHERE workspace_id = ${workspaceId} AND label_id = ${labelId})
    ORDER BY id FOR NO KEY UPDATE`;
  const told = await tx.sql<{ conversationId: string; spaceId: string; staffSeq: number }>`
    WITH changed AS (
      UPDATE task SET version = version + 1 FROM task_label AS own
      WHERE task.workspace_id = ${workspaceId} AND own.workspace_id = task.workspace_id
        AND own.task_id = task.conversation_id AND own.label_id = ${labelId}
      RETURNING task.conversation_id
    )
    UPDATE conversation SET staff_seq = staff_seq + 1 FROM changed
    WHERE workspace_id = ${workspaceId} AND id = changed.conversation_id
    RETURNING id AS "conversationId", space_id AS "spaceId", staff_seq AS "staffSeq"`;
  const payload = { what: ["labels" as const], by: { kind: "agent" as const, id: agentId } };
  const at = now();
  await Promise.all(
    told.map((place) =>
      record(tx, {
        ...{ type: "task.changed", workspaceId, ...place, contactId: null, customerSeq: null },
        ...{ occurredAt: at, payload },
      }),
    ),
  );
}
