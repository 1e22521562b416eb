import { setTimeout as pause } from "node:timers/promises";

/** Asks again and again until the answer is neither false nor undefined; throws after `ms`, naming what it waited for. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | false | undefined> | T | false | undefined,
  ms = 15_000,
): Promise<T> {
  const deadline = Date.now() + ms;
  for (;;) {
    const answer = await ask();
    if (answer !== false && answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`Waited ${ms} ms in vain: ${what}.`);
    await pause(25);
  }
}
