import type { Message } from "../../prisma/generated/client/client.ts";
import type { Transaction } from "../kernel/database.ts";
import { perTransaction } from "../kernel/loader.ts";
import { rowsOf } from "../kernel/statement.ts";
import { inMainLine } from "./main-line.ts";

type Reader = { conversationId: string; agentId: string; seq: number };

/**
 * Inserts a message. An agent who answers the customer has read what stands before: their mark moves in the same statement.
 * Answers whether they passed more by it than their own answers, as the customer counts: whether others wrote notes
 * meanwhile must not show.
 *
 * A note moves no mark, since the customer would see its writer's. Neither does a customer's message: one that waited for
 * the line is sent later, perhaps after answers they have not seen.
 */
export const insertMessage: (tx: Transaction, message: Message) => Promise<boolean> = perTransaction(
  async (tx: Transaction, messages: Message[]) => {
    const readers = await tx.sql<Reader>`
      WITH written AS (
        INSERT INTO message SELECT * FROM json_populate_recordset(NULL::message, ${rowsOf(messages)}) RETURNING *
      ), answered AS (
        SELECT workspace_id, conversation_id, agent_id, max(staff_seq) AS staff_seq, max(customer_seq) AS customer_seq,
               max(sent_at) AS sent_at, count(*) AS answers
        FROM written WHERE agent_id IS NOT NULL AND customer_seq IS NOT NULL
        GROUP BY workspace_id, conversation_id, agent_id
      ), moved AS (
        INSERT INTO read_mark (workspace_id, conversation_id, reader_id, seq, read_at)
        SELECT workspace_id, conversation_id, agent_id, staff_seq, sent_at FROM answered
        ON CONFLICT (workspace_id, conversation_id, reader_id) DO UPDATE SET seq = excluded.seq, unread_from = NULL, read_at = excluded.read_at
        WHERE read_mark.seq < excluded.seq
      )
      SELECT conversation_id AS "conversationId", agent_id AS "agentId", staff_seq AS seq
      FROM answered
      WHERE customer_seq - answers > coalesce((
        SELECT read.customer_seq
        FROM read_mark AS mark, LATERAL (
          SELECT customer_seq FROM message
          WHERE workspace_id = mark.workspace_id AND conversation_id = mark.conversation_id AND staff_seq <= mark.seq
            AND ${inMainLine} AND customer_seq IS NOT NULL
          ORDER BY staff_seq DESC LIMIT 1) AS read
        WHERE mark.workspace_id = answered.workspace_id AND mark.conversation_id = answered.conversation_id
          AND mark.reader_id = answered.agent_id), 0)`;
    return messages.map(({ conversationId, agentId, staffSeq }) =>
      readers.some((one) => one.seq === staffSeq && one.agentId === agentId && one.conversationId === conversationId),
    );
  },
);
