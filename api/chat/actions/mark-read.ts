import { type Actor, personId } from "../../kernel/actor.ts";
import { now } from "../../kernel/clock.ts";
import { sql } from "../../kernel/database.ts";
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

async function moveMark(actor: Actor, place: Place, seq: number): Promise<Moved> {
  // What it was before comes from the row that is changed: marks that arrive at once must not each believe they moved it.
  const [row] = await sql<Moved>`
    INSERT INTO read_mark AS mark (workspace_id, conversation_id, reader_id, seq, read_at)
    VALUES (${place.workspaceId}, ${place.conversationId}, ${personId(actor)}, ${seq}, ${now()})
    ON CONFLICT (workspace_id, conversation_id, reader_id)
      DO UPDATE SET seq = greatest(mark.seq, EXCLUDED.seq),
                    read_at = CASE WHEN EXCLUDED.seq > mark.seq THEN EXCLUDED.read_at ELSE mark.read_at END
    RETURNING new.seq, coalesce(old.seq, 0) AS before`;
  return row!;
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
