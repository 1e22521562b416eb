import { randomBytes } from "node:crypto";
import type { Actor } from "../../kernel/actor.ts";
import { sql } from "../../kernel/database.ts";
import { isId } from "../../kernel/id.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { mayAdminister } from "../../people/policy.ts";

/**
 * Gives an inbox a new secret, 256 bits in base64url, with which its site signs who a visitor is. What was signed with the
 * one before is believed no more. For owners and admins. The answer alone shows it. Refuses `not_permitted` and
 * `inbox_not_found`.
 */
export async function renewIdentitySecret(
  actor: Actor,
  { inboxId }: { inboxId: string },
): Promise<Outcome<{ inboxId: string; secret: string }, "not_permitted" | "inbox_not_found">> {
  if (!mayAdminister(actor)) return refuse("not_permitted");
  const secret = randomBytes(32).toString("base64url");
  const [renewed] = isId(inboxId)
    ? await sql`
        UPDATE inbox SET identity_secret = ${secret} WHERE workspace_id = ${actor.workspaceId} AND id = ${inboxId}
        RETURNING id`
    : [];
  return renewed ? done({ inboxId, secret }) : refuse("inbox_not_found", ["input", "inboxId"]);
}
