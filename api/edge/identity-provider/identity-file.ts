import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { exportJWK, generateKeyPair, type JWK } from "jose";
import { type Account, hashedAccount, type NewAccount } from "./accounts.ts";

/** What the embedded provider keeps from one start to the next, in `identity.json`, readable by its owner alone. */
export type Identity = { version: 1; keys: JWK[]; cookieKeys: string[]; accounts: Account[] };

/** Reads the provider's file; makes it with new keys and no account where there is none. */
export async function openIdentityFile(stateDir: string): Promise<Identity> {
  return (await readIdentityFile(stateDir)) ?? create(stateDir);
}

/** Reads the provider's file as it stands now; nothing where there is none. */
export async function readIdentityFile(stateDir: string): Promise<Identity | undefined> {
  try {
    return JSON.parse(await readFile(pathIn(stateDir), "utf8"));
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw fault;
  }
}

/**
 * Adds an account to the embedded provider, in place of one with the same sub or e-mail. A running provider knows it at
 * once. Meant for one process at a time: the one that seeds.
 */
export async function addAccount(stateDir: string, account: NewAccount): Promise<void> {
  const added = await hashedAccount(account);
  await openIdentityFile(stateDir);
  // From here to the end nothing else of this process runs, so two additions cannot lose one another.
  const identity: Identity = JSON.parse(readFileSync(pathIn(stateDir), "utf8"));
  const others = identity.accounts.filter(({ sub, email }) => sub !== added.sub && email !== added.email);
  const draft = write(stateDir, { ...identity, accounts: [...others, added] });
  renameSync(draft, pathIn(stateDir));
}

/** Two processes may start at once: the link fails for the second, which takes the first one's keys. */
async function create(stateDir: string): Promise<Identity> {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: randomBytes(8).toString("hex"), alg: "RS256", use: "sig" };
  const cookieKey = randomBytes(32).toString("base64url");
  const draft = write(stateDir, { version: 1, keys: [key], cookieKeys: [cookieKey], accounts: [] });
  try {
    linkSync(draft, pathIn(stateDir));
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== "EEXIST") throw fault;
  } finally {
    unlinkSync(draft);
  }
  return JSON.parse(readFileSync(pathIn(stateDir), "utf8"));
}

function write(stateDir: string, identity: Identity): string {
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const draft = join(stateDir, `identity.${randomBytes(6).toString("hex")}.draft`);
  writeFileSync(draft, JSON.stringify(identity, undefined, 2), { mode: 0o600 });
  return draft;
}

function pathIn(stateDir: string): string {
  return join(stateDir, "identity.json");
}
