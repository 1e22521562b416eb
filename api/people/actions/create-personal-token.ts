import type { Actor } from "../../kernel/actor.ts";
import { now } from "../../kernel/clock.ts";
import { newId } from "../../kernel/id.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { once, refuseClientId } from "../../kernel/requests.ts";
import { isStorable } from "../../kernel/text.ts";
import { mayChange } from "../policy.ts";
import { newPersonalToken, type TokenScope, tokenHash, tokenHint } from "../token.ts";

const DAY_MS = 24 * 3_600_000;
const MAX_NAME_CHARACTERS = 100;
const MAX_LIFETIME_DAYS = 366;

export type CreatePersonalTokenInput = {
  clientId: string;
  name: string;
  /** "write" without "read" is not a thing: writing answers what was written. */
  scopes: TokenScope[];
  lifetimeDays: number;
};

export type NewPersonalToken = { tokenId: string; token: string; hint: string; expiresAt: Date };

export type CreatePersonalTokenRefusal =
  | "not_permitted"
  | "token_name_invalid"
  | "token_scopes_invalid"
  | "token_lifetime_invalid"
  | "token_shown"
  | "client_id_invalid"
  | "client_id_conflict";

/**
 * Gives an agent a token for the API. The answer alone holds the token: only its hash is stored, so a retry under the same
 * clientId is refused as `token_shown`. Refuses `not_permitted`, a name that is empty or longer than 100 characters, scopes
 * without "read", and a life of less than one day or more than 366.
 */
export async function createPersonalToken(
  actor: Actor,
  input: CreatePersonalTokenInput,
): Promise<Outcome<NewPersonalToken, CreatePersonalTokenRefusal>> {
  if (!mayChange(actor)) return refuse("not_permitted");
  const unfit = refuseClientId(input.clientId);
  if (unfit) return unfit;
  const name = input.name.trim();
  if (name.length < 1 || name.length > MAX_NAME_CHARACTERS || !isStorable(name))
    return refuse("token_name_invalid", ["input", "name"]);
  if (!input.scopes.includes("read")) return refuse("token_scopes_invalid", ["input", "scopes"]);
  const days = input.lifetimeDays;
  if (!Number.isInteger(days) || days < 1 || days > MAX_LIFETIME_DAYS) {
    return refuse("token_lifetime_invalid", ["input", "lifetimeDays"]);
  }

  const { workspaceId, agentId } = actor;
  const tokenId = newId();
  const token = newPersonalToken();
  const hint = tokenHint(token);
  const scopes = [...new Set(input.scopes)];
  const at = now();
  const expiresAt = new Date(at.getTime() + days * DAY_MS);
  return once<NewPersonalToken, CreatePersonalTokenRefusal>(
    {
      ...{ workspaceId, callerId: agentId, clientId: input.clientId, mutation: "createPersonalToken" },
      ...{ content: [name, scopes, days], resultId: tokenId },
    },
    async (tx) => {
      await tx.sql`
        INSERT INTO personal_token (workspace_id, id, agent_id, name, hint, token_hash, scopes, expires_at, created_at)
        VALUES (${workspaceId}, ${tokenId}, ${agentId}, ${name}, ${hint}, ${tokenHash(token)}, ${scopes}, ${expiresAt}, ${at})`;
      return done({ tokenId, token, hint, expiresAt });
    },
    async () => refuse("token_shown", ["input", "clientId"]),
  );
}
