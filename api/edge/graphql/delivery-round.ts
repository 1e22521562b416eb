/** Whoever has something to be written. */
export type Writer = { write: () => void };

/**
 * How many are written to before the process looks at what else came in: each write costs it some 12 us. What comes
 * meanwhile joins what still waits, and a request waits for few of them.
 */
const AT_ONCE = 128;
/**
 * Before a round the process waits 1 ms for every so many readers, up to 10 ms: less than a tenth of what writing to them
 * takes. What comes meanwhile is written with the first; so a burst costs its readers one write.
 */
const READERS_PER_MS = 1_000;
const LONGEST_WAIT_MS = 10;

const waiting = new Set<Writer>();
let isUnderWay = false;

/** Has it write once this tick is over; where thousands wait, a few ms later. */
export function writeSoon(writer: Writer): void {
  waiting.add(writer);
  if (isUnderWay) return;
  isUnderWay = true;
  setImmediate(begin);
}

function begin(): void {
  const waitMs = Math.min(Math.floor(waiting.size / READERS_PER_MS), LONGEST_WAIT_MS);
  if (waitMs === 0) goOn();
  else setTimeout(goOn, waitMs);
}

function goOn(): void {
  let left = AT_ONCE;
  for (const writer of waiting) {
    if (left-- === 0) return void setImmediate(goOn);
    waiting.delete(writer);
    writer.write();
  }
  isUnderWay = false;
}
