import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

/** Whether a process runs under this id. A zombie does not count: in a container nobody may ever reap it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  return stateOf(pid) !== "Z";
}

/** The command line of a running process, empty when it cannot be read. */
export function commandOf(pid: number): string {
  try {
    if (existsSync("/proc/self")) return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    return ps(pid, "command=");
  } catch {
    return "";
  }
}

/**
 * What tells a process from a later one that was given the same id: the instant it started, as the system writes it.
 * Empty when there is no such process.
 */
export function birthOf(pid: number): string {
  try {
    return existsSync("/proc/self") ? (statFields(pid)[19] ?? "") : ps(pid, "lstart=");
  } catch {
    return "";
  }
}

/** Resolves true once the process is gone, false when it still runs after that many milliseconds. */
export async function isGoneWithin(pid: number, milliseconds: number): Promise<boolean> {
  const deadline = Date.now() + milliseconds;
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false;
    await pause(20);
  }
  return true;
}

function stateOf(pid: number): string {
  try {
    return existsSync("/proc/self") ? (statFields(pid)[0] ?? "") : ps(pid, "stat=").slice(0, 1);
  } catch {
    return "";
  }
}

/** The fields of /proc/PID/stat from the third on: the second is the name, which may hold spaces and brackets. */
function statFields(pid: number): string[] {
  const line = readFileSync(`/proc/${pid}/stat`, "utf8");
  return line.slice(line.lastIndexOf(")") + 2).split(" ");
}

function ps(pid: number, column: string): string {
  return execFileSync("ps", ["-o", column, "-p", String(pid)], { encoding: "utf8" }).trim();
}
