import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Cluster } from "./postgres-cluster.ts";
import { LaunchProblem } from "./problem.ts";
import { commandOf, isAlive, isGoneWithin } from "./processes.ts";
import { words } from "./words.ts";

/** PostgreSQL's first process, which listens and starts all others. */
export interface Postmaster {
  readonly pid: number;
  /** Resolves when the process is gone, for whatever reason. */
  readonly exited: Promise<void>;
}

/** Memory of a killed postmaster stays attached until its last backend has noticed; that takes a few seconds at most. */
const recoveryMilliseconds = 15_000;
const recoverable = /pre-existing shared memory block|lock file "postmaster.pid" (already exists|is empty)/;

/**
 * Clears what a killed run left on this data directory: a killed launcher leaves its postmaster running, a killed postmaster or
 * machine leaves only the file that names it.
 */
export async function stopLeftover(data: string): Promise<void> {
  const pid = Number(lockFile(data)[0] ?? Number.NaN);
  if (!Number.isInteger(pid) || pid <= 1) return;
  if (isAlive(pid) && commandOf(pid).includes(data)) return stopPostmaster(pid);
  // PostgreSQL itself would believe that any live process of this id is its own.
  rmSync(join(data, "postmaster.pid"), { force: true });
}

/**
 * Starts PostgreSQL on a cluster and resolves when it accepts connections, after the recovery of a killed one.
 * It runs in a session of its own: Ctrl+C in the terminal must reach the API only, which stops the database last.
 */
export async function startPostmaster(
  cluster: Cluster,
  settings: Readonly<Record<string, string>>,
): Promise<Postmaster> {
  const deadline = Date.now() + recoveryMilliseconds;
  for (;;) {
    const before = sizeOf(cluster.log);
    const postmaster = spawnPostmaster(cluster, settings);
    if (await becomesReady(cluster, postmaster)) return postmaster;
    const said = readFileSync(cluster.log, "utf8").slice(before);
    if (!recoverable.test(said) || Date.now() > deadline) {
      throw new LaunchProblem(words.postgresFailed(fatalLine(said), cluster.log));
    }
    await pause(200);
  }
}

/** Asks a postmaster to end its sessions and stop, and waits; one that does not within 20 s is told to stop at once. */
export async function stopPostmaster(pid: number): Promise<void> {
  signal(pid, "SIGINT");
  if (await isGoneWithin(pid, 20_000)) return;
  signal(pid, "SIGQUIT");
  await isGoneWithin(pid, 5_000);
}

function spawnPostmaster(cluster: Cluster, settings: Readonly<Record<string, string>>): Postmaster {
  const log = openSync(cluster.log, "a", 0o600);
  const options = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const [program = "", ...rest] = [...cluster.account.prefix, cluster.postgres, "-D", cluster.data, ...options];
  const child = spawn(program, rest, {
    cwd: "/",
    detached: true,
    stdio: ["ignore", log, log],
    ...cluster.account.identity,
  });
  closeSync(log);
  child.unref();
  const exited = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  return { pid: child.pid ?? 0, exited };
}

async function becomesReady(cluster: Cluster, postmaster: Postmaster): Promise<boolean> {
  let isGone = false;
  void postmaster.exited.then(() => {
    isGone = true;
  });
  while (!isGone) {
    const lines = lockFile(cluster.data);
    if (Number(lines[0]) === postmaster.pid && lines[7]?.trim() === "ready") return true;
    await pause(20);
  }
  return false;
}

/** The lines of postmaster.pid: process, folder, start, port, socket folder, address, memory, state. */
function lockFile(data: string): string[] {
  try {
    return readFileSync(join(data, "postmaster.pid"), "utf8").split("\n");
  } catch {
    return [];
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function fatalLine(log: string): string {
  const lines = log.trim().split("\n");
  const line = lines.findLast((text) => text.includes("FATAL:")) ?? lines.at(-1) ?? "";
  return line.replace(/^.*FATAL:\s*/, "");
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It went by itself.
  }
}
