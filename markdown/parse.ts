import { parseInline } from "./inline.ts";
import type { Block, Inline } from "./tree.ts";

const FENCE = /^```[^`]*$/;
const BULLET = /^[-*•] +(?=\S)/;
const NUMBER = /^(\d{1,9})[.)] +(?=\S)/;

/** Reads a message. Whatever it holds, the cost grows with its length alone. */
export function parse(text: string): Block[] {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = lines[at]!;
    const kind = kindOf(line);
    let end = at + 1;
    if (kind === "fence") {
      while (end < lines.length && kindOf(lines[end]!) !== "fence") end += 1;
      blocks.push({ is: "code", text: lines.slice(at + 1, end).join("\n") });
      end += 1;
    } else {
      while (end < lines.length && kindOf(lines[end]!) === kind) end += 1;
      if (kind !== "blank") blocks.push(blockOf(kind, lines.slice(at, end)));
    }
    at = end;
  }
  return blocks;
}

/** The words alone, on one line, for a preview of at most so many characters. */
export function preview(text: string, most: number): string {
  const words = parse(text.slice(0, most)).flatMap((block) => ("text" in block ? block.text : [wordsOf(block)]));
  return words.join(" ").replace(/\s+/g, " ");
}

type Kind = "fence" | "quote" | "bullets" | "numbers" | "blank" | "paragraph";

function kindOf(line: string): Kind {
  if (FENCE.test(line)) return "fence";
  if (line.startsWith(">")) return "quote";
  if (BULLET.test(line)) return "bullets";
  if (NUMBER.test(line)) return "numbers";
  return line.trim() === "" ? "blank" : "paragraph";
}

function blockOf(kind: Exclude<Kind, "fence" | "blank">, lines: readonly string[]): Block {
  if (kind === "bullets") return listOf(lines, BULLET, null);
  if (kind === "numbers") return listOf(lines, NUMBER, Number(NUMBER.exec(lines[0]!)![1]));
  if (kind === "quote") return { is: kind, of: parseInline(lines.map((line) => line.replace(/^> ?/, "")).join("\n")) };
  return { is: kind, of: parseInline(lines.join("\n")) };
}

function listOf(lines: readonly string[], mark: RegExp, from: number | null): Block {
  return { is: "list", from, items: lines.map((line) => parseInline(line.replace(mark, ""))) };
}

function wordsOf(block: Exclude<Block, { is: "code" }>): string {
  return block.is === "list" ? block.items.map(textOf).join(" ") : textOf(block.of);
}

function textOf(parts: readonly Inline[]): string {
  return parts.map((part) => (typeof part === "string" ? part : "text" in part ? part.text : textOf(part.of))).join("");
}
