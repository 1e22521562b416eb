import { createHash, randomInt } from "node:crypto";
import { crc32 } from "node:zlib";

const PREFIX = "bsd_pat_";
const RANDOM_CHARACTERS = 34; // 202 bits
const CHECKSUM_CHARACTERS = 6; // 62^6 holds a CRC-32
const HINT_CHARACTERS = 4;
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const SHAPE = new RegExp(`^${PREFIX}[0-9A-Za-z]{${RANDOM_CHARACTERS + CHECKSUM_CHARACTERS}}$`);

/** What a personal token allows: asking, or asking and changing. */
export const tokenScopes = ["read", "write"] as const;

export type TokenScope = (typeof tokenScopes)[number];

/** A new personal token: `bsd_pat_`, 34 random base62 characters, 6 of checksum. Shown once, stored only as its hash. */
export function newPersonalToken(): string {
  const random = Array.from({ length: RANDOM_CHARACTERS }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
  return PREFIX + random + checksum(PREFIX + random);
}

/** The checksum lets a scanner tell a leaked token from a chance match, and refuses a typing error without a query. */
function checksum(text: string): string {
  let rest = crc32(text);
  let digits = "";
  for (let index = 0; index < CHECKSUM_CHARACTERS; index++) {
    digits = ALPHABET[rest % ALPHABET.length] + digits;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return digits;
}

/** Whether the text claims to be a personal token, well-formed or not. */
export function looksLikePersonalToken(text: string): boolean {
  return text.startsWith(PREFIX);
}

/** Whether the text is a whole personal token: its shape and its checksum. Says nothing about whether it was ever given out. */
export function isPersonalToken(text: string): boolean {
  return SHAPE.test(text) && text.endsWith(checksum(text.slice(0, -CHECKSUM_CHARACTERS)));
}

/** SHA-256 of a token in base64url, the only form in which one is stored. The token's own randomness makes a salt needless. */
export function tokenHash(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

/** The characters of a personal token that lists may show. */
export function tokenHint(token: string): string {
  return token.slice(0, PREFIX.length + HINT_CHARACTERS);
}
