import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openGate } from "../../api/edge/limits/gate.ts";
import { setClock } from "../../api/kernel/clock.ts";

beforeEach(() => {
  vi.useFakeTimers();
  setClock(() => Date.now());
});
afterEach(() => {
  vi.useRealTimers();
  setClock();
});

/** So many who come at the same instant; who was let in so far, in order. */
function storm(gate: ReturnType<typeof openGate>, count: number) {
  const entered: number[] = [];
  const places = Array.from({ length: count }, (_, index) => gate.enter(() => entered.push(index)));
  return { entered, leave: (index: number) => places[index]!(), refused: places.filter((place) => !place).length };
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

describe("a gate of 100 a second", () => {
  it("lets in at once who comes when nobody waits", () => {
    expect(storm(openGate(100), 10).entered).toEqual(upTo(10));
  });

  it("lets a storm in at its rate, in order, and refuses nobody", () => {
    const { entered, refused } = storm(openGate(100), 800);
    expect(entered).toHaveLength(10);
    vi.advanceTimersByTime(1_000);
    expect(entered.length).toBeGreaterThan(100);
    expect(entered.length).toBeLessThanOrEqual(110);
    vi.advanceTimersByTime(7_000);
    expect(entered).toEqual(upTo(800));
    expect(refused).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("refuses only who finds the line full: what it lets in within 8 s", () => {
    expect(storm(openGate(100), 1_500).refused).toBe(1_500 - 10 - 800);
  });

  it("gives the place of whoever leaves the line to the next", () => {
    const { entered, leave } = storm(openGate(100), 14);
    leave(11);
    vi.advanceTimersByTime(1_000);
    expect(entered).toEqual(upTo(14).filter((index) => index !== 11));
  });
});
