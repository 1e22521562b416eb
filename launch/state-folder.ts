import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { LaunchProblem } from "./problem.ts";
import { words } from "./words.ts";

/** What a start tells people and tests, and keeps in demo.json. */
export interface Demo {
  readonly urls: {
    readonly home: string;
    /** Signs in as the first agent by its key, and shows shop and portal side by side. */
    readonly try: string;
    readonly portal: string;
    readonly graphql: string;
    readonly shop: string;
  };
  readonly inboxKey: string;
  readonly integratorToken: string;
  readonly agents: readonly { readonly name: string; readonly email: string; readonly password: string }[];
}

/**
 * Opens the folder that keeps everything of a local run, closed to others, and answers its full path. Root leaves it
 * passable (each secret in it is closed by itself): PostgreSQL may have to run as nobody. Refuses a read-only place.
 */
export function openStateFolder(path: string): string {
  const directory = resolve(path);
  const mode = process.getuid?.() === 0 ? 0o711 : 0o700;
  try {
    mkdirSync(directory, { recursive: true, mode });
    chmodSync(directory, mode);
    writeFileSync(join(directory, ".writable"), "");
    rmSync(join(directory, ".writable"));
    return directory;
  } catch {
    throw new LaunchProblem(words.folderNotWritable(directory));
  }
}

/** Removes everything in the folder but the lock of the process that asks for it. */
export function emptyStateFolder(directory: string): void {
  for (const name of readdirSync(directory)) {
    if (name !== "start.lock") rmSync(join(directory, name), { recursive: true, force: true });
  }
}

/** The secret of this installation, made at the first start: it signs visitors' tokens and cookies. */
export function keptSecret(directory: string): string {
  const file = join(directory, "secret");
  if (!existsSync(file)) writeFileSync(file, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600 });
  return readFileSync(file, "utf8").trim();
}

/** Where this start keeps what it tells. */
export function demoFileIn(directory: string): string {
  return join(directory, "demo.json");
}

/** What the last start of this folder told, undefined before the first. */
export function readDemo(directory: string): Demo | undefined {
  const file = demoFileIn(directory);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Demo) : undefined;
}

/** Keeps what this start tells. */
export function writeDemo(directory: string, demo: Demo): void {
  writeFileSync(demoFileIn(directory), `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
}

const unfinished = "first-start";

/** Whether the very first start was killed before its story was told: nothing in the folder is anyone's yet. */
export function isUnfinished(directory: string): boolean {
  return existsSync(join(directory, unfinished));
}

/** Notes that a first start begins, if this is one: a folder that has a database already is somebody's. */
export function markUnfinished(directory: string): void {
  if (!existsSync(join(directory, "postgres", "data"))) writeFileSync(join(directory, unfinished), "");
}

/** Notes that the folder is in use from now on. */
export function markFinished(directory: string): void {
  rmSync(join(directory, unfinished), { force: true });
}
