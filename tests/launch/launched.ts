import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../../launch/ports.ts";
import { isAlive } from "../../launch/processes.ts";
import type { Demo } from "../../launch/state-folder.ts";
import { eventually } from "../support/eventually.ts";

/** A run of `npm start` in a state folder of its own. */
export type Launched = {
  pid: number;
  /** What it wrote so far: to the terminal, and of that the complaints. */
  said: () => string;
  complained: () => string;
  /** Resolves when the banner is out, with what demo.json tells; fails when the run ends before. */
  ready: () => Promise<Demo>;
  kill: (signal: NodeJS.Signals) => void;
  exitCode: Promise<number | null>;
};

const running = new Set<number>();

/** Starts Beseda on free ports, or on those given. */
export async function launch(
  folder: string,
  options: string[] = [],
  variables: Record<string, string> = {},
): Promise<Launched> {
  const ports = { PORT: String(await freePort()), SHOP_PORT: String(await freePort()) };
  const env = { ...process.env, LANG: "C", DATABASE_URL: "", ...ports, STATE_DIR: folder, ...variables };
  const child = spawn(process.execPath, ["launch/start.ts", ...options], { env, stdio: ["ignore", "pipe", "pipe"] });
  const pid = child.pid!;
  running.add(pid);
  let [said, complained, hasEnded] = ["", "", false];
  child.stdout.on("data", (text) => (said += text));
  child.stderr.on("data", (text) => (complained += text));
  const exitCode = new Promise<number | null>((resolve) => {
    child.once("close", (code) => {
      hasEnded = true;
      running.delete(pid);
      resolve(code);
    });
  });
  const ready = async () => {
    await eventually(() => hasEnded || said.includes("demo.json"), 40_000);
    if (hasEnded) throw new Error(`It ended before it was ready: ${said}${complained}`);
    return JSON.parse(readFileSync(join(folder, "demo.json"), "utf8")) as Demo;
  };
  return { pid, said: () => said, complained: () => complained, ready, kill: (signal) => child.kill(signal), exitCode };
}

/** The process id of the PostgreSQL in a state folder, as it noted it itself; undefined when it is not running. */
export function databaseOf(folder: string): number | undefined {
  try {
    const pid = Number(readFileSync(join(folder, "postgres/data/postmaster.pid"), "utf8").split("\n")[0]);
    return isAlive(pid) ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** Ends what a failed test left running: first Beseda, then its database. */
export async function endAll(folder: string): Promise<void> {
  for (const pid of running) process.kill(pid, "SIGKILL");
  await eventually(() => running.size === 0);
  const database = databaseOf(folder);
  if (database) process.kill(database, "SIGKILL");
  await eventually(() => databaseOf(folder) === undefined);
}
