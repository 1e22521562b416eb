import { describe, expect, it } from "vitest";
import { nearest } from "../../api/kernel/nearest.ts";

const NAMES = ["assign", "unassign", "priority", "due", "done", "готово", "ещё"];

describe("the nearest name", () => {
  it.each([
    ["asign", "assign"],
    ["assing", "assign"],
    ["Assignn", "assign"],
    ["unasign", "unassign"],
    ["prioriti", "priority"],
    ["poriorty", "priority"],
    ["deu", "due"],
    ["готов", "готово"],
    ["гтоово", "готово"],
    ["еще", "ещё"],
  ])("is the one that was mistyped: %s", (word, name) => {
    expect(nearest(word, NAMES)).toBe(name);
  });

  it.each(["", "x", "help", "banana", "lamp", "a".repeat(100)])("is none when all are far: %j", (word) => {
    expect(nearest(word, NAMES)).toBe(null);
  });

  it("is the first of those that are as near", () => {
    expect(nearest("ab", ["ac", "ad"])).toBe("ac");
  });
});
