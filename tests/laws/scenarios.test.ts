import { describe, expect, it } from "vitest";
import { missingScenarios, scenarios } from "../../proofs/laws/scenarios.ts";

describe("the laws", () => {
  it("have a scenario for every mutation of the schema, and for no other", () => {
    expect(missingScenarios()).toEqual([]);
  });

  it("leave out no mutation without a reason", () => {
    const reasons = Object.values(scenarios).flatMap((entry) => ("exempt" in entry ? [entry.exempt] : []));
    expect(reasons.filter((reason) => reason.trim().length < 20)).toEqual([]);
  });
});
