import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findHandles, splitMentions } from "../../markdown/mentions.ts";

describe("the handles in a message", () => {
  it.each([
    ["@ann, @Ирина: see @BEN.", ["ann", "ирина", "ben"]],
    ['(@ann) "@ben" @ann-marie_2.5!', ["ann", "ben", "ann-marie_2.5"]],
    ["**@ann** and _so_ @ben", ["ann", "ben"]],
    ["> @ann\n\n1. @ben\n- @cleo", ["ann", "ben", "cleo"]],
    ["@ann @Ann @ANN", ["ann"]],
    ["ann@lumen.example, me@ann, @@ann, a/@ann", []],
    ["`@ann`\n```\n@ben\n```\n[@cleo](https://lumen.example/@dora)", []],
    ["@ @. @- \\@ann", ["ann"]],
    [`@${"a".repeat(33)}`, ["a".repeat(32)]],
  ])("%j", (text, handles) => expect(findHandles(text)).toEqual(handles));

  it("are taken apart from the words, and nothing is lost", () => {
    const known = new Map([["ann", 1]]);
    expect(splitMentions("Hi @Ann, @ben", known)).toEqual(["Hi ", { text: "@Ann", who: 1 }, ", @ben"]);
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("@", "a", "n", " ", ".", "Ann", "@ann") }), (words) => {
        const parts = splitMentions(words, known);
        expect(parts.map((part) => (typeof part === "string" ? part : part.text)).join("")).toBe(words);
      }),
    );
  });
});
