/** Makes a text of so many characters. */
type Text = (length: number) => string;

const MESSAGES = [
  "Hello, my lamp arrived this morning, but the shade is *not* the one that I ordered. Could you have a look?",
  "Sure. Which one did you get?\n\n- the paper one\n- the linen one\n- neither",
  "> Could you have a look?\n\nI did: the order says **linen, 40 cm**, see https://lumen.example/orders/10482?from=mail. It is ours to mend.",
  "Спасибо! Адрес прежний: Невский проспект, 28, кв. 15. Курьеру лучше звонить _после шести_.",
  'It goes dark after `npm start`:\n\n```js\nconst lamp = await connect({ id: 7 });\nlamp.on("dark", () => lamp.set(0.8));\n```',
  "1. Switch it off\n2. Wait for ten seconds\n3. Switch it on, then write to [us](mailto:help@lumen.example)",
  "That did it, thank you very much :) I wrote ~~three~~ two stars yesterday, and I shall change that to five.",
];
const ORDINARY = MESSAGES.join("\n\n");

/** What people write to each other. */
export const ordinary: Text = (length) => again(ORDINARY)(length);

/** What parsers of Markdown have stumbled over: marks that are never closed, and whatever makes one look back or ahead. */
export const hostile: Readonly<Record<string, Text>> = {
  ...repeated("*", "**", "_", "~~", "**a ", "*a **b ~~c ", "*_", "*_*_ ", "a*_b", "**a*b", "*𝒳", "a**b", "_a_ "),
  ...repeated(
    "[",
    "]",
    "[[[[",
    "![",
    "](",
    "[a](",
    "[a](http://x",
    "[a](http://x)",
    "[a][",
    "[a](b [c](",
    "((((",
    "[a](mailto:b",
  ),
  ...repeated("`", "``", "```", "`a", "``a`", "`a``b", "` `` ", "\\", "\\`", "\\*a", "\\["),
  ...repeated(
    "http://",
    "http://[",
    "https://a.",
    "http://a)",
    "http://((",
    "http://a!*",
    "xhttp://a ",
    "www.a.b ",
    "a@b.c ",
    "<a@b.c>",
  ),
  ...repeated("> ", ">\n", "> > > a\n", "- ", "- a\n", "- - - a\n", "  - a\n", "1. a\n", "1) ", "- \n", "> - 1. a\n"),
  ...repeated(
    "```\n",
    "```js\n",
    "~~~\n",
    "\n",
    " ",
    "\t\n",
    "\r",
    "\r\n",
    "a\n=\n",
    "|a",
    "<b>",
    "<!--",
    "&amp;",
    "&",
    ":",
    ":a",
  ),
  "backticks of every number": growing((step) => `${"`".repeat(step)}a`),
  "quotes ever deeper": growing((step) => `${"> ".repeat(step)}a\n`),
  "lists ever deeper": growing((step) => `${"  ".repeat(step)}- a\n`),
  "marks opened, then closed": (length) => `${"*".repeat(length / 2 - 1)}aa${"*".repeat(length / 2 - 1)}`,
  "brackets opened, then closed": (length) => `${"[".repeat(length / 2 - 1)}aa${"]".repeat(length / 2 - 1)}`,
  "signs opened in turn, then closed": (length) =>
    `${again("*a _b ~~c ")(length / 2)}${again("c~~ b_ a* ")(length / 2)}`,
  "links opened, then closed once": (length) => `${again("[a](b")(length - 1)})`,
  "one long address": (length) => `https://lumen.example/${"a/".repeat(length)}`.slice(0, length),
  "an address that goes up": (length) => `https://lumen.example/${"a/../".repeat(length)}`.slice(0, length),
  "a host of all letters": (length) => `https://${letters(length)}`.slice(0, length),
  "many long hosts": again(`https://${letters(1_900)} `),
  "many long named hosts": again(`[a](https://${letters(1_900)}) `),
  "one long word": again("a"),
  "one long word in brackets": (length) => `[${"a".repeat(length - 2)}]`,
};

function repeated(...units: string[]): Record<string, Text> {
  return Object.fromEntries(units.map((unit) => [JSON.stringify(unit), again(unit)]));
}

function again(unit: string): Text {
  return (length) => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
}

function growing(line: (step: number) => string): Text {
  return (length) => {
    let text = "";
    for (let step = 1; text.length < length; step++) text += line(step);
    return text.slice(0, length);
  };
}

/** Ever another letter, which is what makes the encoding of a host's name slow. */
function letters(count: number): string {
  return Array.from({ length: count }, (_, index) => String.fromCharCode(0x4e00 + (index % 20_000))).join("");
}
