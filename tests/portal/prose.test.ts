import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "../../markdown/parse.ts";
import type { Block, Inline } from "../../markdown/tree.ts";
import { prose } from "../../portal/conversation/prose.ts";
import { hostileStrings } from "../e2e/hostile-strings.ts";
import { hostile } from "../markdown/corpus.ts";

/** Every tag that a message may become, in full. */
const TAG = new RegExp(
  [
    "</?(?:p|blockquote|ul|li|b|em|s|code|pre)>",
    '<ol start="\\d{1,9}">',
    '<pre data-language="[^"<>]+">',
    '<a href="(?:https?://|mailto:|tel:)[^"<>\\s]+" target="_blank" rel="noopener noreferrer nofollow">',
    "</(?:ol|a)>",
  ].join("|"),
  "g",
);
const entities: Record<string, string> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'" };

function shown(text: string): string {
  return prose(text).join("");
}

function wordsOf(block: Block): string {
  if (block.is === "code") return block.text;
  return block.is === "list" ? block.items.map(textOf).join("") : textOf(block.of);
}

function textOf(parts: readonly Inline[]): string {
  return parts.map((part) => (typeof part === "string" ? part : "text" in part ? part.text : textOf(part.of))).join("");
}

/** The elements that are closed by another's end, or never. */
function misnested(markup: string): string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  for (const [tag] of markup.matchAll(TAG)) {
    const name = /\w+/.exec(tag)![0];
    if (!tag.startsWith("</")) open.push(name);
    else if (open.pop() !== name) wrong.push(name);
  }
  return [...wrong, ...open];
}

function expectOnlyKnown(text: string): void {
  const markup = shown(text);
  const words = markup.replace(TAG, "");
  expect(words).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/);
  expect(words.replace(/&[#\w]+;/g, (entity) => entities[entity]!)).toBe(parse(text).map(wordsOf).join(""));
  expect(misnested(markup)).toEqual([]);
}

describe("what a message becomes", () => {
  it("names the language of a code block", () => {
    expect(shown('```"js" <b>\n1 < 2\n```')).toBe(
      '<pre data-language="&quot;js&quot; &lt;b&gt;"><code>1 &lt; 2</code></pre>',
    );
  });

  it("has no tag and no attribute but the known ones, whatever is written", () => {
    const signs = "* ** _ ~~ ` `` ``` [ ]( ) > - 1. \\ < > </ \" ' & &lt; = / : a Ж 𝒳 \u202e".split(" ");
    const words = [
      "<script>",
      "<b onclick=x>",
      'href="',
      "https://a.example/",
      "javascript:",
      "mailto:",
      "\n",
      " ",
      "\0",
    ];
    const piece = fc.oneof(fc.constantFrom(...signs, ...words), fc.constantFrom(...hostileStrings), fc.string());
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => expectOnlyKnown(pieces.join(""))),
      { numRuns: 1_000 },
    );
  });

  it("has none else for what parsers have stumbled over", () => {
    for (const text of [...hostileStrings, ...Object.values(hostile).map((make) => make(10_000))])
      expectOnlyKnown(text);
  });
});
