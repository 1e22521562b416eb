import { describe, expect, it } from "vitest";
import { shareInFlight } from "../../api/kernel/share.ts";

/** An answerer whose questions are counted and answered by hand. */
function slow() {
  const asked: { key: string; answer: (value: string) => void; fail: (fault: Error) => void }[] = [];
  const ask = shareInFlight((key) => new Promise<string>((answer, fail) => asked.push({ key, answer, fail })));
  return { ask, asked };
}

describe("callers who ask the same at the same time", () => {
  it("share one question and its answer", async () => {
    const { ask, asked } = slow();
    const answers = Promise.all([ask("a"), ask("a"), ask("b")]);
    expect(asked.map(({ key }) => key)).toEqual(["a", "b"]);
    for (const { key, answer } of asked) answer(`${key}!`);
    expect(await answers).toEqual(["a!", "a!", "b!"]);
  });

  it("share its fault, and the next caller asks anew", async () => {
    const { ask, asked } = slow();
    const answers = Promise.allSettled([ask("a"), ask("a")]);
    asked[0]!.fail(new Error("away"));
    expect((await answers).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    const next = ask("a");
    asked[1]!.answer("here");
    expect(await next).toBe("here");
  });
});

describe("an answer", () => {
  it("is not kept once it has come", async () => {
    const { ask, asked } = slow();
    const first = ask("a");
    asked[0]!.answer("old");
    expect(await first).toBe("old");
    const second = ask("a");
    asked[1]!.answer("new");
    expect(await second).toBe("new");
  });
});
