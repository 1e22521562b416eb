/** Whoever has something to be written. */
export type Writer = { write: () => void };

/**
 * How many are written to before the process looks at what else came in: each write costs it some 15 us. What comes
 * meanwhile joins what still waits; so a burst costs most of its readers one write, and a request waits for few of them.
 */
const AT_ONCE = 512;

const waiting = new Set<Writer>();
let isUnderWay = false;

/** Has it write once this tick is over; a lone message waits for nothing more. */
export function writeSoon(writer: Writer): void {
  waiting.add(writer);
  if (isUnderWay) return;
  isUnderWay = true;
  setImmediate(goOn);
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
