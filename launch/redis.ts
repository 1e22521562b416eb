import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { createConnection } from "node:net";
import { freePort } from "./ports.ts";
import { isGoneWithin } from "./processes.ts";
import { requireProgram } from "./programs.ts";

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
  const settings = [
    "--port",
    String(chosen),
    "--bind",
    "127.0.0.1",
    "--save",
    "",
    "--appendonly",
    "no",
    "--dir",
    directory,
  ];
  const child = spawn(requireProgram("redis"), settings, { stdio: "ignore", detached: true });
  child.unref();
  const pid = child.pid ?? 0;
  while (!(await accepts(chosen))) {
    if (child.exitCode !== null) throw new Error(`redis-server ended with ${child.exitCode} on port ${chosen}.`);
    await pause(20);
  }
  return { url: `redis://127.0.0.1:${chosen}`, port: chosen, pid, stop: () => stopRedis(pid) };
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, "127.0.0.1");
    socket.once("connect", () => resolve(true));
    socket.once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
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
