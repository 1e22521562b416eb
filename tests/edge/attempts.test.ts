import { afterEach, expect, it } from "vitest";
import { countAttempts } from "../../api/edge/identity-provider/attempts.ts";
import { setClock } from "../../api/kernel/clock.ts";

afterEach(() => setClock());

it("gives five tries a minute to each key", () => {
  let at = Date.parse("2026-11-22T10:00:00Z");
  setClock(() => at);
  const attempts = countAttempts();
  expect([1, 2, 3, 4, 5, 6].map(() => attempts.take("ann 10.0.0.1"))).toEqual([4, 3, 2, 1, 0, undefined]);
  expect(attempts.take("ann 10.0.0.2")).toBe(4);
  at += 59_999;
  expect(attempts.take("ann 10.0.0.1")).toBeUndefined();
  at += 1;
  expect(attempts.take("ann 10.0.0.1")).toBe(4);
});

it("begins anew after a success", () => {
  const attempts = countAttempts();
  for (let count = 0; count < 4; count++) attempts.take("ann");
  attempts.forget("ann");
  expect(attempts.take("ann")).toBe(4);
});

it("watches a bounded number of keys, forgetting the oldest", () => {
  const attempts = countAttempts();
  for (let count = 0; count < 6; count++) attempts.take("first");
  for (let count = 0; count < 10_000; count++) attempts.take(`other ${count}`);
  expect(attempts.take("first")).toBe(4);
});
