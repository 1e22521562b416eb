import { spawnSync } from "node:child_process";
import { chownSync, lstatSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { LaunchProblem } from "./problem.ts";
import { words } from "./words.ts";

/** How PostgreSQL's programs are run, and who owns their files. It refuses to run as root, so root steps down first. */
export interface PostgresAccount {
  /** Put before the program's own command line. */
  readonly prefix: readonly string[];
  /** For `spawn`: the ids to take; empty when the process keeps its own. */
  readonly identity: { uid?: number; gid?: number };
  /** The owner its files must have on disk. */
  readonly owner: { uid: number; gid: number };
}

const nobody = { uid: 65534, gid: 65534 };
const intoNamespace = ["unshare", "--user", "--map-user=65534", "--map-group=65534"];

/**
 * The account under which PostgreSQL can run here, given every path it must reach. Anyone but root runs it as they are.
 * Root uses a user namespace, in which it is seen as nobody while its files stay root's own, so that a home closed to
 * others will do; where namespaces are forbidden (many containers), nobody itself, if nobody can reach the paths.
 * Refuses with a LaunchProblem when neither works.
 */
export function postgresAccount(paths: readonly string[]): PostgresAccount {
  const self = { uid: process.getuid?.() ?? -1, gid: process.getgid?.() ?? -1 };
  if (self.uid !== 0) return { prefix: [], identity: {}, owner: self };
  if (mayEnterNamespace()) return { prefix: intoNamespace, identity: {}, owner: self };
  const closed = paths.map(closedFolder).find((folder) => folder !== undefined);
  if (closed) throw new LaunchProblem(words.rootCannotRunPostgres(closed));
  return { prefix: [], identity: nobody, owner: nobody };
}

/** Gives a folder and all in it to the account, when it is not already its own (the account may differ from last time). */
export function giveTo(account: PostgresAccount, path: string): void {
  if (process.getuid?.() !== 0 || lstatSync(path).uid === account.owner.uid) return;
  chownTree(path, account.owner);
}

function mayEnterNamespace(): boolean {
  const [program = "", ...rest] = intoNamespace;
  return spawnSync(program, [...rest, "true"], { stdio: "ignore" }).status === 0;
}

/** The folder on the way to this path that others may not enter, if there is one. */
function closedFolder(path: string): string | undefined {
  for (let folder = path; folder !== dirname(folder); folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return folder;
  }
  return undefined;
}

/** Children first, so that an interrupted run is seen by the owner of the folder itself and done again. */
function chownTree(path: string, owner: { uid: number; gid: number }): void {
  if (lstatSync(path).isDirectory()) for (const name of readdirSync(path)) chownTree(join(path, name), owner);
  chownSync(path, owner.uid, owner.gid);
}
