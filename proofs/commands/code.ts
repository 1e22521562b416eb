import { codePlaces } from "../../markdown/code-places.ts";
import { parse } from "../../markdown/parse.ts";
import type { Block, Inline } from "../../markdown/tree.ts";
import { diceFor } from "../dice.ts";
import { type Tally, tell } from "../tally.ts";

const PIECES = [
  "`",
  "``",
  "```",
  "```js",
  "\n",
  "\n\n",
  "\r\n",
  "\r",
  "a",
  " ",
  "/done",
  "- ",
  "> ",
  "1. ",
  "\\",
  "*",
  "[a](",
  ")",
  "http://x",
];
const BLOCK = /^```[^`\r\n]*(?:[\r\n]|$)/;

/** What is found to be code in a text is what is shown as code, a line of a list and of a quote aside: there no command begins. */
export function proveCode(tally: Tally, seed: number, count: number): void {
  const dice = diceFor(seed, "code");
  let found = 0;
  for (let one = 0; one < count; one += 1) {
    const text = Array.from({ length: dice.between(1, 14) }, () => dice.pick(PIECES)).join("");
    const shown = parse(text).flatMap(codeOf);
    const places = codePlaces(text).map(([from, end]) => shownOf(text, from, end));
    found += places.length;
    tally.judge(!isSame(shown, places) && `${JSON.stringify({ text, shown, places })}`);
  }
  tell(`  ${count} texts with ${found} places of code`);
  tally.expect("some hold code", found > count / 10, found);
}

function codeOf(block: Block): string[] {
  if (block.is === "code") return [bare(block.text)];
  return block.is === "paragraph" ? block.of.flatMap(codeIn) : [];
}

function codeIn(part: Inline): string[] {
  if (typeof part === "string" || part.is === "link") return [];
  return part.is === "code" ? [bare(part.text)] : part.of.flatMap(codeIn);
}

/** What is shown of a place: of a block not its first line, and never the backticks around. */
function shownOf(text: string, from: number, end: number): string {
  const code = text.slice(from, end);
  const isBlock = from === 0 || /[\r\n]/.test(text[from - 1]!);
  return bare(isBlock ? code.replace(BLOCK, "") : code);
}

function bare(code: string): string {
  return code.replace(/[`\s]/g, "");
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((code, index) => code === other[index]);
}
