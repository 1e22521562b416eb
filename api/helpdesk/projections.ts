import type { TicketStatus } from "../../prisma/generated/client/client.ts";
import { takeNextTurn } from "../chat/conversation.ts";
import { perTransaction } from "../kernel/loader.ts";
import type { Projection } from "../kernel/log/record.ts";
import { record } from "../kernel/log/record.ts";
import { rowsOf } from "../kernel/statement.ts";
import { MOVES } from "./ticket.ts";

/** A customer's message reopens a pending or resolved ticket, in the message's own transaction: no list shows it late. */
export const reopenOnAnswer: Projection<"message.sent"> = {
  name: "reopen-on-answer",
  hears: ["message.sent"],
  async apply(tx, event) {
    const { workspaceId, conversationId, staffSeq, occurredAt, payload } = event;
    if (payload.by.kind !== "contact") return;
    const from = await reopen(tx, { workspaceId, conversationId, staffSeq, occurredAt });
    if (!from) return;
    const turn = await takeNextTurn(tx, event);
    const to = MOVES.answer.to;
    await record(tx, { type: "ticket.moved", ...turn, occurredAt, payload: { from, to, by: payload.by } });
  },
};

type Answered = { workspaceId: string; conversationId: string; staffSeq: number; occurredAt: Date };

/** The status that each answer ended; undefined where it changed nothing. Of several answers at once the first reopens. */
const reopen = perTransaction<Answered, TicketStatus | undefined>(async (tx, answers) => {
  const moved = await tx.sql<{ conversationId: string; staffSeq: number; from: TicketStatus }>`
    UPDATE ticket SET status = ${MOVES.answer.to}, status_at = before.occurred_at
    FROM (SELECT DISTINCT ON (answer.conversation_id) answer.*, status
          FROM json_to_recordset(${rowsOf(answers)}) AS answer (
            workspace_id uuid, conversation_id uuid, staff_seq int, occurred_at timestamptz)
          JOIN ticket USING (workspace_id, conversation_id)
          WHERE status = ANY(${MOVES.answer.from}::ticket_status[])
          ORDER BY answer.conversation_id, staff_seq) AS before
    WHERE ticket.workspace_id = before.workspace_id AND ticket.conversation_id = before.conversation_id
      AND ticket.status = before.status
    RETURNING before.conversation_id AS "conversationId", before.staff_seq AS "staffSeq", before.status AS from`;
  return answers.map(
    (answer) =>
      moved.find((one) => one.conversationId === answer.conversationId && one.staffSeq === answer.staffSeq)?.from,
  );
});
