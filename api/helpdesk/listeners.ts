import type { DurableListener } from "../kernel/log/listener.ts";

/** Notes when an agent first answered the customer: what first-response targets are measured by. A private note is no answer. */
export const noteFirstReply: DurableListener<"message.sent"> = {
  name: "note-first-reply",
  hears: ["message.sent"],
  async react(tx, event) {
    if (event.payload.by.kind !== "agent" || event.customerSeq === null) return;
    await tx.sql`
      UPDATE ticket SET first_reply_at = ${event.occurredAt}
      WHERE workspace_id = ${event.workspaceId} AND conversation_id = ${event.conversationId} AND first_reply_at IS NULL`;
  },
};
