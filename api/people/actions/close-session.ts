import type { Actor } from "../../kernel/actor.ts";
import { sql } from "../../kernel/database.ts";
import { isId } from "../../kernel/id.ts";
import { takeAway } from "../../kernel/live/rights.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { mayChange } from "../policy.ts";
import { keyOf } from "../rights.ts";

/**
 * Signs another browser of one's own out, at once, with the streams that it has open. Refuses `not_permitted`, and
 * `session_not_found` also for a session of somebody else.
 */
export async function closeSession(
  actor: Actor,
  { sessionId }: { sessionId: string },
): Promise<Outcome<{ sessionId: string }, "not_permitted" | "session_not_found">> {
  if (!mayChange(actor)) return refuse("not_permitted");
  const { workspaceId, agentId } = actor;
  const [closed] = isId(sessionId)
    ? await sql`
        DELETE FROM session WHERE workspace_id = ${workspaceId} AND id = ${sessionId} AND agent_id = ${agentId}
        RETURNING id`
    : [];
  if (!closed) return refuse("session_not_found", ["input", "sessionId"]);
  takeAway(keyOf.session(workspaceId, sessionId));
  return done({ sessionId });
}
