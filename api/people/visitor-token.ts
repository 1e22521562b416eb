import { createHmac, hash, timingSafeEqual } from "node:crypto";
import { errors, type JWTPayload, jwtVerify, SignJWT } from "jose";
import { LRUCache } from "lru-cache";
import type { VisitorActor } from "../kernel/actor.ts";
import { now } from "../kernel/clock.ts";
import { isId } from "../kernel/id.ts";
import { intern } from "../kernel/intern.ts";
import { done, type Outcome, refuse } from "../kernel/outcome.ts";
import { purposeKey } from "../kernel/purpose-key.ts";
import type { VisitorRow } from "./sign-in-queries.ts";

const ACCESS_SECONDS = 15 * 60;
const AUDIENCE = "beseda:visitor";
const REFRESH_SHAPE = /^bsd_vrt_([0-9a-f-]{36})\.([0-9a-f-]{36})\.([1-9][0-9]{0,8})\.([A-Za-z0-9_-]{43})$/;

let accessKey: Uint8Array;
let refreshKey: Uint8Array;

/** Draws the keys of visitor tokens from the house's secret. Called once when the process starts. */
export function openVisitorTokens(secret: string): void {
  accessKey = purposeKey(secret, "visitor access token");
  refreshKey = purposeKey(secret, "visitor refresh token");
}

/** What the tokens say of a visitor. */
export type TokenVisitor = Omit<VisitorRow, "rotatedAt" | "revokedAt">;

/** What a visitor's browser is given at the start of a visit and at each refresh. */
export type Visit = {
  accessToken: string;
  accessTokenExpiresAt: Date;
  refreshToken: string;
  workspaceId: string;
  visitorId: string;
  contactId: string;
  inboxId: string;
};

/** Makes the visitor's tokens: an access token of 15 minutes and the refresh token of the visitor's current generation. */
export async function issueVisit(visitor: TokenVisitor): Promise<Visit> {
  const { workspaceId, visitorId, contactId, inboxId } = visitor;
  const expiresAt = Math.floor(now().getTime() / 1000) + ACCESS_SECONDS;
  return {
    accessToken: await signAccessToken(visitor, expiresAt),
    accessTokenExpiresAt: new Date(expiresAt * 1000),
    refreshToken: refreshTokenOf(visitor),
    workspaceId,
    visitorId,
    contactId,
    inboxId,
  };
}

function signAccessToken(visitor: TokenVisitor, expiresAt: number): Promise<string> {
  const { workspaceId, visitorId, contactId, inboxId, origin } = visitor;
  return new SignJWT({ wid: workspaceId, cid: contactId, inbox: inboxId, origin })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(visitorId)
    .setAudience(AUDIENCE)
    .setIssuedAt(expiresAt - ACCESS_SECONDS)
    .setExpirationTime(expiresAt)
    .sign(accessKey);
}

/** Genuine tokens that were read, by their hash, which is a tenth of their text: checking a signature costs more than all else of a request's reading. */
const genuine = new LRUCache<string, VisitorActor>({ max: 10_000 });

/** The visitor that an access token stands for. No query is made: whether the visitor still may act is their right's to say. */
export async function readAccessToken(
  token: string,
): Promise<Outcome<VisitorActor, "token_expired" | "token_invalid">> {
  const name = hash("sha256", token, "base64");
  const known = genuine.get(name);
  if (known) return known.expiresAt > now().getTime() ? done(known) : refuse("token_expired");
  const read = await verifyAccessToken(token);
  if (read.ok) genuine.set(name, read.value);
  return read;
}

async function verifyAccessToken(token: string): Promise<Outcome<VisitorActor, "token_expired" | "token_invalid">> {
  try {
    const options = { algorithms: ["HS256"], audience: AUDIENCE, currentDate: now(), requiredClaims: ["exp", "sub"] };
    const { payload } = await jwtVerify(token, accessKey, options);
    const actor = actorOf(payload);
    return actor ? done(actor) : refuse("token_invalid");
  } catch (fault) {
    if (fault instanceof errors.JWTExpired) return refuse("token_expired");
    if (fault instanceof errors.JOSEError) return refuse("token_invalid");
    throw fault;
  }
}

function actorOf(payload: JWTPayload): VisitorActor | undefined {
  const { sub: visitorId, wid, cid: contactId, inbox, origin, exp } = payload;
  if (!isIdClaim(visitorId) || !isIdClaim(wid) || !isIdClaim(contactId) || !isIdClaim(inbox)) return undefined;
  if (typeof origin !== "string" || typeof exp !== "number") return undefined;
  const [workspaceId, inboxId, site] = [intern(wid), intern(inbox), intern(origin)];
  return { kind: "visitor", workspaceId, visitorId, contactId, inboxId, origin: site, expiresAt: exp * 1000 };
}

function isIdClaim(claim: unknown): claim is string {
  return typeof claim === "string" && isId(claim);
}

/** What a refresh token names. The workspace is in it because every key begins with one. */
export type RefreshClaim = { workspaceId: string; visitorId: string; generation: number };

/** The refresh token of one generation: always the same text, so nothing secret is stored and a retry gives the same. */
export function refreshTokenOf({ workspaceId, visitorId, generation }: RefreshClaim): string {
  const claim = `${workspaceId}.${visitorId}.${generation}`;
  return `bsd_vrt_${claim}.${refreshSignature(claim).toString("base64url")}`;
}

function refreshSignature(claim: string): Buffer {
  return createHmac("sha256", refreshKey).update(claim).digest();
}

/** What a genuine refresh token names; nothing for a text that we did not sign. Whether it is still good is the visitor's row to say. */
export function readRefreshToken(token: string): RefreshClaim | undefined {
  const [, workspaceId, visitorId, generation, signature] = REFRESH_SHAPE.exec(token) ?? [];
  if (!workspaceId || !visitorId || !generation || !signature) return undefined;
  const expected = refreshSignature(`${workspaceId}.${visitorId}.${generation}`);
  if (!timingSafeEqual(expected, Buffer.from(signature, "base64url"))) return undefined;
  return { workspaceId, visitorId, generation: Number(generation) };
}
