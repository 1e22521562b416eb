import { parseInline } from "./inline.ts";
import type { Block, Inline } from "./tree.ts";

const FENCE = /^```([^`]*)$/;
const CLOSING = /^```\s*$/;
const BULLET = /^[-*•] +(?=\S)/;
const NUMBER = /^(\d{1,9})[.)] +(?=\S)/;

/** Reads a message. Whatever it holds, the cost grows with its length alone. */
export function parse(message: string): Block[] {
  const text = message.replace(/\r\n?/g, "\n");
  const blocks: Block[] = [];
  for (let at = 0; at <= text.length; ) {
    const first = lineAt(text, at);
    const kind = kindOf(first);
    let end = endOf(text, at, kind);
    if (kind === "fence") {
      const language = FENCE.exec(first)![1]!.trim() || null;
      blocks.push({ is: "code", language, text: text.slice(at + first.length + 1, end) });
      end = endOfLine(text, end + 1);
    } else if (kind !== "blank") blocks.push(blockOf(kind, text.slice(at, end)));
    at = end + 1;
  }
  return blocks;
}

/** The words alone, on one line, for a preview of at most so many characters. */
export function preview(text: string, most: number): string {
  const words = parse(text.slice(0, most)).flatMap((block) => ("text" in block ? block.text : [wordsOf(block)]));
  return words.join(" ").replace(/\s+/g, " ");
}

type Kind = "fence" | "quote" | "bullets" | "numbers" | "blank" | "paragraph";

/** What a line belongs to. */
export function kindOf(line: string): Kind {
  if (FENCE.test(line)) return "fence";
  if (line.startsWith(">")) return "quote";
  if (BULLET.test(line)) return "bullets";
  if (NUMBER.test(line)) return "numbers";
  return line.trim() === "" ? "blank" : "paragraph";
}

/** Where the last line ends that belongs together with the one that begins here; of a block of code the last before the line that ends it. */
export function endOf(text: string, from: number, kind: Kind): number {
  let end = endOfLine(text, from);
  const goesOn = (line: string) => (kind === "fence" ? !CLOSING.test(line) : kindOf(line) === kind);
  while (end < text.length && goesOn(lineAt(text, end + 1))) end = endOfLine(text, end + 1);
  return end;
}

/** The line that begins here. */
export function lineAt(text: string, from: number): string {
  return text.slice(from, endOfLine(text, from));
}

/** Where the line ends that begins here; the text's end, if no line does. */
export function endOfLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end === -1 ? text.length : end;
}

function blockOf(kind: Exclude<Kind, "fence" | "blank">, text: string): Block {
  if (kind === "bullets") return listOf(text, BULLET, null);
  if (kind === "numbers") return listOf(text, NUMBER, Number(NUMBER.exec(text)![1]));
  return { is: kind, of: parseInline(kind === "quote" ? unquoted(text) : text) };
}

function listOf(text: string, mark: RegExp, from: number | null): Block {
  return { is: "list", from, items: text.split("\n").map((line) => parseInline(line.replace(mark, ""))) };
}

/** Each line of a quote begins with its sign. */
function unquoted(text: string): string {
  return `\n${text}`.replace(/\n> ?/g, "\n").slice(1);
}

function wordsOf(block: Exclude<Block, { is: "code" }>): string {
  return block.is === "list" ? block.items.map(textOf).join(" ") : textOf(block.of);
}

function textOf(parts: readonly Inline[]): string {
  return parts.map((part) => (typeof part === "string" ? part : "text" in part ? part.text : textOf(part.of))).join("");
}
