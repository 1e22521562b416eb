import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { setClock } from "../../api/kernel/clock.ts";
import { remember } from "../../api/kernel/remember.ts";

type Answer = { text: string } | undefined;

/** An answerer whose questions are counted and answered by hand; an answer is good for a second. */
function slow() {
  const asked: { key: string; answer: (value: Answer) => void; fail: (fault: Error) => void }[] = [];
  const ask = remember(1_000, (key) => new Promise<Answer>((answer, fail) => asked.push({ key, answer, fail })));
  return { ask, asked };
}

let at = 1_000_000;

beforeEach(() => setClock(() => at));
afterEach(() => setClock());

describe("callers who ask the same", () => {
  it("at the same time share one question and its answer", async () => {
    const { ask, asked } = slow();
    const answers = Promise.all([ask("a"), ask("a"), ask("b")]);
    expect(asked.map(({ key }) => key)).toEqual(["a", "b"]);
    for (const { key, answer } of asked) answer({ text: key });
    expect(await answers).toEqual([{ text: "a" }, { text: "a" }, { text: "b" }]);
  });

  it("share its fault, and the next caller asks anew", async () => {
    const { ask, asked } = slow();
    const answers = Promise.allSettled([ask("a"), ask("a")]);
    asked[0]!.fail(new Error("away"));
    expect((await answers).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    const next = ask("a");
    asked[1]!.answer({ text: "here" });
    expect(await next).toEqual({ text: "here" });
  });

  it("within the time get the answer that is known, and after it a new one", async () => {
    const { ask, asked } = slow();
    const first = ask("a");
    asked[0]!.answer({ text: "old" });
    await first;
    at += 990;
    expect(await ask("a")).toEqual({ text: "old" });
    at += 20;
    const later = ask("a");
    asked[1]!.answer({ text: "new" });
    expect(await later).toEqual({ text: "new" });
  });
});

it("forgets that there was nothing", async () => {
  const { ask, asked } = slow();
  const first = ask("a");
  asked[0]!.answer(undefined);
  expect(await first).toBeUndefined();
  void ask("a");
  expect(asked).toHaveLength(2);
});
