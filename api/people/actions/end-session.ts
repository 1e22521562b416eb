import { sql } from "../../kernel/database.ts";
import { tokenHash } from "../token.ts";

/**
 * Ends the session of this cookie value. Answers the identity provider's token that began it, to be given back there at
 * sign-out; nothing for a session that had none or is not there.
 */
export async function endSession(token: string): Promise<string | undefined> {
  const [ended] = await sql<{ idToken: string | null }>`
    DELETE FROM session WHERE token_hash = ${tokenHash(token)} RETURNING id_token AS "idToken"`;
  return ended?.idToken ?? undefined;
}
