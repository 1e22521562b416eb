import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

const COST = { N: 16_384, r: 8, p: 1 };
const HASH_BYTES = 32;

/** A password as it is kept: scrypt, with its salt and cost beside it. */
export type PasswordHash = { salt: string; hash: string; N: number; r: number; p: number };

/** Someone who can sign in at the embedded provider. */
export type Account = {
  sub: string;
  name: string;
  /** In lower case. */
  email: string;
  /** Roles of the realm, as Keycloak tells them. */
  roles: string[];
  password: PasswordHash;
};

/** What an account is made from. */
export type NewAccount = { sub: string; name: string; email: string; password: string; roles: string[] };

/** The account as it is kept; takes some 50 ms, on purpose. */
export async function hashedAccount({ sub, name, email, password, roles }: NewAccount): Promise<Account> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, COST);
  const kept = { salt: salt.toString("base64url"), hash: hash.toString("base64url"), ...COST };
  return { sub, name, email: email.toLowerCase(), roles, password: kept };
}

const nobody: PasswordHash = { salt: "", hash: Buffer.alloc(HASH_BYTES).toString("base64url"), ...COST };

/** Whether the password is the account's. Without an account it takes as long to say no, so that time does not tell who exists. */
export async function isPasswordOf(account: Account | undefined, password: string): Promise<boolean> {
  const kept = account?.password ?? nobody;
  const hash = await derive(password, Buffer.from(kept.salt, "base64url"), kept);
  return timingSafeEqual(hash, Buffer.from(kept.hash, "base64url")) && account !== undefined;
}

function derive(password: string, salt: Buffer, { N, r, p }: { N: number; r: number; p: number }): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, HASH_BYTES, { N, r, p }, (fault, key) => (fault ? reject(fault) : resolve(key)));
  });
}

/** What the provider tells of an account, under the names that Keycloak uses. */
export function keycloakClaims(account: Account): { sub: string; [claim: string]: unknown } {
  return {
    sub: account.sub,
    preferred_username: account.email,
    email: account.email,
    email_verified: true,
    name: account.name,
    realm_access: { roles: account.roles },
    groups: account.roles.map((role) => `/${role}`),
  };
}
