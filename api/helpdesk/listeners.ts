import { perTransaction } from "../kernel/loader.ts";
import type { LoggedEvent } from "../kernel/log/event.ts";
import type { DurableListener } from "../kernel/log/listener.ts";
import { rowsOf } from "../kernel/statement.ts";

/** Notes when an agent first answered the customer: what first-response targets are measured by. A private note is no answer. */
export const noteFirstReply: DurableListener<"message.sent"> = {
  name: "note-first-reply",
  hears: ["message.sent"],
  async react(tx, event) {
    if (event.payload.by.kind === "agent" && event.customerSeq !== null) await note(tx, event);
  },
};

const note = perTransaction<LoggedEvent<"message.sent">, void>(async (tx, replies) => {
  await tx.sql`
    UPDATE ticket SET first_reply_at = reply.occurred_at
    FROM (SELECT workspace_id, conversation_id, told.occurred_at
          FROM (SELECT workspace_id, conversation_id, min(occurred_at) AS occurred_at
                FROM json_populate_recordset(NULL::event, ${rowsOf(replies)}) GROUP BY 1, 2) AS told
          JOIN ticket USING (workspace_id, conversation_id)
          WHERE first_reply_at IS NULL
          -- In the order in which sends lock tickets: the two must not wait for each other.
          ORDER BY conversation_id FOR UPDATE OF ticket) AS reply
    WHERE ticket.workspace_id = reply.workspace_id AND ticket.conversation_id = reply.conversation_id`;
  return replies.map(() => undefined);
});
