import type { AttentionLevel } from "../../../prisma/generated/client/client.ts";
import type { Actor } from "../../kernel/actor.ts";
import { sql } from "../../kernel/database.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { mayChange } from "../../people/policy.ts";
import { findPlace } from "../conversation.ts";
import { isRoom } from "../own-rooms.ts";
import { tellOwn } from "../tell-own.ts";

/** What of it is to change; what is left out stays. */
export type AttentionInput = {
  conversationId: string;
  level?: AttentionLevel | undefined;
  isStarred?: boolean | undefined;
};

export type AttentionRefusal = "not_permitted" | "conversation_not_found";

/** Sets of what in a room the agent wants to be told, and whether it stands first among theirs. Their own affair: nobody is told, and it goes when they leave. */
export async function setAttention(
  actor: Actor,
  { conversationId, level, isStarred }: AttentionInput,
): Promise<Outcome<{ conversationId: string }, AttentionRefusal>> {
  if (!mayChange(actor)) return refuse("not_permitted");
  const path = ["input", "conversationId"];
  const place = await findPlace(actor, conversationId);
  if (!place || place.contactId !== null) return refuse("conversation_not_found", path);
  const set = await sql`
    UPDATE space_member
    SET level = coalesce(${level ?? null}::attention_level, level), is_starred = coalesce(${isStarred ?? null}::boolean, is_starred)
    WHERE workspace_id = ${actor.workspaceId} AND space_id = ${place.spaceId} AND agent_id = ${actor.agentId}
      AND EXISTS (SELECT FROM conversation WHERE workspace_id = ${actor.workspaceId} AND id = ${conversationId} AND ${isRoom})
    RETURNING agent_id`;
  if (set.length === 0) return refuse("conversation_not_found", path);
  tellOwn(actor, place, { what: "attention" });
  return done({ conversationId });
}
