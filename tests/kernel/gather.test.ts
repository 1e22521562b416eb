import { describe, expect, it } from "vitest";
import { gather } from "../../api/kernel/gather.ts";
import { eventually } from "../support/eventually.ts";

/** A gathering whose runs are seen, and answered by hand. */
function slow() {
  const runs: { asked: string[]; answer: () => void; fail: () => void }[] = [];
  const ask = gather(
    (asked: string[]) =>
      new Promise<string[]>((resolve, reject) => {
        const answer = () => resolve(asked.map((one) => `${one}!`));
        runs.push({ asked, answer, fail: () => reject(new Error("away")) });
      }),
  );
  return { ask, runs };
}

describe("callers of a gathering", () => {
  it("wait for nobody when they are alone", () => {
    const { ask, runs } = slow();
    void ask("a");
    expect(runs.map(({ asked }) => asked)).toEqual([["a"]]);
  });

  it("who come while one is under way share the next, each with its own answer", async () => {
    const { ask, runs } = slow();
    const first = ask("a");
    const others = Promise.all([ask("b"), ask("c")]);
    runs[0]!.answer();
    expect(await first).toBe("a!");
    expect(runs[1]!.asked).toEqual(["b", "c"]);
    runs[1]!.answer();
    expect(await others).toEqual(["b!", "c!"]);
  });

  it("share a fault, which ends nobody else's turn", async () => {
    const { ask, runs } = slow();
    const first = ask("a").catch((fault: Error) => fault.message);
    const second = ask("b");
    runs[0]!.fail();
    expect(await first).toBe("away");
    runs[1]!.answer();
    expect(await second).toBe("b!");
  });

  it("who come after a run that few shared wait a little for each other", async () => {
    const { ask, runs } = slow();
    void ask("a");
    void ask("b");
    const third = ask("c");
    runs[0]!.answer();
    await eventually(() => runs.length === 2);
    runs[1]!.answer();
    await third;
    void ask("d");
    expect(runs).toHaveLength(2);
    void ask("e");
    await eventually(() => runs.length === 3);
    expect(runs[2]!.asked).toEqual(["d", "e"]);
  });

  it("are served 500 at a time", async () => {
    const { ask, runs } = slow();
    const answers = Promise.all(Array.from({ length: 502 }, (_, index) => ask(String(index))));
    runs[0]!.answer();
    while (runs.length < 2) await Promise.resolve();
    expect(runs[1]!.asked).toHaveLength(500);
    runs[1]!.answer();
    while (runs.length < 3) await Promise.resolve();
    runs[2]!.answer();
    expect(await answers).toHaveLength(502);
  });
});
