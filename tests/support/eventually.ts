import { setTimeout as pause } from "node:timers/promises";

const PAUSE_MS = 5;

/** Looks again and again until there is something to see, and answers it; fails when `withinMs` have passed. */
export async function eventually<T>(
  look: () => T | Promise<T>,
  withinMs = 5_000,
): Promise<Exclude<T, undefined | null | false>> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== null && seen !== false) {
      return seen as Exclude<T, undefined | null | false>;
    }
    if (Date.now() > deadline) throw new Error(`It did not happen within ${withinMs} ms: ${look}`);
    await pause(PAUSE_MS);
  }
}
