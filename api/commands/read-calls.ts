import { BACKTICK, isSpace, SLASH, spaceEnd, wordEnd } from "./characters.ts";
import { lowered } from "../kernel/nearest.ts";
import type { CommandCall, Known, RawArgument } from "./command-line.ts";
import { placeOf } from "./place.ts";
import { isQuote, type Quotes, quotesIn, unquoted } from "./quotes.ts";

/** A line of a message: where it begins and ends in the body. */
export type Line = { readonly body: string; readonly at: number; readonly end: number };

const NAME = /^\p{L}[\p{L}\p{M}\p{N}_-]*$/u;
const NO_ARGUMENTS: readonly RawArgument[] = [];

/** The commands of a line that begins with a slash; null if what follows is no name: then the line is text. */
export function readCalls(line: Line, known: Known): CommandCall[] | null {
  const { body, end } = line;
  let [begin, at] = [line.at, wordEnd(body, line.at, end)];
  let name = lowered(body.slice(begin + 1, at));
  let isKnown = known(name);
  if (!isKnown && !NAME.test(name)) return null;
  const calls: CommandCall[] = [];
  // Made for the first quote: most lines have none.
  let quotes: Quotes | null = null;
  for (;;) {
    let args = NO_ARGUMENTS as RawArgument[];
    let next: string | null = null;
    // Up to the end of the last word: what stands behind it is nobody's.
    let last = at;
    for (at = spaceEnd(body, at, end); at < end; at = spaceEnd(body, last, end)) {
      next = knownAt(line, at, known);
      if (next !== null) break;
      const simple = simpleEnd(body, at, end);
      quotes = simple === -1 ? (quotes ?? quotesIn(line)) : quotes;
      const arg = simple === -1 ? quotedAt(line, at, quotes!) : wordAt(body, at, simple);
      if (args.length === 0) args = [arg];
      else args.push(arg);
      last = at + arg.place.length;
    }
    calls.push({ name, isKnown, place: placeOf(begin, last), source: body.slice(begin, last), args });
    if (next === null) return calls;
    [begin, name, isKnown] = [at, next, true];
    at = wordEnd(body, at, end);
  }
}

/** The known name behind the slash that stands here; null if there is none. */
function knownAt({ body, end }: Line, at: number, known: Known): string | null {
  if (body.charCodeAt(at) !== SLASH) return null;
  const next = body.charCodeAt(at + 1);
  if (next === SLASH || at + 1 >= end || isSpace(next)) return null;
  const name = lowered(body.slice(at + 1, wordEnd(body, at + 1, end)));
  return known(name) ? name : null;
}

/** Where the word ends that begins here; -1 if it begins with a quote or holds code. */
function simpleEnd(body: string, from: number, end: number): number {
  if (isQuote(body.charCodeAt(from))) return -1;
  for (let at = from; at < end; at += 1) {
    const code = body.charCodeAt(at);
    if (code === BACKTICK) return -1;
    if (isSpace(code)) return at;
  }
  return end;
}

function quotedAt({ body }: Line, at: number, quotes: Quotes): RawArgument {
  const end = quotes.quoteEnd(at);
  if (end === -1) return wordAt(body, at, quotes.wordEnd(at));
  return { text: unquoted(body.slice(at, end)), place: placeOf(at, end), isQuoted: true };
}

/** Two slashes at the beginning of a word are a literal one. */
function wordAt(body: string, at: number, end: number): RawArgument {
  const isLiteral = body.charCodeAt(at) === SLASH && body.charCodeAt(at + 1) === SLASH;
  return { text: body.slice(isLiteral ? at + 1 : at, end), place: placeOf(at, end), isQuoted: false };
}
