import type { Message } from "../../../prisma/generated/client/client.ts";
import type { Actor } from "../../kernel/actor.ts";
import { type Outcome, refuse } from "../../kernel/outcome.ts";
import { type Act, type ActRefusal, actOnMessage, byOf, recordAct } from "../act-on-message.ts";
import { readEmoji } from "../emoji.ts";
import { MOST_REACTIONS } from "../message-policy.ts";

export type ReactRefusal = ActRefusal | "emoji_unknown" | "reactions_too_many";

/**
 * Sets the agent's sign under a message, or takes it away: an emoji, given as itself or by its shortcode. Customers never
 * learn of it. Up to `MOST_REACTIONS` different ones stand under a message. Records `reaction.changed`, unless it is so already.
 */
export async function react(
  actor: Actor,
  { messageId, isOn, ...given }: { messageId: string; emoji: string; isOn: boolean },
): Promise<Outcome<Message, ReactRefusal>> {
  const emoji = readEmoji(given.emoji);
  if (emoji === undefined) return refuse("emoji_unknown", ["input", "emoji"]);
  return actOnMessage(actor, { messageId, deed: "mark" }, async (act) => {
    if (isOn && (await isFull(act, emoji))) return refuse("reactions_too_many", ["input", "emoji"]);
    const isChanged = isOn ? await set(act, emoji) : await takeAway(act, emoji);
    const payload = { messageId, emoji, by: byOf(act), isOn };
    if (isChanged) await recordAct(act, "staff", { type: "reaction.changed", payload });
    return undefined;
  });
}

async function isFull({ tx, message }: Act, emoji: string): Promise<boolean> {
  const [row] = await tx.sql<{ others: number }>`
    SELECT count(DISTINCT emoji) AS others FROM reaction
    WHERE workspace_id = ${message.workspaceId} AND message_id = ${message.id} AND emoji <> ${emoji}`;
  return row!.others >= MOST_REACTIONS;
}

async function set({ tx, message, agent, at }: Act, emoji: string): Promise<boolean> {
  const rows = await tx.sql`
    INSERT INTO reaction (workspace_id, message_id, agent_id, emoji, created_at)
    VALUES (${message.workspaceId}, ${message.id}, ${agent.agentId}, ${emoji}, ${at})
    ON CONFLICT DO NOTHING RETURNING 1`;
  return rows.length > 0;
}

async function takeAway({ tx, message, agent }: Act, emoji: string): Promise<boolean> {
  const rows = await tx.sql`
    DELETE FROM reaction
    WHERE workspace_id = ${message.workspaceId} AND message_id = ${message.id} AND agent_id = ${agent.agentId}
      AND emoji = ${emoji}
    RETURNING 1`;
  return rows.length > 0;
}
