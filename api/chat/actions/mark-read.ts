import { type Actor, personId } from "../../kernel/actor.ts";
import { now } from "../../kernel/clock.ts";
import { inTransaction, sql } from "../../kernel/database.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { findPlace, type Place } from "../conversation.ts";
import { inMainLine } from "../main-line.ts";
import { mayWrite } from "../policy.ts";
import { tellOwn } from "../tell-own.ts";
import { tellRead } from "../tell-read.ts";

export type MarkReadRefusal = "conversation_not_found" | "seq_invalid" | "not_permitted";

type Moved = { seq: number; before: number; isReadAgain: boolean };

/**
 * Marks the conversation read by the actor up to `seq`, in the numbers of their own class; a mark never goes back, and
 * what was marked unread up to there is read again.
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
  else if (moved.isReadAgain && actor.kind === "agent") tellOwn(actor, place, { what: "read", seq: moved.seq });
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
    const locked = tx.sql<{ seq: number; isReadAgain: boolean }>`
      SELECT seq, coalesce(unread_from <= ${seq}, false) AS "isReadAgain" FROM read_mark
      WHERE workspace_id = ${workspaceId} AND conversation_id = ${conversationId} AND reader_id = ${readerId} FOR UPDATE`;
    const moved = tx.sql`
      UPDATE read_mark SET seq = greatest(seq, ${seq}::int), unread_from = CASE WHEN unread_from > ${seq} THEN unread_from END,
        read_at = CASE WHEN seq < ${seq} THEN ${at}::timestamptz ELSE read_at END
      WHERE workspace_id = ${workspaceId} AND conversation_id = ${conversationId} AND reader_id = ${readerId}
        AND (seq < ${seq} OR unread_from <= ${seq})`;
    const [, [row]] = await Promise.all([made, locked, moved]);
    return { seq: Math.max(row!.seq, seq), before: row!.seq, isReadAgain: row!.isReadAgain };
  });
}

/** Each class hears it in its own numbers, and the customer only where a message of theirs was passed: a note leaves no trace. */
async function tellOthers(actor: Actor, place: Place, { seq, before }: Pick<Moved, "seq" | "before">): Promise<void> {
  const isStaff = actor.kind === "agent";
  const [other] = await sql<{ seq: number; before: number }>`
    SELECT coalesce(max(CASE WHEN ${isStaff}::boolean THEN customer_seq ELSE staff_seq END), 0) AS seq,
           coalesce(max(CASE WHEN ${isStaff}::boolean THEN customer_seq ELSE staff_seq END)
                    FILTER (WHERE CASE WHEN ${isStaff}::boolean THEN staff_seq ELSE customer_seq END <= ${before}), 0) AS before
    FROM message
    WHERE workspace_id = ${place.workspaceId} AND conversation_id = ${place.conversationId} AND ${inMainLine}
      AND CASE WHEN ${isStaff}::boolean THEN staff_seq ELSE customer_seq END <= ${seq}`;
  tellRead(actor, place, { seq, othersSeq: other!.seq > other!.before ? other!.seq : null });
}
