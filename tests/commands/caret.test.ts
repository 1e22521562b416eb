import { describe, expect, it } from "vitest";
import { caretIn } from "../../api/commands/caret.ts";
import { grammarOf, MOSCOW } from "./example-commands.ts";

/** What the caret at the sign | stands in: what is typed, what it replaces, and which arguments may be meant. */
function at(marked: string) {
  const caret = marked.indexOf("|");
  const body = marked.replace("|", "");
  const found = caretIn(body, caret, { find: grammarOf, writer: MOSCOW });
  if (found === null) return null;
  const replaced = body.slice(found.place.offset, found.place.offset + found.place.length);
  const means = found.is === "name" ? "a name" : found.wanted.map(({ argument }) => argument).join(" ");
  return `${found.typed}|${replaced}|${means}`;
}

describe("the caret", () => {
  it.each([
    ["/|", "|/|a name"],
    ["/as|", "as|/as|a name"],
    ["/as|sign @ben", "as|/assign|a name"],
    ["/assign @ben /pr|", "pr|/pr|a name"],
    ["Hello\n/назн|", "назн|/назн|a name"],
  ])("stands in a command's name: %j", (marked, found) => {
    expect(at(marked)).toBe(found);
  });

  it.each([
    ["/assign |", "||agents"],
    ["/assign @b|", "@b|@b|agents"],
    ["/assign @ben @a|nn", "@a|@ann|agents"],
    ["/assign @ben /priority h|", "h|h|priority"],
    ["/priority very u|", "very u|very u|priority"],
    ["/due |", "||none due"],
    ["/due next w|", "next w|next w|none due"],
    ["/due tomorrow |", "||due"],
    ["/remind |", "||who at"],
    ["/remind me |", "||at"],
    ["/link |", "||kind"],
    ["/link blocks O|", "O|O|tasks"],
    ["/link blocks OPS-7 |", "||tasks"],
    ["/task |", "||title isBug isUrgent"],
    ["/task Fix --|", "--|--|title isBug isUrgent"],
    ["/task Fix --bug |", "||title isUrgent"],
    ["/invite @ben |", "||note"],
    ["/topic lamps |", "||topic"],
  ])("stands in an argument: %j", (marked, found) => {
    expect(at(marked)).toBe(found);
  });

  it.each(
    [
      "|",
      "hello |",
      "//|",
      "/assign|\n x |",
      " /as|",
      "/done |",
      "/priority high |",
      "/unknown |",
      "```\n/as|",
      '/task "a /pr|',
      "/parent OPS-7 |",
    ].slice(0),
  )("stands in nothing that is known: %j", (marked) => {
    expect(at(marked.replace("/assign|\n", "/assign\n"))).toBe(null);
  });
});
