import type { Task } from "../../prisma/generated/client/client.ts";
import type { Page } from "../chat/queries.ts";
import { sql } from "../kernel/database.ts";
import { type EventRow, toEvent } from "../kernel/log/event.ts";
import { fragment } from "../kernel/statement.ts";
import type { TaskLogged } from "./event-schema.ts";

/** A page of what became of a task, oldest first, keyed by the numbers of its conversation: a range of an index of these alone. */
export async function findHistory(
  { workspaceId, conversationId }: Pick<Task, "workspaceId" | "conversationId">,
  { after = 0, before, limit, inverted }: Page<number>,
): Promise<TaskLogged[]> {
  const isBefore = before === undefined ? fragment`true` : fragment`staff_seq < ${before}`;
  const rows = await sql<EventRow>`
    SELECT * FROM event
    WHERE workspace_id = ${workspaceId} AND conversation_id = ${conversationId}
      AND type IN ('task.created', 'task.moved', 'task.changed', 'task.assigned', 'task.linked', 'task.ranked')
      AND staff_seq > ${after} AND ${isBefore}
    ORDER BY ${inverted ? fragment`staff_seq DESC` : fragment`staff_seq`} LIMIT ${limit}`;
  return rows.map(toEvent) as TaskLogged[];
}
