import { describe, expect, it } from "vitest";
import { sleeper } from "../../api/kernel/sleeper.ts";

const LONG = 60_000;

async function took(nap: Promise<void>): Promise<number> {
  const begun = performance.now();
  await nap;
  return performance.now() - begun;
}

describe("a sleeper", () => {
  it("sleeps for the time that was asked", async () => {
    expect(await took(sleeper().sleep(30))).toBeGreaterThanOrEqual(28);
  });

  it("rises at once when it is woken", async () => {
    const { sleep, wake } = sleeper();
    const nap = took(sleep(LONG));
    wake();
    expect(await nap).toBeLessThan(1_000);
  });

  it("does not lie down when work came while it was up", async () => {
    const { sleep, wake } = sleeper();
    wake();
    expect(await took(sleep(LONG))).toBeLessThan(1_000);
  });

  it("counts many wakes as one: the next nap but one is slept", async () => {
    const { sleep, wake } = sleeper();
    wake();
    wake();
    await sleep(LONG);
    expect(await took(sleep(30))).toBeGreaterThanOrEqual(28);
  });

  it("lets others run between naps even when it is woken without end", async () => {
    const { sleep, wake } = sleeper();
    let others = 0;
    const turn = setInterval(() => others++, 1);
    const until = performance.now() + 50;
    while (performance.now() < until) {
      wake();
      await sleep(LONG);
    }
    clearInterval(turn);
    expect(others).toBeGreaterThan(3);
  });
});
