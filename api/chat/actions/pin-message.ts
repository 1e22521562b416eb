import type { Message } from "../../../prisma/generated/client/client.ts";
import type { Actor } from "../../kernel/actor.ts";
import { type Outcome, refuse } from "../../kernel/outcome.ts";
import { type Act, type ActRefusal, actOnMessage, byOf, recordAct } from "../act-on-message.ts";
import { MOST_PINS } from "../message-policy.ts";

export type PinMessageRefusal = ActRefusal | "pins_too_many";

/**
 * Keeps a message at hand in its conversation, for all its staff, or no longer; up to `MOST_PINS`. Customers never learn of it.
 * Records `pin.changed`, unless it is so already.
 */
export function pinMessage(
  actor: Actor,
  { messageId, isPinned }: { messageId: string; isPinned: boolean },
): Promise<Outcome<Message, PinMessageRefusal>> {
  return actOnMessage(actor, { messageId, deed: "mark" }, async (act) => {
    if (isPinned && (await isFull(act))) return refuse("pins_too_many", ["input", "messageId"]);
    const isChanged = isPinned ? await pin(act) : await unpin(act);
    const payload = { messageId, by: byOf(act), isPinned };
    if (isChanged) await recordAct(act, "staff", { type: "pin.changed", payload });
    return undefined;
  });
}

async function isFull({ tx, message }: Act): Promise<boolean> {
  const [row] = await tx.sql<{ others: number }>`
    SELECT count(*) AS others FROM pin
    WHERE workspace_id = ${message.workspaceId} AND conversation_id = ${message.conversationId}
      AND message_id <> ${message.id}`;
  return row!.others >= MOST_PINS;
}

async function pin({ tx, message, agent, at }: Act): Promise<boolean> {
  const rows = await tx.sql`
    INSERT INTO pin (workspace_id, conversation_id, message_id, agent_id, pinned_at)
    VALUES (${message.workspaceId}, ${message.conversationId}, ${message.id}, ${agent.agentId}, ${at})
    ON CONFLICT DO NOTHING RETURNING 1`;
  return rows.length > 0;
}

async function unpin({ tx, message }: Act): Promise<boolean> {
  const rows = await tx.sql`
    DELETE FROM pin WHERE workspace_id = ${message.workspaceId} AND message_id = ${message.id} RETURNING 1`;
  return rows.length > 0;
}
