import fc from "fast-check";
import { expect, it } from "vitest";
import { withEmoji } from "../../api/chat/shortcodes.ts";
import { hostile } from "../markdown/corpus.ts";
import { looksOf } from "../markdown/looks.ts";

it.each([
  ["Thanks :smile: :+1::+1:", "Thanks 😄 👍👍"],
  ["**:tada:** - :no_such_one:", "**🎉** - :no_such_one:"],
  ["at 12:30:45, a:100:b", "at 12:30:45, a:100:b"],
  ["`:smile:` and ``:a ` :smile:`` \\`:smile:\\`", "`:smile:` and ``:a ` :smile:`` \\`😄\\`"],
  [":smile:\n```js\n:smile:\n```\n- :smile: `\n- ` :smile:", "😄\n```js\n:smile:\n```\n- 😄 `\n- ` 😄"],
  [
    "[:smile:](https://a.example/:smile:) https://a.example/:smile:",
    "[:smile:](https://a.example/:smile:) https://a.example/:smile:",
  ],
  [":constructor: :__proto__: :", ":constructor: :__proto__: :"],
])("%j is written down as %j", (typed, written) => expect(withEmoji(typed)).toBe(written));

it("takes no longer than its length for what is hostile", () => {
  for (const make of Object.values(hostile)) {
    const cost = (length: number) => looksOf(() => withEmoji(`:${make(length)}`));
    expect(cost(32_768) / cost(4_096)).toBeLessThan(10);
  }
});

it("changes nothing but shortcodes, whatever is written", () => {
  const sign = fc.constantFrom(
    "`",
    "``",
    "```",
    "\n",
    "\r\n",
    "> ",
    "- ",
    "\\",
    "[a](",
    "https://",
    ")",
    ":",
    " ",
    "a",
    "*",
  );
  fc.assert(
    fc.property(fc.array(sign), (signs) => {
      const text = signs.filter((one, at) => !(one === "a" && signs[at - 1] === ":")).join("");
      expect(withEmoji(text)).toBe(text);
    }),
  );
});
