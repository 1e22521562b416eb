import type { TicketStatus } from "../../prisma/generated/client/client.ts";
import { takeNextTurn } from "../chat/conversation.ts";
import type { Projection } from "../kernel/log/record.ts";
import { record } from "../kernel/log/record.ts";
import { MOVES } from "./ticket.ts";

/** A customer's message reopens a pending or resolved ticket, in the message's own transaction: no list shows it late. */
export const reopenOnAnswer: Projection<"message.sent"> = {
  name: "reopen-on-answer",
  hears: ["message.sent"],
  async apply(tx, event) {
    const { by } = event.payload;
    if (by.kind !== "contact") return;
    const { from: openFrom, to } = MOVES.answer;
    const [moved] = await tx.sql<{ from: TicketStatus }>`
      UPDATE ticket SET status = ${to}, status_at = ${event.occurredAt}
      FROM (SELECT status FROM ticket
            WHERE workspace_id = ${event.workspaceId} AND conversation_id = ${event.conversationId} FOR UPDATE) AS before
      WHERE workspace_id = ${event.workspaceId} AND conversation_id = ${event.conversationId}
        AND before.status = ANY(${openFrom}::ticket_status[])
      RETURNING before.status AS from`;
    if (!moved) return;
    const turn = await takeNextTurn(tx, event);
    await record(tx, {
      type: "ticket.moved",
      ...turn,
      occurredAt: event.occurredAt,
      payload: { from: moved.from, to, by },
    });
  },
};
