import { describe, expect, it } from "vitest";
import { rankBetween } from "../../api/tasks/rank.ts";
import { diceFor } from "../../proofs/dice.ts";

const first = rankBetween(null, null)!;

describe("a rank", () => {
  it("stands between its neighbours, and beyond them at the ends", () => {
    const [above, below] = [rankBetween(null, first)!, rankBetween(first, null)!];
    expect(above < first && first < below).toBe(true);
    expect([above, first, below].every((rank) => /^[0-9A-Za-z]{12}$/.test(rank))).toBe(true);
  });

  it("keeps its length however many are put at the ends", () => {
    const column = [first];
    for (let round = 0; round < 3_000; round++) {
      column.push(rankBetween(column.at(-1)!, null)!);
      column.unshift(rankBetween(null, column[0]!)!);
    }
    expect(column).toEqual(column.toSorted((one, other) => (one < other ? -1 : 1)));
    expect(new Set(column).size).toBe(6_001);
    expect(new Set(column.map(({ length }) => length))).toEqual(new Set([12]));
  });

  it("grows slowly where one place is taken over and over", () => {
    let last = rankBetween(first, null)!;
    for (let round = 0; round < 300; round++) {
      const middle = rankBetween(first, last)!;
      expect(first < middle && middle < last).toBe(true);
      last = middle;
    }
    expect(last.length).toBeLessThan(100);
  });

  it("is short again where there is room, however long those beside it are", () => {
    const [long, later] = [`${first}${"0".repeat(200)}1`, rankBetween(first, null)!];
    for (const [after, before] of [
      [long, null],
      [null, long],
      [long, later],
      [rankBetween(null, first)!, long],
    ] as const) {
      const rank = rankBetween(after, before)!;
      expect(rank).toHaveLength(12);
      expect((after ?? "") < rank && (before === null || rank < before)).toBe(true);
    }
    const between = rankBetween(first, long)!;
    expect(first < between && between < long).toBe(true);
    expect(between.length).toBeLessThan(220);
  });

  it("leaves room on both sides, whatever chance says", () => {
    for (const chance of [0, 0.5, 1 - Number.EPSILON]) {
      let [low, high] = [first, rankBetween(first, null)!];
      for (let round = 0; round < 200; round++) {
        const middle = rankBetween(low, high, () => chance)!;
        expect(low < middle && middle < high).toBe(true);
        if (round % 2) low = middle;
        else high = middle;
      }
    }
  });

  it("keeps an order that is made by chance", () => {
    const dice = diceFor(7, "ranks");
    const column = [first];
    for (let round = 0; round < 2_000; round++) {
      const place = dice.between(0, column.length);
      column.splice(place, 0, rankBetween(column[place - 1] ?? null, column[place] ?? null)!);
    }
    expect(column).toEqual(column.toSorted((one, other) => (one < other ? -1 : 1)));
    expect(new Set(column).size).toBe(2_001);
  });

  it("is its own for each of many who are put into the same place at once", () => {
    const below = rankBetween(first, null)!;
    const ranks = Array.from({ length: 5_000 }, () => rankBetween(first, below)!);
    expect(new Set(ranks).size).toBe(5_000);
  });

  it("is there for nothing between two that are one, or that stand the wrong way round", () => {
    expect(rankBetween(first, first)).toBeUndefined();
    expect(rankBetween(rankBetween(first, null)!, first)).toBeUndefined();
  });
});
