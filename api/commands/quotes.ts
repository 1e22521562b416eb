import { closer } from "../../markdown/span.ts";
import { BACKSLASH, BACKTICK, COMMA, isSpace } from "./characters.ts";
import type { Line } from "./read-calls.ts";

/** What ends a text that begins with this sign. */
const CLOSING: Readonly<Record<string, string>> = { '"': '"', "«": "»", "“": "”", "„": "“”" };
const ESCAPED = /\\(["«»“”„\\])/g;

export type Quotes = ReturnType<typeof quotesIn>;

/** Whether a text in quotes may begin with this character. */
export function isQuote(code: number): boolean {
  return code === 0x22 || code === 0xab || code === 0x201c || code === 0x201e;
}

/**
 * Finds where texts in quotes end, and words that hold code, asked for places of one line that only move on. What is never closed
 * is looked for once for each sign.
 */
export function quotesIn({ body, at: begin, end }: Line) {
  const unclosed = new Set<string>();
  let ticks: ReturnType<typeof closer> | undefined;
  return {
    /** Where the quoted text ends that begins here, its sign included; -1 if none does. */
    quoteEnd(at: number): number {
      const opening = body[at]!;
      const closing = CLOSING[opening];
      if (closing === undefined || unclosed.has(opening)) return -1;
      for (let to = at + 1; to < end; to += 1) {
        const code = body.charCodeAt(to);
        if (code === BACKSLASH) to += 1;
        else if (closing.includes(body[to]!) && (to + 1 === end || endsQuote(body.charCodeAt(to + 1)))) return to + 1;
      }
      unclosed.add(opening);
      return -1;
    },
    /** Where the word ends that begins here: code in it may hold spaces. */
    wordEnd(from: number): number {
      let at = from;
      while (at < end && !isSpace(body.charCodeAt(at))) {
        if (body.charCodeAt(at) !== BACKTICK) {
          at += 1;
          continue;
        }
        ticks ??= closer(body.slice(begin, end));
        let to = at + 1;
        while (to < end && body.charCodeAt(to) === BACKTICK) to += 1;
        const closing = ticks(at - begin);
        at = closing === undefined ? to : begin + closing + (to - at);
      }
      return at;
    },
  };
}

/** A quote within a word closes nothing; a list may go on. */
function endsQuote(code: number): boolean {
  return code === COMMA || isSpace(code);
}

/** What a text in quotes says. A backslash before a quote or a backslash takes its meaning away; any other one is itself. */
export function unquoted(text: string): string {
  const inner = text.slice(1, -1);
  return inner.includes("\\") ? inner.replace(ESCAPED, "$1") : inner;
}

/** A text in quotes, which says it. */
export function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, "\\$&")}"`;
}
