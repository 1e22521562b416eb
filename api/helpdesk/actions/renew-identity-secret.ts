import { createHash, randomBytes } from "node:crypto";
import type { Actor } from "../../kernel/actor.ts";
import { sql } from "../../kernel/database.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { mayAdminister } from "../../people/policy.ts";
import { findInbox } from "../queries.ts";

export type RenewIdentitySecretInput = {
  inboxId: string;
  /** The `secretMark` of the secret that it takes the place of; undefined: whichever there is. */
  replacing?: string;
};

/** Answers by what a page tells one secret from another without holding it; null: there is none yet. */
export function secretMark(secret: string | null): string {
  return createHash("sha256")
    .update(secret ?? "")
    .digest("hex");
}

/**
 * Gives an inbox a new secret, 256 bits in base64url, with which its site signs who a visitor is. What was signed with the
 * one before is believed no more. For owners and admins. The answer alone shows it. Refuses `not_permitted`,
 * `inbox_not_found`, and `secret_changed` where the secret is another one by now than it was to replace.
 */
export async function renewIdentitySecret(
  actor: Actor,
  { inboxId, replacing }: RenewIdentitySecretInput,
): Promise<Outcome<{ inboxId: string; secret: string }, "not_permitted" | "inbox_not_found" | "secret_changed">> {
  if (!mayAdminister(actor)) return refuse("not_permitted");
  const inbox = await findInbox(actor, inboxId);
  if (!inbox) return refuse("inbox_not_found", ["input", "inboxId"]);
  const secret = randomBytes(32).toString("base64url");
  const [renewed] = await sql`
    UPDATE inbox SET identity_secret = ${secret}
    WHERE workspace_id = ${actor.workspaceId} AND id = ${inbox.id}
      AND (${replacing ?? null}::text IS NULL
        OR encode(sha256(convert_to(coalesce(identity_secret, ''), 'UTF8')), 'hex') = ${replacing ?? null}::text)
    RETURNING id`;
  return renewed ? done({ inboxId, secret }) : refuse("secret_changed", ["input", "replacing"]);
}
