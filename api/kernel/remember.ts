import { LRUCache } from "lru-cache";
import { now } from "./clock.ts";

const MOST_KEYS = 10_000;

export type Remembering<T> = ((key: string) => Promise<T>) & { forget: (key: string) => void };

/**
 * Makes callers who ask the same share one answer, which is kept for `forMs` milliseconds: so it may be that old. A fault
 * is not kept, and neither is `undefined`; of more than 10,000 keys the least asked for are asked anew. `forget` an answer
 * that is found to be no longer true.
 */
export function remember<T>(forMs: number, ask: (key: string) => Promise<T>): Remembering<T> {
  const known = new LRUCache<string, T & {}>({
    max: MOST_KEYS,
    ttl: forMs,
    ttlResolution: 0,
    fetchMethod: ask as (key: string) => Promise<T & {}>,
    ignoreFetchAbort: true,
    perf: { now: () => now().getTime() },
  });
  return Object.assign((key: string) => known.fetch(key) as Promise<T>, { forget: (key: string) => known.delete(key) });
}
