import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const folder = new URL("../../portal/", import.meta.url).pathname;
const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));

/** What htmx would have to evaluate, or 4.0.1 no longer understands. */
const banned = {
  "a listener in markup": /hx-on[:="]/,
  "a script as a value": /hx-[\w:-]+=["']\s*js(?:cript)?:/,
  "a filter on a trigger": /hx-trigger="[^"]*\[/,
  "syntax of htmx 2": /\b(?:hx-ext|sse-connect|sse-swap|hx-disabled-elt|hx-vars|htmx:afterSwap|htmx:beforeRequest)\b/,
  "an inline style": /\sstyle="/,
  "an inline script": /<script>/,
};

describe("the portal's sources", () => {
  it("were found", () => {
    expect(sources.length).toBeGreaterThan(20);
  });

  it.each(Object.entries(banned))("hold no %s", (_what, pattern) => {
    expect(sources.filter(({ text }) => pattern.test(text)).map(({ name }) => name)).toEqual([]);
  });

  it("know each banned thing when they see it", () => {
    const samples = [
      'hx-on:click="x"',
      'hx-vals="js:{a:1}"',
      'hx-trigger="click[ctrlKey]"',
      'hx-ext="sse"',
      '<p style="x">',
      "<script>",
    ];
    expect(Object.values(banned).map((pattern, index) => pattern.test(samples[index]!))).not.toContain(false);
  });
});
