import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createConnection } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "./ports.ts";
import { commandOf, isGoneWithin } from "./processes.ts";
import { requireProgram } from "./programs.ts";

const pidFile = "redis.pid";

export interface RunningRedis {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Stops the server and resolves when it is gone. */
  stop(): Promise<void>;
}

/** A Redis server on 127.0.0.1 that keeps nothing on disk, for tests, proofs and benches. Answers once it accepts connections. */
export async function startRedis({ directory, port }: { directory: string; port?: number }): Promise<RunningRedis> {
  mkdirSync(directory, { recursive: true });
  const chosen = port ?? (await freePort());
  const address = ["--bind", "127.0.0.1", "--port", String(chosen)];
  const nothingKept = ["--save", "", "--appendonly", "no", "--dir", directory];
  const settings = [...address, ...nothingKept, "--pidfile", join(directory, pidFile)];
  const child = spawn(requireProgram("redis"), settings, { stdio: "ignore", detached: true });
  child.unref();
  const pid = child.pid ?? 0;
  while (!(await accepts(chosen))) {
    if (child.exitCode !== null) throw new Error(`redis-server ended with ${child.exitCode} on port ${chosen}.`);
    await pause(20);
  }
  return { url: `redis://127.0.0.1:${chosen}`, port: chosen, pid, stop: () => stopRedis(pid) };
}

/** Stops the server that a killed owner left running on this folder. */
export async function stopLeftoverRedis(directory: string): Promise<void> {
  const file = join(directory, pidFile);
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, "utf8"));
  if (/\b(redis|valkey)-server 127\.0\.0\.1:/.test(commandOf(pid))) await stopRedis(pid);
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, "127.0.0.1");
    socket.once("error", () => resolve(false));
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
  });
}

async function stopRedis(pid: number): Promise<void> {
  try {
    process.kill(pid, "SIGTERM");
  } catch {
    return;
  }
  await isGoneWithin(pid, 5_000);
}
