import { hrefOf } from "./href.ts";
import type { Inline } from "./tree.ts";

/** Of a word: neither a mark nor an address begins right behind it. */
export const WORD = /[\p{L}\p{N}]/u;
const ADDRESS = /https?:\/\/[^\s<>"]+/iy;
const TICKS = /`+/y;

/** A part that is read as a whole, without marks in it, and the place behind it. */
type Span = { readonly part: Inline; readonly end: number };

/** Answers what reads the span that begins at a place, if there is one. The places asked for must only move on. */
export function spanReader(text: string): (at: number) => Span | null {
  const seek = seeker(text);
  let closingOf: ReturnType<typeof closer> | undefined;
  return (at) => {
    switch (text[at]) {
      case "`":
        closingOf ??= closer(text);
        return codeAt(text, at, closingOf(at));
      case "[":
        return namedLinkAt(text, at, seek);
      case "h":
      case "H":
        return addressAt(text, at);
      default:
        return null;
    }
  };
}

function codeAt(text: string, at: number, closing: number | undefined): Span | null {
  TICKS.lastIndex = at;
  const from = at + TICKS.exec(text)![0].length;
  if (closing === undefined) return { part: text.slice(at, from), end: from };
  // A space between backticks keeps those of the code apart from those around it.
  const code = text.slice(from, closing).replace(/^ (?=`)|(?<=`) $/g, "");
  return { part: { is: "code", text: code }, end: closing + from - at };
}

type Ticks = { readonly from: number; closing: number | undefined };

/** Answers where backticks are closed: at the next ones of their number. All are read once, however many never are. */
export function closer(text: string): (at: number) => number | undefined {
  const all: Ticks[] = [];
  const last = new Map<number, Ticks>();
  for (let from = text.indexOf("`"); from !== -1; ) {
    let end = from + 1;
    while (text[end] === "`") end += 1;
    const ticks = { from, closing: undefined };
    const before = last.get(end - from);
    if (before) before.closing = from;
    last.set(end - from, ticks);
    all.push(ticks);
    from = text.indexOf("`", end);
  }
  let next = 0;
  return (at) => {
    while (next < all.length && all[next]!.from < at) next += 1;
    return all[next]?.from === at ? all[next]!.closing : undefined;
  };
}

function addressAt(text: string, at: number): Span | null {
  if (WORD.test(text[at - 1] ?? "")) return null;
  ADDRESS.lastIndex = at;
  const address = ADDRESS.exec(text)?.[0];
  if (!address) return null;
  const shown = address.slice(0, endOf(address));
  const href = hrefOf(shown);
  // What is no address is passed over whole: looked at again from each of its parts it would cost their number squared.
  return { part: href ? { is: "link", href, text: shown } : shown, end: at + shown.length };
}

function namedLinkAt(text: string, at: number, seek: Seek): Span | null {
  const close = seek("]", at + 1);
  if (close === at + 1 || seek("[", at + 1) < close || text[close + 1] !== "(") return null;
  const end = seek(")", close + 2);
  // Nor does an address hold the beginning of the next one: so none is looked through twice.
  if (end === text.length || seek("](", close + 1) < end) return null;
  const href = hrefOf(text.slice(close + 2, end));
  return href ? { part: { is: "link", href, text: text.slice(at + 1, close) }, end: end + 1 } : null;
}

/** An address does not end with the marks of the sentence that it stands in, nor with a bracket that was opened before it. */
function endOf(address: string): number {
  let end = address.length;
  let surplus = 0;
  for (const character of address) surplus += character === ")" ? 1 : character === "(" ? -1 : 0;
  for (; end > 0; end -= 1) {
    const last = address[end - 1]!;
    if (last === ")" && surplus-- > 0) continue;
    if (!/[.,;:!?'*_~\]}]/.test(last)) break;
  }
  return end;
}

type Seek = (sign: string, from: number) => number;

/** Finds signs from places that only move on, or the end: each stretch of the text is searched once for each sign. */
function seeker(text: string): Seek {
  const known = new Map<string, number>();
  return (sign, from) => {
    const last = known.get(sign) ?? -1;
    if (last >= from) return last;
    const found = text.indexOf(sign, from);
    const place = found === -1 ? text.length : found;
    known.set(sign, place);
    return place;
  };
}
