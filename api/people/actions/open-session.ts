import { now } from "../../kernel/clock.ts";
import { sql } from "../../kernel/database.ts";
import { newId } from "../../kernel/id.ts";
import { newSessionToken, SESSION_IDLE_MS, SESSION_LIFETIME_MS } from "../session.ts";
import { tokenHash } from "../token.ts";

export type OpenSessionInput = { workspaceId: string; agentId: string; idToken: string | undefined };

/**
 * Signs an agent's browser in: answers the cookie's value, of which only the hash is stored. The session ends after
 * 8 idle hours, at the latest after 7 days. The agent's dead sessions are swept out on the way.
 */
export async function openSession(input: OpenSessionInput): Promise<{ token: string; expiresAt: Date }> {
  const at = now();
  const token = newSessionToken();
  const expiresAt = new Date(at.getTime() + SESSION_LIFETIME_MS);
  await sql`
    INSERT INTO session (workspace_id, id, agent_id, token_hash, id_token, created_at, seen_at, expires_at)
    VALUES (${input.workspaceId}, ${newId()}, ${input.agentId}, ${tokenHash(token)}, ${input.idToken ?? null}, ${at}, ${at},
      ${expiresAt})`;
  await sql`
    DELETE FROM session
    WHERE workspace_id = ${input.workspaceId} AND agent_id = ${input.agentId}
      AND (expires_at <= ${at} OR seen_at <= ${new Date(at.getTime() - SESSION_IDLE_MS)})`;
  return { token, expiresAt };
}
