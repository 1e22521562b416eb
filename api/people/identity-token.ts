import { errors, type JWTPayload, jwtVerify } from "jose";
import { now } from "../kernel/clock.ts";
import { done, type Outcome, refuse } from "../kernel/outcome.ts";
import { isStorable } from "../kernel/text.ts";
import { readEmail } from "./email.ts";
import { readName } from "./name.ts";

/** Who a site says a customer is, and has signed. */
export type Claim = {
  /** The site's own id of them. */
  subject: string;
  name: string | null;
  /** In lower case. */
  email: string | null;
};

export type ClaimRefusal = "identity_token_invalid" | "identity_token_expired" | "identity_token_lasting";

/** A token that was copied serves whoever has it until it ends. */
const LONGEST_MS = 7 * 86_400_000;
const MOST_CHARACTERS = 4_096;
const MOST_SUBJECT_CHARACTERS = 200;

/**
 * Reads a JWT (HS256) that a site signed with its inbox's secret: `sub` and `exp`, at most 7 days ahead, and `name` and `email`
 * if it likes. Refuses by name what is not signed so, has ended, or lasts too long; a name or an address that cannot be one is
 * as good as none.
 */
export async function readIdentityToken(token: string, secret: string): Promise<Outcome<Claim, ClaimRefusal>> {
  const path = ["input", "identityToken"];
  if (token.length > MOST_CHARACTERS) return refuse("identity_token_invalid", path);
  try {
    const options = { algorithms: ["HS256"], currentDate: now(), requiredClaims: ["sub", "exp"] };
    const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), options);
    if (payload.exp! * 1_000 - now().getTime() > LONGEST_MS) return refuse("identity_token_lasting", path);
    const claim = claimOf(payload);
    return claim ? done(claim) : refuse("identity_token_invalid", path);
  } catch (fault) {
    if (fault instanceof errors.JWTExpired) return refuse("identity_token_expired", path);
    if (fault instanceof errors.JOSEError) return refuse("identity_token_invalid", path);
    throw fault;
  }
}

function claimOf({ sub, name, email }: JWTPayload): Claim | undefined {
  if (typeof sub !== "string" || sub.length < 1 || sub.length > MOST_SUBJECT_CHARACTERS || !isStorable(sub))
    return undefined;
  return { subject: sub, name: claimed(name, readName), email: claimed(email, readEmail) };
}

function claimed(claim: unknown, read: (text: string) => Outcome<string, string>): string | null {
  const outcome = typeof claim === "string" ? read(claim) : undefined;
  return outcome?.ok ? outcome.value : null;
}
