import { type Actor, personId } from "../../kernel/actor.ts";
import { now } from "../../kernel/clock.ts";
import { inTransaction, sql } from "../../kernel/database.ts";
import { signal } from "../../kernel/live/signal.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { findPlace, type Place } from "../conversation.ts";
import { mayWrite } from "../policy.ts";

export type MarkReadRefusal = "conversation_not_found" | "seq_invalid" | "not_permitted";

type Moved = { seq: number; before: number };

/**
 * Marks the conversation read by the actor up to `seq`, in the numbers of their own class; a mark never goes back.
 * Answers the mark as it stands. A signal, not an event: nothing is recorded.
 */
export async function markRead(
  actor: Actor,
  input: { conversationId: string; seq: number },
): Promise<Outcome<{ seq: number }, MarkReadRefusal>> {
  if (!mayWrite(actor, "everyone")) return refuse("not_permitted");
  const place = await findPlace(actor, input.conversationId);
  if (!place) return refuse("conversation_not_found", ["input", "conversationId"]);
  if (input.seq < 0 || input.seq > place.seq) return refuse("seq_invalid", ["input", "seq"]);

  const moved = await moveMark(actor, place, input.seq);
  if (moved.seq > moved.before) await tellOthers(actor, place, moved);
  return done({ seq: moved.seq });
}

/** Under the mark's row lock: marks that arrive at once must not each believe they moved it. */
async function moveMark(actor: Actor, place: Place, seq: number): Promise<Moved> {
  const { workspaceId, conversationId } = place;
  const readerId = personId(actor);
  const at = now();
  return inTransaction(async (tx) => {
    const made = tx.sql`
      INSERT INTO read_mark (workspace_id, conversation_id, reader_id, seq, read_at)
      VALUES (${workspaceId}, ${conversationId}, ${readerId}, 0, ${at}) ON CONFLICT DO NOTHING`;
    const locked = tx.sql<{ seq: number }>`
      SELECT seq FROM read_mark
      WHERE workspace_id = ${workspaceId} AND conversation_id = ${conversationId} AND reader_id = ${readerId} FOR UPDATE`;
    const moved = tx.sql`
      UPDATE read_mark SET seq = ${seq}, read_at = ${at}
      WHERE workspace_id = ${workspaceId} AND conversation_id = ${conversationId} AND reader_id = ${readerId}
        AND seq < ${seq}`;
    const [, [row]] = await Promise.all([made, locked, moved]);
    return { seq: Math.max(row!.seq, seq), before: row!.seq };
  });
}

/** Each class hears it in its own numbers, and the customer only where a message of theirs was passed: a note leaves no trace. */
async function tellOthers(actor: Actor, place: Place, { seq, before }: Moved): Promise<void> {
  const isStaff = actor.kind === "agent";
  const [other] = await sql<{ seq: number; before: number }>`
    SELECT coalesce(max(CASE WHEN ${isStaff}::boolean THEN customer_seq ELSE staff_seq END), 0) AS seq,
           coalesce(max(CASE WHEN ${isStaff}::boolean THEN customer_seq ELSE staff_seq END)
                    FILTER (WHERE CASE WHEN ${isStaff}::boolean THEN staff_seq ELSE customer_seq END <= ${before}), 0) AS before
    FROM message
    WHERE workspace_id = ${place.workspaceId} AND conversation_id = ${place.conversationId}
      AND CASE WHEN ${isStaff}::boolean THEN staff_seq ELSE customer_seq END <= ${seq}`;
  const by = { kind: isStaff ? ("agent" as const) : ("contact" as const), id: personId(actor) };
  const { workspaceId, conversationId, spaceId, contactId } = place;
  const sign = { type: "read.marked" as const, workspaceId, conversationId, spaceId, contactId, occurredAt: now() };
  signal({ ...sign, readers: isStaff ? "staff" : "customer", payload: { by, seq } });
  if (other!.seq > other!.before)
    signal({ ...sign, readers: isStaff ? "customer" : "staff", payload: { by, seq: other!.seq } });
}
