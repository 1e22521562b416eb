import { now } from "../../kernel/clock.ts";
import { socketsWaiting } from "../../kernel/metrics.ts";
import { fullBucket, left, refill } from "./bucket.ts";

const TICK_MS = 20;
/** The most who wait, in seconds' worth of the rate: the widget gives up after 10 s. */
const LONGEST_WAIT_SECONDS = 8;

/** A gate for a storm. `enter` lets in at once or later, in order; it answers how to leave the line, or undefined when that is full. */
export type Gate = { enter: (letIn: () => void) => (() => void) | undefined };

/** Lets so many in a second, a tenth of them at once. */
export function openGate(perSecond: number): Gate {
  const rate = { burst: Math.max(1, perSecond / 10), perSecond };
  const bucket = fullBucket(now().getTime());
  const line = new Set<() => void>();
  let timer: NodeJS.Timeout | undefined;

  function serve(): void {
    refill(bucket, rate, now().getTime());
    for (const letIn of line) {
      if (left(bucket, rate) < 1) break;
      bucket.lacks++;
      line.delete(letIn);
      letIn();
    }
    socketsWaiting.set(line.size);
    if (line.size > 0) timer ??= setInterval(serve, TICK_MS).unref();
    else {
      clearInterval(timer);
      timer = undefined;
    }
  }

  return {
    enter: (letIn) => {
      if (line.size >= perSecond * LONGEST_WAIT_SECONDS) return undefined;
      const place = () => letIn();
      line.add(place);
      serve();
      return () => void line.delete(place);
    },
  };
}
