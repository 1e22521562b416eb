import { signFrom } from "./inline.ts";
import { endOf, endOfLine, kindOf, lineAt } from "./parse.ts";
import { spanReader } from "./span.ts";

/** Changes the words of a message where they are words: code and links stay as they are written. */
export function rewriteWords(text: string, change: (words: string) => string): string {
  const parts: string[] = [];
  for (let at = 0; at <= text.length; ) {
    const kind = kindOf(lineAt(text, at));
    let end = endOf(text, at, kind);
    if (kind === "fence") end = endOfLine(text, end + 1);
    const own = text.slice(at, end);
    if (kind === "fence") parts.push(own);
    else if (kind === "bullets" || kind === "numbers")
      parts.push(
        own
          .split("\n")
          .map((line) => rewriteInline(line, change))
          .join("\n"),
      );
    else parts.push(rewriteInline(own, change));
    at = end + 1;
  }
  return parts.join("\n");
}

function rewriteInline(text: string, change: (words: string) => string): string {
  const spanAt = spanReader(text);
  let rewritten = "";
  let wordsFrom = 0;
  for (let at = signFrom(text, 0); at < text.length; at = signFrom(text, at)) {
    const span = spanAt(at);
    if (span && typeof span.part !== "string") {
      rewritten += change(text.slice(wordsFrom, at)) + text.slice(at, span.end);
      wordsFrom = span.end;
    }
    at = span?.end ?? at + (text[at] === "\\" ? 2 : 1);
  }
  return rewritten + change(text.slice(wordsFrom));
}
