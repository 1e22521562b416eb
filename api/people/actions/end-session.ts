import { sql } from "../../kernel/database.ts";
import { takeAway } from "../../kernel/live/rights.ts";
import { keyOf } from "../rights.ts";
import { tokenHash } from "../token.ts";

/**
 * Ends the session of this cookie value, and the streams that it opened. Answers the identity provider's token that began
 * it, to be given back there at sign-out; nothing for a session that had none or is not there.
 */
export async function endSession(token: string): Promise<string | undefined> {
  const [ended] = await sql<{ workspaceId: string; sessionId: string; idToken: string | null }>`
    DELETE FROM session WHERE token_hash = ${tokenHash(token)}
    RETURNING workspace_id AS "workspaceId", id AS "sessionId", id_token AS "idToken"`;
  if (ended) takeAway(keyOf.session(ended.workspaceId, ended.sessionId));
  return ended?.idToken ?? undefined;
}
