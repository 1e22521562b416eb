import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "../../markdown/parse.ts";
import { prose } from "../../portal/conversation/prose.ts";
import { hostile, ordinary } from "./corpus.ts";
import { looksOf } from "./looks.ts";

const TIMES = 8;

/** How many times as much a text of 8 times the length costs: to read it, and to show it. */
function growth(text: (length: number) => string, length: number): { read: number; shown: number } {
  const of = (look: (text: string) => unknown) => {
    const [short, long] = [text(length), text(TIMES * length)];
    return looksOf(() => look(long)) / looksOf(() => look(short));
  };
  return { read: of(parse), shown: of((body) => prose(body).map(String)) };
}

describe("the cost of a text", () => {
  it.each(Object.entries({ ordinary, ...hostile }))("grows with its length alone: %s", (_name, text) => {
    const { read, shown } = growth(text, 4_096);
    expect(read).toBeLessThan(1.25 * TIMES);
    expect(shown).toBeLessThan(1.25 * TIMES);
  });

  it("grows with its length alone, whatever is repeated", () => {
    const signs = fc.constantFrom(
      "*",
      "**",
      "_",
      "~~",
      "`",
      "``",
      "[",
      "](",
      ")",
      "\n",
      "> ",
      "- ",
      " ",
      "a",
      "\\",
      "http://",
      "```\n",
    );
    fc.assert(
      fc.property(fc.array(signs, { minLength: 1, maxLength: 8 }), (unit) => {
        const text = (length: number) => unit.join("").repeat(length).slice(0, length);
        const { read, shown } = growth(text, 512);
        expect(Math.max(read, shown)).toBeLessThan(1.5 * TIMES);
      }),
    );
  });

  it("is counted: what looks back at all that was read costs its square", () => {
    const looksBack = (text: string) => Array.from(text, (_, at) => text.slice(0, at));
    const cost = (length: number) => looksOf(() => looksBack("a".repeat(length)));
    expect(cost(1_600) / cost(100)).toBeGreaterThan(100);
  });
});
