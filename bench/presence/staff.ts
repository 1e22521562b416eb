import pg from "pg";
import { newId } from "../../api/kernel/id.ts";
import { newPersonalToken, tokenHash, tokenHint } from "../../api/people/token.ts";

/** A member of staff with a token of their own. */
export type Member = { agentId: string; globalId: string; token: string };

/** Adds so many to the one workspace there is. */
export async function hire(databaseUrl: string, count: number): Promise<Member[]> {
  const staff = Array.from({ length: count }, () => {
    const agentId = newId();
    return { agentId, globalId: Buffer.from(`Agent:${agentId}`).toString("base64url"), token: newPersonalToken() };
  });
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const ids = staff.map(({ agentId }) => agentId);
  await client.query(
    `INSERT INTO agent (workspace_id, id, name, email, handle)
     SELECT (SELECT id FROM workspace), id, 'Agent ' || n, n || '@staff.example', 'agent' || n
     FROM unnest($1::uuid[]) WITH ORDINALITY AS given (id, n)`,
    [ids],
  );
  await client.query(
    `INSERT INTO personal_token (workspace_id, id, agent_id, name, hint, token_hash, scopes, expires_at)
     SELECT (SELECT id FROM workspace), id, agent_id, 'App', hint, hash, '{read,write}', now() + interval '1 day'
     FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) AS given (id, agent_id, hint, hash)`,
    [
      ids.map(() => newId()),
      ids,
      staff.map(({ token }) => tokenHint(token)),
      staff.map(({ token }) => tokenHash(token)),
    ],
  );
  await client.end();
  return staff;
}
