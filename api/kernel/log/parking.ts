import { inTransaction, sql, type Transaction } from "../database.ts";
import { log } from "../logging.ts";
import { type EventRow, type LoggedEvent, toEvent } from "./event.ts";
import type { DurableListener } from "./listener.ts";

/** Sets an event aside for a listener until it is replayed. */
export async function park(
  tx: Transaction,
  listener: DurableListener,
  event: LoggedEvent,
  reason: string,
): Promise<void> {
  await tx.sql`
    INSERT INTO parked_event (listener, position, conversation_id, reason)
    VALUES (${listener.name}, ${event.position}, ${event.conversationId}, ${reason.slice(0, 500)})`;
}

/** The conversations whose events the listener must not pass: one of theirs is parked. */
export async function conversationsParked(tx: Transaction, name: string): Promise<Set<string>> {
  const rows = await tx.sql<{
    id: string;
  }>`SELECT DISTINCT conversation_id AS id FROM parked_event WHERE listener = ${name}`;
  return new Set(rows.map((row) => row.id));
}

/**
 * Hears again what was parked for a listener, conversation by conversation and in order, all of a conversation in one
 * transaction. Answers how many events were heard and how many stay parked because one failed again.
 */
export async function replayParked(listener: DurableListener): Promise<{ heard: number; left: number }> {
  const conversations = await sql<{ id: string }>`
    SELECT conversation_id AS id FROM parked_event WHERE listener = ${listener.name} GROUP BY 1 ORDER BY min(position)`;
  let heard = 0;
  for (const { id } of conversations) {
    heard += await inTransaction((tx) => replayConversation(tx, listener, id)).catch((fault) => {
      log().warn({ err: fault, listener: listener.name, conversation: id }, "A replay failed.");
      return 0;
    });
  }
  const [rest] = await sql<{
    left: number;
  }>`SELECT count(*) AS left FROM parked_event WHERE listener = ${listener.name}`;
  return { heard, left: rest!.left };
}

async function replayConversation(tx: Transaction, listener: DurableListener, conversationId: string): Promise<number> {
  await tx.sql`SELECT FROM listener WHERE name = ${listener.name} FOR UPDATE`;
  const rows = await tx.sql<EventRow>`
    SELECT event.* FROM parked_event JOIN event USING (position)
    WHERE listener = ${listener.name} AND parked_event.conversation_id = ${conversationId} ORDER BY position`;
  for (const row of rows) await listener.react(tx, toEvent(row));
  await tx.sql`DELETE FROM parked_event WHERE listener = ${listener.name} AND conversation_id = ${conversationId}`;
  return rows.length;
}
