import { randomBytes } from "node:crypto";

/** A session that nobody used for so long is over. */
export const SESSION_IDLE_MS = 8 * 3_600_000;

/** A session is over this long after the sign-in, however busy. */
export const SESSION_LIFETIME_MS = 7 * 24 * 3_600_000;

/** "Seen" and "last used" are written at most this often. */
export const SEEN_EVERY_MS = 60_000;

/** A new session's cookie value: 256 random bits in base64url. Stored only as its hash. */
export function newSessionToken(): string {
  return randomBytes(32).toString("base64url");
}
