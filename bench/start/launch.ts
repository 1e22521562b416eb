import { spawn } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { type Memory, memoryOfTree } from "./process-tree.ts";

export type Launched = { seconds: number; memory: Memory; stopSeconds: number };

/** How long a program is left alone before its memory is read, in ms. */
const SETTLE_MS = 1_000;

/**
 * Starts a program, waits until it says `ready` on its standard output, reads its memory and stops it as Ctrl+C would.
 * `seconds` run from exec to that word; rejects with what the program said when it ends before.
 */
export async function launch(command: string[], environment: Record<string, string>, ready: RegExp): Promise<Launched> {
  const [program = "", ...options] = command;
  const begun = performance.now();
  const child = spawn(program, options, { env: { ...process.env, ...environment }, stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await new Promise<void>((resolve, reject) => {
    let said = "";
    const hear = (bytes: Buffer) => {
      said += bytes;
      if (ready.test(said)) resolve();
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("exit", () => reject(new Error(`${command.join(" ")} ended:\n${said}`)));
  });
  const seconds = (performance.now() - begun) / 1_000;

  await pause(SETTLE_MS);
  const memory = memoryOfTree(child.pid!);
  const stopped = performance.now();
  child.kill("SIGINT");
  await ended;
  return { seconds, memory, stopSeconds: (performance.now() - stopped) / 1_000 };
}

/** Runs a program to its end and answers how long that took, in seconds. */
export async function runToEnd(command: string[]): Promise<number> {
  const [program = "", ...options] = command;
  const begun = performance.now();
  const child = spawn(program, options, { stdio: "ignore" });
  const code = await new Promise((resolve) => child.once("exit", resolve));
  if (code !== 0) throw new Error(`${command.join(" ")} ended with ${code}.`);
  return (performance.now() - begun) / 1_000;
}
