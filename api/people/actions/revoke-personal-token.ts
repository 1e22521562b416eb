import type { Actor } from "../../kernel/actor.ts";
import { now } from "../../kernel/clock.ts";
import { sql } from "../../kernel/database.ts";
import { isId } from "../../kernel/id.ts";
import { takeAway } from "../../kernel/live/rights.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { mayAdminister, mayChange } from "../policy.ts";
import { keyOf } from "../rights.ts";

/**
 * Revokes a personal token for ever and ends what is open by it: one's own, or as an owner or admin anybody's. Refuses
 * `not_permitted`, and `token_not_found` also for a token that is not the actor's to revoke. Revoked already is done.
 */
export async function revokePersonalToken(
  actor: Actor,
  { tokenId }: { tokenId: string },
): Promise<Outcome<{ tokenId: string }, "not_permitted" | "token_not_found">> {
  if (!mayChange(actor)) return refuse("not_permitted");
  const { workspaceId } = actor;
  const [revoked] = isId(tokenId)
    ? await sql`
        UPDATE personal_token SET revoked_at = coalesce(revoked_at, ${now()})
        WHERE workspace_id = ${workspaceId} AND id = ${tokenId}
          AND (agent_id = ${actor.agentId} OR ${mayAdminister(actor)}::boolean)
        RETURNING id`
    : [];
  if (!revoked) return refuse("token_not_found", ["input", "tokenId"]);
  takeAway(keyOf.token(workspaceId, tokenId));
  return done({ tokenId });
}
