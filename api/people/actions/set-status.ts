import type { Actor } from "../../kernel/actor.ts";
import { now } from "../../kernel/clock.ts";
import { sql } from "../../kernel/database.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { mayChange } from "../policy.ts";
import { tellStatus } from "../presence/directory.ts";
import { NO_STATUS, readStatus, type Status, type StatusInput, type StatusRefusal } from "../presence/status.ts";

export type SetStatusRefusal = "not_permitted" | StatusRefusal;

/**
 * Says what the actor does, in place of what they said before; with nothing given, nothing. Told at once to whoever looks at
 * them, and once more when it ends. Refuses `not_permitted` to customers and to tokens that may only ask,
 * `status_text_invalid`, `status_emoji_invalid` and `status_end_invalid`.
 */
export async function setStatus(actor: Actor, input: StatusInput): Promise<Outcome<Status, SetStatusRefusal>> {
  if (!mayChange(actor)) return refuse("not_permitted");
  const read = readStatus(input, now());
  if (!read.ok) return read;

  const { workspaceId, agentId } = actor;
  const { availability, text, emoji, endsAt } = read.value;
  const isNone = availability === "available" && text === "" && emoji === null;
  if (isNone) await sql`DELETE FROM agent_status WHERE workspace_id = ${workspaceId} AND agent_id = ${agentId}`;
  else
    await sql`
      INSERT INTO agent_status (workspace_id, agent_id, availability, text, emoji, ends_at)
      VALUES (${workspaceId}, ${agentId}, ${availability}, ${text}, ${emoji}, ${endsAt})
      ON CONFLICT (workspace_id, agent_id) DO UPDATE
      SET availability = excluded.availability, text = excluded.text, emoji = excluded.emoji, ends_at = excluded.ends_at`;
  tellStatus(actor);
  return done(isNone ? NO_STATUS : read.value);
}
