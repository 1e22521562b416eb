import { LRUCache } from "lru-cache";

const MOST = 1_000;
const known = new LRUCache<string, string>({ max: MOST });

/** The same text, kept once in memory for all who intern it: for what thousands have alike, such as the site they come from. */
export function intern(text: string): string {
  const kept = known.get(text);
  if (kept !== undefined) return kept;
  known.set(text, text);
  return text;
}
