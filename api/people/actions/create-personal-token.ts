import { now } from "../../kernel/clock.ts";
import { sql } from "../../kernel/database.ts";
import { newId } from "../../kernel/id.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { newPersonalToken, type TokenScope, tokenHash, tokenHint } from "../token.ts";

const DAY_MS = 24 * 3_600_000;
const MAX_NAME_CHARACTERS = 100;
const MAX_LIFETIME_DAYS = 366;

export type CreatePersonalTokenInput = {
  workspaceId: string;
  agentId: string;
  name: string;
  /** "write" without "read" is not a thing: writing answers what was written. */
  scopes: TokenScope[];
  lifetimeDays: number;
};

export type NewPersonalToken = { tokenId: string; token: string; hint: string; expiresAt: Date };

/**
 * Gives an agent a token for the API. The answer alone holds the token: only its hash is stored.
 * Refuses a name that is empty or longer than 100 characters, scopes without "read", and a life of less than one day
 * or more than 366.
 */
export async function createPersonalToken(
  input: CreatePersonalTokenInput,
): Promise<Outcome<NewPersonalToken, "token_name_invalid" | "token_scopes_invalid" | "token_lifetime_invalid">> {
  const name = input.name.trim();
  if (name.length < 1 || name.length > MAX_NAME_CHARACTERS) return refuse("token_name_invalid", ["input", "name"]);
  if (!input.scopes.includes("read")) return refuse("token_scopes_invalid", ["input", "scopes"]);
  const days = input.lifetimeDays;
  if (!Number.isInteger(days) || days < 1 || days > MAX_LIFETIME_DAYS) {
    return refuse("token_lifetime_invalid", ["input", "lifetimeDays"]);
  }

  const tokenId = newId();
  const token = newPersonalToken();
  const hint = tokenHint(token);
  const expiresAt = new Date(now().getTime() + days * DAY_MS);
  await sql`
    INSERT INTO personal_token (workspace_id, id, agent_id, name, hint, token_hash, scopes, expires_at)
    VALUES (${input.workspaceId}, ${tokenId}, ${input.agentId}, ${name}, ${hint}, ${tokenHash(token)},
      ${[...new Set(input.scopes)]}, ${expiresAt})`;
  return done({ tokenId, token, hint, expiresAt });
}
