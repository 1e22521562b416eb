import type { Density, Theme } from "../../prisma/generated/client/client.ts";
import type { AgentActor } from "../kernel/actor.ts";
import { type Sql, sql } from "../kernel/database.ts";
import { remember } from "../kernel/remember.ts";
import type { TokenScope } from "./token.ts";

/** The agent behind a credential, disabled or not, with locale and zone already settled between agent and workspace. */
export type CredentialAgent = Pick<AgentActor, "workspaceId" | "agentId" | "role" | "name" | "locale" | "zone">;

export type TokenRow = CredentialAgent & {
  tokenId: string;
  scopes: TokenScope[];
  expiresAt: Date;
  lastUsedAt: Date | null;
};

/**
 * The personal token with this hash and its agent; expired, revoked and disabled ones too. A busy integrator's requests
 * share an answer for a second: whether the token still holds is asked of its rights.
 */
export const findAgentByTokenHash = remember(1_000, async (hash: string): Promise<TokenRow | undefined> => {
  const [row] = await sql<TokenRow>`
    SELECT t.workspace_id AS "workspaceId", t.id AS "tokenId", t.scopes, t.expires_at AS "expiresAt",
      t.last_used_at AS "lastUsedAt",
      a.id AS "agentId", a.role, a.name, coalesce(a.locale, w.locale) AS locale, coalesce(a.zone, w.zone) AS zone
    FROM personal_token t
    JOIN agent a ON a.workspace_id = t.workspace_id AND a.id = t.agent_id
    JOIN workspace w ON w.id = a.workspace_id
    WHERE t.token_hash = ${hash}`;
  return row;
});

export type SessionRow = CredentialAgent & {
  theme: Theme;
  density: Density;
  sessionId: string;
  seenAt: Date;
  expiresAt: Date;
  disabledAt: Date | null;
};

/** The session with this hash and its agent; expired and disabled ones too. */
export async function findSession(hash: string): Promise<SessionRow | undefined> {
  const [row] = await sql<SessionRow>`
    SELECT s.workspace_id AS "workspaceId", s.id AS "sessionId", s.seen_at AS "seenAt", s.expires_at AS "expiresAt",
      a.id AS "agentId", a.role, a.name, coalesce(a.locale, w.locale) AS locale, coalesce(a.zone, w.zone) AS zone,
      a.theme, a.density, a.disabled_at AS "disabledAt"
    FROM session s
    JOIN agent a ON a.workspace_id = s.workspace_id AND a.id = s.agent_id
    JOIN workspace w ON w.id = a.workspace_id
    WHERE s.token_hash = ${hash}`;
  return row;
}

export type LinkedAgent = { workspaceId: string; agentId: string; disabledAt: Date | null };

/** The agent tied to this subject of this issuer. Should several workspaces know the subject: the oldest who is not disabled. */
export async function findAgentBySubject(issuer: string, subject: string): Promise<LinkedAgent | undefined> {
  const [row] = await sql<LinkedAgent>`
    SELECT a.workspace_id AS "workspaceId", a.id AS "agentId", a.disabled_at AS "disabledAt"
    FROM agent_identity i
    JOIN agent a ON a.workspace_id = i.workspace_id AND a.id = i.agent_id
    WHERE i.issuer = ${issuer} AND i.subject = ${subject}
    ORDER BY a.disabled_at IS NOT NULL, i.created_at, i.workspace_id
    LIMIT 1`;
  return row;
}

/** The agent with this address, in any case of letters. Should several workspaces know it: the oldest who is not disabled. */
export async function findAgentByEmail(email: string): Promise<LinkedAgent | undefined> {
  const [row] = await sql<LinkedAgent>`
    SELECT workspace_id AS "workspaceId", id AS "agentId", disabled_at AS "disabledAt"
    FROM agent
    WHERE email = ${email.toLowerCase()}
    ORDER BY disabled_at IS NOT NULL, created_at, workspace_id
    LIMIT 1`;
  return row;
}

/** One browser of a contact at one inbox and origin, as its row says. */
export type VisitorRow = {
  workspaceId: string;
  visitorId: string;
  contactId: string;
  inboxId: string;
  origin: string;
  generation: number;
  rotatedAt: Date;
  revokedAt: Date | null;
};

/** The visitor with this id, revoked or not. Inside a transaction, hand over its `sql`. */
export async function findVisitor(
  workspaceId: string,
  visitorId: string,
  run: Sql = sql,
): Promise<VisitorRow | undefined> {
  const [row] = await run<VisitorRow>`
    SELECT workspace_id AS "workspaceId", id AS "visitorId", contact_id AS "contactId", inbox_id AS "inboxId", origin,
      generation, rotated_at AS "rotatedAt", revoked_at AS "revokedAt"
    FROM visitor
    WHERE workspace_id = ${workspaceId} AND id = ${visitorId}`;
  return row;
}
