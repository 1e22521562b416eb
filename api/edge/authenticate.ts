import type { Actor, AgentActor } from "../kernel/actor.ts";
import { now } from "../kernel/clock.ts";
import { allStand } from "../kernel/live/rights.ts";
import { done, type Outcome, refuse } from "../kernel/outcome.ts";
import { markSessionSeen } from "../people/actions/mark-session-seen.ts";
import { markTokenUsed } from "../people/actions/mark-token-used.ts";
import { keyOf, rightToAct } from "../people/rights.ts";
import { SESSION_IDLE_MS } from "../people/session.ts";
import { type CredentialAgent, findAgentByTokenHash, findSession, type SessionRow } from "../people/sign-in-queries.ts";
import { isPersonalToken, looksLikePersonalToken, tokenHash } from "../people/token.ts";
import { readAccessToken } from "../people/visitor-token.ts";

const MAX_BEARER_CHARACTERS = 4096;

export type BearerRefusal = "token_expired" | "token_invalid" | "origin_not_allowed";

/**
 * Who acts by this Authorization header: an agent by a personal token or a visitor by an access token. The same for
 * HTTP, WebSocket and SSE. `origin` is the request's Origin header: a visitor's token works from its own site alone,
 * so a request without one is refused too. Anything wrong but age and origin is `token_invalid`, not told apart.
 */
export async function authenticateBearer(
  authorization: string | undefined,
  origin: string | undefined,
): Promise<Outcome<Actor, BearerRefusal>> {
  const token = /^Bearer +([^\s]+)$/i.exec(authorization ?? "")?.[1];
  if (!token || token.length > MAX_BEARER_CHARACTERS) return refuse("token_invalid");
  const read = looksLikePersonalToken(token) ? await readPersonalToken(token) : await readAccessToken(token);
  if (!read.ok) return read;
  const actor = read.value;
  if (actor.kind === "visitor" && actor.origin !== origin) return refuse("origin_not_allowed");
  return (await stands(read)) ? read : refuse("token_invalid");
}

async function stands(read: Outcome<Actor, BearerRefusal>): Promise<boolean> {
  return !read.ok || allStand(rightToAct(read.value));
}

/** Whether it was revoked, or its agent disabled, is its right's to say. */
async function readPersonalToken(token: string): Promise<Outcome<AgentActor, BearerRefusal>> {
  if (!isPersonalToken(token)) return refuse("token_invalid");
  const hash = tokenHash(token);
  const read = await findActor(hash);
  if (await stands(read)) return read;
  // What was remembered may be the role of a moment ago.
  findAgentByTokenHash.forget(hash);
  return findActor(hash);
}

async function findActor(hash: string): Promise<Outcome<AgentActor, BearerRefusal>> {
  const row = await findAgentByTokenHash(hash);
  if (!row) return refuse("token_invalid");
  if (row.expiresAt <= now()) return refuse("token_expired");
  await markTokenUsed(row);
  return done({
    ...agentActor(row, keyOf.token(row.workspaceId, row.tokenId)),
    mayWrite: row.scopes.includes("write"),
    expiresAt: row.expiresAt.getTime(),
  });
}

/** An agent with how they set the portal up. */
export type SignedInAgent = AgentActor & Pick<SessionRow, "theme" | "density">;

/**
 * Who is signed in by this session cookie's value; null for nobody: no cookie, an unknown one, a session that is over,
 * an agent who was disabled. Only ever for our own pages: behind `csrfGuard`, never on a WebSocket.
 */
export async function authenticateSession(cookie: string | undefined): Promise<SignedInAgent | null> {
  const row = cookie ? await findSession(tokenHash(cookie)) : undefined;
  const at = now().getTime();
  if (!row || row.disabledAt || row.expiresAt.getTime() <= at || row.seenAt.getTime() + SESSION_IDLE_MS <= at)
    return null;
  await markSessionSeen(row);
  return {
    ...agentActor(row, keyOf.session(row.workspaceId, row.sessionId)),
    ...{ theme: row.theme, density: row.density },
    mayWrite: true,
    expiresAt: Math.min(row.expiresAt.getTime(), at + SESSION_IDLE_MS),
  };
}

function agentActor(agent: CredentialAgent, credential: string): Omit<AgentActor, "mayWrite" | "expiresAt"> {
  const { workspaceId, agentId, role, name, locale, zone } = agent;
  return { kind: "agent", workspaceId, agentId, role, name, locale, zone, credential };
}
