import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse, preview } from "../../markdown/parse.ts";
import type { Block, Inline } from "../../markdown/tree.ts";
import { hostile } from "./corpus.ts";

/** The tree as a reader would say it. */
function told(text: string): string {
  return parse(text).map(blockSaid).join("|");
}

function blockSaid(block: Block): string {
  if (block.is === "code") return `code${block.language === null ? "" : ` ${block.language}`}<${block.text}>`;
  if (block.is === "list") return `${block.from ?? "•"}<${block.items.map(said).join(";")}>`;
  return block.is === "quote" ? `quote<${said(block.of)}>` : said(block.of);
}

function said(parts: readonly Inline[]): string {
  return parts
    .map((part) => {
      if (typeof part === "string") return part;
      if (part.is === "link") return `link<${part.text}→${part.href}>`;
      return `${part.is}<${part.is === "code" ? part.text : said(part.of)}>`;
    })
    .join("");
}

function links(parts: readonly Inline[]): string[] {
  return parts.flatMap((part) => {
    if (typeof part === "string" || part.is === "code") return [];
    return part.is === "link" ? [part.href] : links(part.of);
  });
}

function linksOf(text: string): string[] {
  return parse(text).flatMap(partsOf).flatMap(links);
}

/** How deep marks stand within marks. */
function depthOf(text: string): number {
  const depth = (parts: readonly Inline[]): number =>
    Math.max(0, ...parts.map((part) => (typeof part === "object" && "of" in part ? 1 + depth(part.of) : 0)));
  return Math.max(0, ...parse(text).flatMap(partsOf).map(depth));
}

function partsOf(block: Block): (readonly Inline[])[] {
  if (block.is === "code") return [];
  return block.is === "list" ? [...block.items] : [block.of];
}

describe("a message", () => {
  it.each([
    ["**bold** and *thin* and ~~gone~~", "bold<bold> and italic<thin> and strike<gone>"],
    ["**bold _and thin_**", "bold<bold italic<and thin>>"],
    ["`npm *start*` it", "code<npm *start*> it"],
    ["2 * 3 * 4 and snake_case_name, 5*6*7", "2 * 3 * 4 and snake_case_name, 5*6*7"],
    ["*open and **never closed", "*open and **never closed"],
    ["*a **b* c**", "italic<a **b> c**"],
    ["***both*** and **bold *and thin***", "bold<italic<both>> and bold<bold italic<and thin>>"],
    ["Name: ________ ****", "Name: ________ ****"],
    ["\\*as it stands\\*", "*as it stands*"],
    ["**жирный** и _курсив_", "bold<жирный> и italic<курсив>"],
    ["one\ntwo\n\n\nthree", "one\ntwo|three"],
    ["> he said\n> so\nyes", "quote<he said\nso>|yes"],
    ["- a\n- b\n\n3. c\n4. d", "•<a;b>|3<c;d>"],
    ["```\nlet x = *1*\n```\nok", "code<let x = *1*>|ok"],
    ["```js\nunclosed", "code js<unclosed>"],
    ["``` c++ \n*x\n```py\n```", "code c++<*x\n```py>"],
    ["``a ` b`` and ```in a line```", "code<a ` b> and code<in a line>"],
    ["`` `a` `` and ` a `", "code<`a`> and code< a >"],
    ["``never` closed", "``never` closed"],
    ["", ""],
  ])("%j is read as %j", (text, tree) => expect(told(text)).toBe(tree));

  it.each([
    [
      "see https://lumen.example/a_b_c?d=1.",
      "see link<https://lumen.example/a_b_c?d=1→https://lumen.example/a_b_c?d=1>.",
    ],
    ["(https://lumen.example/(a))", "(link<https://lumen.example/(a)→https://lumen.example/(a)>)"],
    ["[the lamp](https://lumen.example)", "link<the lamp→https://lumen.example/>"],
    ["[write](mailto:a@lumen.example)", "link<write→mailto:a@lumen.example>"],
    ["[no](javascript:alert(1))", "[no](javascript:alert(1))"],
    [
      "[no](data:text/html,x) [no](/here) [no](//there.example)",
      "[no](data:text/html,x) [no](/here) [no](//there.example)",
    ],
    ["xhttps://no.example", "xhttps://no.example"],
    ["[a](b [c](https://lumen.example)", "[a](b link<c→https://lumen.example/>"],
    ["[a](https://lumen.example/?in[]=1)", "link<a→https://lumen.example/?in[]=1>"],
  ])("%j links as %j", (text, tree) => expect(told(text)).toBe(tree));

  it.each([
    ["host", (name: string) => `https://${name}.example`, 247, 248],
    ["address", (name: string) => `https://lumen.example/${name}`, 1_978, 1_979],
  ])("links to no %s longer than any is, and to no part of it", (_what, address, most, tooMany) => {
    expect(linksOf(address("a".repeat(most)))).toHaveLength(1);
    for (const text of [address("a".repeat(tooMany)), `[a](${address("a".repeat(tooMany))})`])
      expect(told(text)).toBe(text);
  });

  it("never links to what a page could run", () => {
    const scheme = fc.constantFrom(
      "javascript:",
      "JaVaScRiPt:",
      "data:",
      "vbscript:",
      "blob:",
      "file:///",
      "\u0001javascript:",
    );
    fc.assert(
      fc.property(scheme, fc.string(), fc.string(), (bad, label, rest) => {
        for (const href of linksOf(`[${label}](${bad}${rest}) ${bad}${rest}`))
          expect(href).toMatch(/^(?:https?:\/\/|mailto:|tel:)/);
      }),
    );
  });

  it("keeps every letter and number that was written, in order", () => {
    const sign = fc.constantFrom("*", "_", "~~", "`", "[", "](", ")", "\n", "> ", "- ", " ", "a", "Ж", "𝒳", "1", "\\");
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 80 }), (signs) => {
        const text = signs.join("");
        const kept = (all: string) => all.replace(/[^aЖ𝒳]/gu, "");
        expect(kept(told(text).replace(/bold<|italic<|strike<|code ?|quote<|link</g, ""))).toBe(kept(text));
      }),
    );
  });

  it("shows no mark around nothing: its signs are text", () => {
    const sign = fc.constantFrom("*", "_", "~", "`", "a", " ", "\\", "[");
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 30 }), (signs) => {
        expect(told(`.${signs.join("")}`)).not.toMatch(/(?:bold|italic|strike|code)<>/);
      }),
      { numRuns: 1_000 },
    );
  });

  it("nests three marks at most, however many are opened", () => {
    for (const text of Object.values(hostile)) expect(depthOf(text(20_000))).toBeLessThanOrEqual(3);
    expect(depthOf("*a **b ~~c~~** d*")).toBe(3);
  });

  it("is one line of words in a preview", () => {
    expect(preview("**Hello**\n- `a`\n- [b](https://c.example)", 100)).toBe("Hello a b");
  });
});
