import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fullBucket, left, type Rate, refill, secondsUntil } from "../../api/edge/limits/bucket.ts";

const rates = fc.record({ burst: fc.integer({ min: 1, max: 1_000 }), perSecond: fc.integer({ min: 1, max: 100 }) });
/** After how many ms more is asked for how much. */
const asking = fc.array(fc.tuple(fc.integer({ min: -500, max: 5_000 }), fc.integer({ min: 1, max: 200 })));

/** Takes as a caller does who is refused what is not there; answers what was taken and when. */
function take(rate: Rate, asked: [number, number][]): { at: number; amount: number }[] {
  let at = 0;
  const bucket = fullBucket(at);
  return asked.flatMap(([waits, amount]) => {
    at += waits;
    refill(bucket, rate, at);
    if (secondsUntil(amount, bucket, rate) > 0) return [];
    bucket.lacks += amount;
    return [{ at, amount }];
  });
}

describe("a bucket", () => {
  it("gives in no span of time more than its burst and what flowed back meanwhile", () => {
    fc.assert(
      fc.property(rates, asking, (rate, asked) => {
        const forward = asked.map(([waits, amount]): [number, number] => [Math.abs(waits), amount]);
        const taken = take(rate, forward);
        for (const [first, { at: from }] of taken.entries()) {
          let sum = 0;
          for (const { at, amount } of taken.slice(first)) {
            sum += amount;
            expect(sum).toBeLessThanOrEqual(rate.burst + ((at - from) / 1_000) * rate.perSecond + 1e-6);
          }
        }
      }),
    );
  });

  it("gives what is asked for after the wait that it tells, and not sooner", () => {
    fc.assert(
      fc.property(rates, fc.double({ min: 0, max: 1, noNaN: true }), (rate, share) => {
        const bucket = { lacks: rate.burst * (1 + share), at: 0 };
        const seconds = secondsUntil(1, bucket, rate);
        const early = { ...bucket };
        refill(early, rate, (seconds - 0.01) * 1_000);
        expect(left(early, rate)).toBeLessThan(1);
        refill(bucket, rate, seconds * 1_000);
        expect(left(bucket, rate)).toBeCloseTo(1);
      }),
    );
  });

  it("holds neither less than nothing nor more than its burst, also when the clock goes back", () => {
    fc.assert(
      fc.property(rates, asking, (rate, asked) => {
        const bucket = fullBucket(0);
        let at = 0;
        for (const [waits, amount] of asked) {
          at += waits;
          refill(bucket, rate, at);
          bucket.lacks += amount;
          expect(left(bucket, rate)).toBeGreaterThanOrEqual(0);
          expect(left(bucket, rate)).toBeLessThanOrEqual(rate.burst);
        }
      }),
    );
  });
});
