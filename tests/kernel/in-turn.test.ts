import { describe, expect, it } from "vitest";
import { inTurn } from "../../api/kernel/in-turn.ts";

describe("work of the same key", () => {
  it("is done one after another, also after one that failed; that of another key beside it", async () => {
    const told: string[] = [];
    const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
    const first = inTurn("a", async () => {
      told.push("first begins");
      await held;
      told.push("first ends");
      throw new Error("no");
    });
    const second = inTurn("a", async () => told.push("second"));
    await inTurn("b", async () => told.push("other"));
    letGo();
    await expect(first).rejects.toThrow("no");
    expect(await second).toBe(4);
    expect(told).toEqual(["first begins", "other", "first ends", "second"]);
  });
});
