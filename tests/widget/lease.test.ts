import { expect, it } from "vitest";
import { holdLease } from "../../widget/session/lease.ts";
import { FarSide, settle } from "./far-side.ts";

it("lets one tab work at a time where there are no Web Locks", async () => {
  const far = new FarSide();
  let working = 0;
  let most = 0;
  const work = async () => {
    working += 1;
    most = Math.max(most, working);
    await new Promise<void>((resolve) => far.clock.after(100, resolve));
    working -= 1;
  };
  const done = Promise.all(
    [1, 2, 3].map((tab) => holdLease({ ...far.tab(), newId: () => `tab-${tab}` }, "visit", work)),
  );
  await far.pass(5_000);
  await done;
  expect(most).toBe(1);
});

it("takes over from a tab that died holding it", async () => {
  const far = new FarSide();
  void holdLease(far.tab(), "visit", () => new Promise<never>(() => {}));
  await far.pass(1_000);
  let isDone = false;
  void holdLease(far.tab(), "visit", async () => {
    isDone = true;
  });
  await far.pass(5_000);
  expect(isDone).toBe(false);
  await far.pass(10_000);
  await settle();
  expect(isDone).toBe(true);
});
