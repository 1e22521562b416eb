import { describe, expect, it } from "vitest";
import { openTally } from "../../proofs/tally.ts";
import { proveSentences } from "../../proofs/commands/sentences.ts";
import { documentedExamples, saidOf } from "./documented.ts";

describe("the page of commands", () => {
  it("holds examples", () => {
    expect(documentedExamples().length).toBeGreaterThan(20);
  });

  it.each(documentedExamples())("says what is read: $written", ({ written, read }) => {
    expect(saidOf(written)).toBe(read);
  });

  it("prints the grammar by which lines are read", () => {
    const tally = openTally();
    proveSentences(tally, 1, 500);
    expect([tally.cases(), tally.failed()]).toEqual([1_000, 0]);
  });
});
