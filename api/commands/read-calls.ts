import { isSpace, SLASH, spaceEnd, wordEnd } from "./characters.ts";
import type { CommandCall, Known, RawArgument } from "./command-line.ts";
import { placeOf } from "./place.ts";
import { quotesIn, unquoted } from "./quotes.ts";

/** A line of a message: where it begins and ends in the body. */
export type Line = { readonly body: string; readonly at: number; readonly end: number };

const NAME = /^\p{L}[\p{L}\p{M}\p{N}_-]*$/u;

/** The commands of a line that begins with a slash; null if what follows is no name: then the line is text. */
export function readCalls(line: Line, known: Known): CommandCall[] | null {
  const { body, end } = line;
  let at = wordEnd(body, line.at, end);
  let name = nameOf(body.slice(line.at + 1, at));
  let isKnown = known(name);
  if (!isKnown && !NAME.test(name)) return null;
  let begin = line.at;
  let args: RawArgument[] = [];
  const quotes = quotesIn(line);
  const calls: CommandCall[] = [];
  // Up to the end of the last word: what stands behind it is nobody's.
  let last = at;
  const close = () => calls.push({ name, isKnown, place: placeOf(begin, last), source: body.slice(begin, last), args });
  for (at = spaceEnd(body, at, end); at < end; at = spaceEnd(body, at, end)) {
    const next = knownAt(line, at, known);
    if (next === null) {
      const arg = argumentAt(line, at, quotes);
      args.push(arg);
      at = last = at + arg.place.length;
      continue;
    }
    close();
    begin = at;
    [name, isKnown, args] = [next, true, []];
    at = last = wordEnd(body, at, end);
  }
  close();
  return calls;
}

/** The known name behind the slash that stands here; null if there is none. */
function knownAt({ body, end }: Line, at: number, known: Known): string | null {
  if (body.charCodeAt(at) !== SLASH) return null;
  const next = body.charCodeAt(at + 1);
  if (next === SLASH || at + 1 >= end || isSpace(next)) return null;
  const name = nameOf(body.slice(at + 1, wordEnd(body, at + 1, end)));
  return known(name) ? name : null;
}

function nameOf(word: string): string {
  return word.normalize("NFC").toLowerCase();
}

function argumentAt({ body }: Line, at: number, quotes: ReturnType<typeof quotesIn>): RawArgument {
  const quoteEnd = quotes.quoteEnd(at);
  if (quoteEnd !== -1)
    return { text: unquoted(body.slice(at, quoteEnd)), place: placeOf(at, quoteEnd), isQuoted: true };
  const end = quotes.wordEnd(at);
  return { text: unescaped(body.slice(at, end)), place: placeOf(at, end), isQuoted: false };
}

/** Two slashes at the beginning of a word are a literal one. */
function unescaped(word: string): string {
  return word.startsWith("//") ? word.slice(1) : word;
}
