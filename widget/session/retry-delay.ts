const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

/** Milliseconds to wait before attempt number `attempt` (0 = the first repetition): doubling up to 30 s, spread over its upper half, so that a restarted server is not met by everyone at once. */
export function retryDelay(attempt: number, random: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt) * (0.5 + random / 2);
}
