import { describe, expect, it } from "vitest";
import { readCommandLines } from "../../api/commands/command-line.ts";

const NAMES = new Set(["assign", "priority", "due", "title", "done", "готово", "link"]);

/** The commands of each line: name, a question mark when nobody knows it, and what its arguments say. */
function read(body: string): string[][] {
  return readCommandLines(body, (name) => NAMES.has(name)).map(({ calls }) =>
    calls.map(({ name, isKnown, args }) => [`${name}${isKnown ? "" : "?"}`, ...args.map(({ text }) => text)].join("|")),
  );
}

describe("the command lines of a message", () => {
  it("begin with a slash and a name, and hold a command for each known name", () => {
    expect(read("/assign @ben /priority high /due tomorrow")).toEqual([
      ["assign|@ben", "priority|high", "due|tomorrow"],
    ]);
  });

  it("stand among lines of text, whichever way these end", () => {
    expect(read("Hello\n/done\r\nand\r/assign @ben\n a /done")).toEqual([["done"], ["assign|@ben"]]);
  });

  it("are called in any script and any case", () => {
    expect(read("/Готово /DONE")).toEqual([["готово", "done"]]);
    expect(read("/й").length).toBe(1);
    expect(read("/\u0438\u0306")).toEqual([["\u0439?"]]);
  });

  it("tell a name that nobody knows when they begin with it", () => {
    expect(read("/asign @ben /prioriti high /done")).toEqual([["asign?|@ben|/prioriti|high", "done"]]);
  });

  it.each([
    "//assign @ben",
    "/ assign",
    "/",
    "/usr/bin/node",
    "/7",
    "/done.",
    " /done",
    "> /done",
    "- /done",
    "say /done",
  ])("are not: %s", (text) => {
    expect(read(text)).toEqual([]);
  });

  it.each([
    "```\n/done\n```",
    "```js\n/done",
    "text\n```\n\n/done\n```\ntext",
    "`code\n/done\nmore`",
    "``a`b\n/done ``",
    "```\r\n/done\r\n```",
  ])("are none where code is shown: %j", (text) => {
    expect(read(text)).toEqual([]);
  });

  it.each([
    "```\n```\n/done",
    "`code`\n/done",
    "`never closed\n/done",
    "\\`\n/done `",
    "`closed\n\n/done ` no paragraph",
  ])("are read beside code: %j", (text) => {
    expect(read(text).length).toBe(1);
  });

  it("end what began as code within them", () => {
    expect(read("/title a ` b\n/done\n/title `x`")).toEqual([["title|a|`|b"], ["done"], ["title|`x`"]]);
  });

  it("begin no command within quotes", () => {
    expect(read('/title "a /done b" /done')).toEqual([["title|a /done b", "done"]]);
    expect(read("/title «a /done b» /done")).toEqual([["title|a /done b", "done"]]);
    expect(read("/title “a /done b” /done")).toEqual([["title|a /done b", "done"]]);
  });

  it("begin one behind a quote that is never closed", () => {
    expect(read('/title 5" /done')).toEqual([['title|5"', "done"]]);
    expect(read('/title "a /done')).toEqual([['title|"a', "done"]]);
    expect(read('/title "a"b /done')).toEqual([['title|"a"b', "done"]]);
  });

  it("begin no command within code", () => {
    expect(read("/title `a /done` ``b` /done`` /done")).toEqual([["title|`a /done`|``b` /done``", "done"]]);
    expect(read("/title x`a /done`y ` /done")).toEqual([["title|x`a /done`y|`", "done"]]);
  });

  it("take two slashes for a literal one", () => {
    expect(read("/title //done /done")).toEqual([["title|/done", "done"]]);
  });

  it("say a quote in quotes behind a backslash", () => {
    expect(read('/title "a \\"b\\" \\\\ c:\\new"')).toEqual([['title|a "b" \\ c:\\new']]);
  });
});

describe("the place of a command", () => {
  const body = 'Hi\n  \n/assign  @ben "a b"  /done \n/done';
  const calls = readCommandLines(body, (name) => NAMES.has(name)).flatMap((line) => line.calls);

  it("is from its slash to the end of its last argument, in the body", () => {
    const shown = calls.map(({ place }) => body.slice(place.offset, place.offset + place.length));
    expect(shown).toEqual(['/assign  @ben "a b"', "/done", "/done"]);
    expect(calls.map(({ source }) => source)).toEqual(shown);
  });

  it("is its own among all of the message", () => {
    expect(new Set(calls.map(({ place }) => place.offset)).size).toBe(3);
  });

  it("holds those of its arguments, with their quotes", () => {
    const [first] = calls;
    expect(first!.args.map(({ place }) => body.slice(place.offset, place.offset + place.length))).toEqual([
      "@ben",
      '"a b"',
    ]);
  });
});
