import { expect, it } from "vitest";
import { countOf, type Few, including, membersOf, without } from "../../api/kernel/few.ts";

const of = (...members: string[]) => members.reduce<Few<string>>(including, undefined);
const list = (few: Few<string>) => [...membersOf(few)];

it("has each member once, in the order in which they came", () => {
  expect([of(), of("a"), of("a", "a"), of("a", "b", "a", "c")].map(list)).toEqual([[], ["a"], ["a"], ["a", "b", "c"]]);
});

it("counts its members", () => {
  expect([of(), of("a", "a"), of("a", "b", "a")].map(countOf)).toEqual([0, 1, 2]);
});

it("of one weighs nothing of its own, and is nothing once it is empty", () => {
  expect(of("a")).toBe("a");
  expect(without(of("a"), "a")).toBeUndefined();
  expect(["a", "b"].reduce<Few<string>>(without, of("a", "b"))).toBeUndefined();
});

it("stays as it is when somebody else is taken away", () => {
  expect([of(), of("a"), of("a", "b")].map((few) => list(without(few, "c")))).toEqual([[], ["a"], ["a", "b"]]);
});

it("may lose members while they are gone through", () => {
  let few = of("a", "b", "c");
  const met: string[] = [];
  for (const member of membersOf(few)) {
    met.push(member);
    few = without(few, member);
  }
  expect([met, few]).toEqual([["a", "b", "c"], undefined]);
});
