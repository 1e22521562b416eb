import type { TicketStatus } from "../../prisma/generated/client/client.ts";
import { takeNextTurn } from "../chat/conversation.ts";
import { perTransaction } from "../kernel/loader.ts";
import type { NewEvent } from "../kernel/log/event.ts";
import { type Projection, record } from "../kernel/log/record.ts";
import { fragment, rowsOf } from "../kernel/statement.ts";
import type { PersonRef } from "../people/person.ts";
import { isAssignable } from "./assignable.ts";
import "./events.ts";
import { MOVES } from "./ticket.ts";

type Message = NewEvent<"message.sent">;

/**
 * What a message changes of its conversation's ticket, in the message's own transaction, so that no list shows it late: its
 * place in the lists; a customer's message reopens a pending or resolved one, which is nobody's then if whose it was is gone;
 * an agent's reply that the customer can see makes one that was nobody's theirs.
 */
export const keepTicket: Projection<"message.sent"> = {
  name: "keep-ticket",
  hears: ["message.sent"],
  async apply(tx, message) {
    const { opened, freed, taken } = await follow(tx, message);
    const { occurredAt, payload } = message;
    // The bot's replies are the team's own: they open, free and take nothing.
    const by = payload.by as PersonRef;
    if (opened) {
      const turn = await takeNextTurn(tx, message, "everyone");
      const moved = { from: opened.from, to: MOVES.answer.to, by };
      await record(tx, { type: "ticket.moved", ...turn, occurredAt, payload: moved });
    }
    if (freed) {
      const turn = await takeNextTurn(tx, message, "staff");
      await record(tx, { type: "ticket.assigned", ...turn, occurredAt, payload: { from: freed.from, to: null, by } });
    }
    if (taken) {
      const turn = await takeNextTurn(tx, message, "staff");
      await record(tx, { type: "ticket.assigned", ...turn, occurredAt, payload: { from: null, to: by.id, by } });
    }
  },
};

/** What one message came to, besides the place in lists: it opened the ticket again, took it from who is gone, or made it its author's. */
type Followed = { opened: { from: TicketStatus } | false; freed: { from: string } | false; taken: boolean };

type Kept = { conversationId: string; from: TicketStatus; isOpened: boolean; goneId: string | null; isTaken: boolean };

const isHolderHere = isAssignable({
  workspaceId: fragment`found.workspace_id`,
  spaceId: fragment`found.space_id`,
  agentId: fragment`found.assignee_id`,
});

/** One UPDATE for all that share the transaction: of a conversation's answers the first one opens, of its replies the first one takes. */
const follow = perTransaction<Message, Followed>(async (tx, messages) => {
  const firsts = new Map([...Map.groupBy(messages, conversationOf)].map(([id, own]) => [id, firstsOf(own)]));
  const told = [...firsts].map(([conversationId, { workspaceId, answer, reply }]) => {
    return { workspaceId, conversationId, answeredAt: answer?.occurredAt, replierId: reply?.payload.by.id };
  });
  const rows = await tx.sql<Kept>`
    WITH found AS (
      SELECT ticket.*, space_id, conversation.staff_activity_at AS at, answered_at, replier_id,
             answered_at IS NOT NULL AND status = ANY(${MOVES.answer.from}::ticket_status[]) AS is_opened,
             replier_id IS NOT NULL AND assignee_id IS NULL AS is_taken
      FROM json_to_recordset(${rowsOf(told)}) AS told (
        workspace_id uuid, conversation_id uuid, answered_at timestamptz, replier_id uuid)
      JOIN ticket USING (workspace_id, conversation_id)
      JOIN conversation ON conversation.workspace_id = ticket.workspace_id AND conversation.id = ticket.conversation_id
    ), before AS MATERIALIZED (
      SELECT found.*, CASE WHEN is_opened AND assignee_id IS NOT NULL AND NOT ${isHolderHere} THEN assignee_id END AS gone_id
      FROM found
    )
    UPDATE ticket SET
      staff_activity_at = before.at,
      status = CASE WHEN is_opened THEN ${MOVES.answer.to} ELSE before.status END,
      status_at = CASE WHEN is_opened THEN answered_at ELSE before.status_at END,
      assignee_id = CASE WHEN is_taken THEN replier_id WHEN gone_id IS NULL THEN before.assignee_id END
    FROM before
    WHERE ticket.workspace_id = before.workspace_id AND ticket.conversation_id = before.conversation_id
    RETURNING before.conversation_id AS "conversationId", before.status AS from, is_opened AS "isOpened",
      gone_id AS "goneId", is_taken AS "isTaken"`;
  const kept = new Map(rows.map((row) => [row.conversationId, row]));
  return messages.map((message) => {
    const ticket = kept.get(message.conversationId);
    const { answer, reply } = firsts.get(message.conversationId)!;
    return {
      opened: message === answer && ticket?.isOpened === true && { from: ticket.from },
      freed: message === answer && ticket?.goneId != null && { from: ticket.goneId },
      taken: message === reply && ticket?.isTaken === true,
    };
  });
});

function conversationOf({ conversationId }: Message): string {
  return conversationId;
}

function firstsOf(messages: Message[]): { workspaceId: string; answer?: Message; reply?: Message } {
  const inOrder = messages.toSorted((one, other) => one.staffSeq - other.staffSeq);
  return {
    workspaceId: messages[0]!.workspaceId,
    answer: inOrder.find(({ payload }) => payload.by.kind === "contact"),
    reply: inOrder.find(({ payload, customerSeq }) => payload.by.kind === "agent" && customerSeq !== null),
  };
}
