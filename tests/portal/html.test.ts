import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { html } from "../../portal/html.ts";

const unescaped = (text: string): string =>
  text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");

describe("html", () => {
  it("escapes text and quoted attributes", () => {
    const evil = `<img src=x onerror="a('b')">&amp;`;
    expect(html`<p title="${evil}">${evil}</p>`.text).toBe(
      '<p title="&lt;img src=x onerror=&quot;a(&#39;b&#39;)&quot;&gt;&amp;amp;">&lt;img src=x onerror=&quot;a(&#39;b&#39;)&quot;&gt;&amp;amp;</p>',
    );
  });

  it("takes nested markup and lists of it as they are", () => {
    const items = ["a", "<b>"].map((name) => html`<li>${name}</li>`);
    expect(html`<ul>${items}</ul>`.text).toBe("<ul><li>a</li><li>&lt;b&gt;</li></ul>");
  });

  it("shows nothing for null, undefined and false, and zero as a number", () => {
    expect(html`<p>${null}${undefined}${false}${0}</p>`.text).toBe("<p>0</p>");
  });

  it("puts an attribute of ours in only when asked", () => {
    const button = (isOff: boolean) => html`<button ${isOff && html`disabled`}>Go</button>`.text;
    expect([button(true), button(false)]).toEqual(["<button disabled>Go</button>", "<button >Go</button>"]);
  });

  it("lets nothing through unescaped, whatever people write", () => {
    const writing = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({
        unit: fc.constantFrom("<", ">", '"', "'", "&", "`", "=", "/", " ", "script", "\u2028", "&lt;", "\u202e"),
      }),
    );
    fc.assert(
      fc.property(writing, (text) => {
        const made = html`<p data-a="${text}" data-b='${text}'>${[text]}</p>`.text;
        const parts = /^<p data-a="([^"<>]*)" data-b='([^'<>]*)'>([^<>"']*)<\/p>$/s.exec(made);
        expect(parts).not.toBeNull();
        for (const part of parts!.slice(1)) expect(unescaped(part)).toBe(text);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ["an unquoted attribute", () => html`<p title=${"x"}></p>`],
    ["the name of a tag", () => html`<${"p"}>`],
    ["the name of an attribute", () => html`<p data-${"x"}="y">`],
    ["text between attributes", () => html`<p ${"onclick=x"}>`],
    ["a script", () => html`<script>${"x"}</script>`],
    ["a style", () => html`<style>${"x"}</style>`],
    ["a comment", () => html`<!-- ${"x"} -->`],
    ["a listener", () => html`<p onclick="${"x"}">`],
    ["inline style", () => html`<p style="${"x"}">`],
    ["markup inside an attribute", () => html`<p title="${html`<b></b>`}">`],
  ])("refuses %s, which escaping could not make safe", (_place, make) => {
    expect(make).toThrow();
  });

  it("refuses an address that could run a script, and takes those of pages", () => {
    expect(() => html`<a href="${"javascript:alert(1)"}">x</a>`).toThrow("not a link");
    expect(() => html`<form action="${"data:text/html,x"}"></form>`).toThrow("not a link");
    expect(html`<a href="${"/portal?a=1&b=2"}">x</a>`.text).toBe('<a href="/portal?a=1&amp;b=2">x</a>');
    expect(html`<a href="/portal/${"x:y"}">x</a>`.text).toBe('<a href="/portal/x:y">x</a>');
  });

  it("reads on correctly after a closed comment, a quoted bracket and a closed script", () => {
    expect(html`<!-- a > b --><p title="a > b">${"<"}</p><script src="/x.js"></script>${"<"}`.text).toBe(
      '<!-- a > b --><p title="a > b">&lt;</p><script src="/x.js"></script>&lt;',
    );
  });
});
