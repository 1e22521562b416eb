import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type { Memory } from "./part.ts";

type Answers = Record<string, (about: never) => unknown>;

/** Makes this process a part: it answers the questions of the process that started it, and ends with it. */
export function answer(answers: Answers): void {
  const known: Answers = { cpuSeconds, memory, ...answers };
  process.on("message", async ({ id, question, about }: { id: number; question: string; about: never }) => {
    try {
      process.send!({ id, answer: await known[question]!(about) });
    } catch (fault) {
      process.send!({ id, failure: (fault as Error).message });
    }
  });
  process.on("disconnect", () => process.exit());
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Collects until nothing is left to collect: what a first collection finalises, a later one frees. */
async function memory(): Promise<Memory> {
  for (let times = 0; times < 4; times++) {
    globalThis.gc!({ type: "major", execution: "sync", flavor: "last-resort" });
    await pause(250);
  }
  const { rss, heapUsed, external } = process.memoryUsage();
  const rollup = readFileSync("/proc/self/smaps_rollup", "utf8");
  const pss = Number(/^Pss: +(\d+) kB/m.exec(rollup)![1]) * 1024;
  return { rss, pss, used: heapUsed + external };
}
