import type { Actor } from "../../kernel/actor.ts";
import { now } from "../../kernel/clock.ts";
import { sql } from "../../kernel/database.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { mayChange } from "../../people/policy.ts";
import { findPlace } from "../conversation.ts";
import { tellOwn } from "../tell-own.ts";

export type MarkUnreadRefusal = "conversation_not_found" | "seq_invalid" | "not_permitted";

/**
 * Lets what stands in a conversation from `seq` on count as unread for the agent again, until they mark it read. It changes
 * what they see alone, in all their windows: how far they have read, as others are told, never goes back.
 */
export async function markUnread(
  actor: Actor,
  { conversationId, seq }: { conversationId: string; seq: number },
): Promise<Outcome<{ conversationId: string }, MarkUnreadRefusal>> {
  if (!mayChange(actor)) return refuse("not_permitted");
  const place = await findPlace(actor, conversationId);
  if (!place) return refuse("conversation_not_found", ["input", "conversationId"]);
  if (seq < 1 || seq > place.seq) return refuse("seq_invalid", ["input", "seq"]);
  await sql`
    INSERT INTO read_mark (workspace_id, conversation_id, reader_id, seq, unread_from, read_at)
    VALUES (${actor.workspaceId}, ${conversationId}, ${actor.agentId}, 0, ${seq}, ${now()})
    ON CONFLICT (workspace_id, conversation_id, reader_id) DO UPDATE SET unread_from = excluded.unread_from`;
  tellOwn(actor, place, { what: "unread" });
  return done({ conversationId });
}
