import { hrefOf } from "./href.ts";
import type { Inline, Mark } from "./tree.ts";

const MARKS: readonly (readonly [string, Mark])[] = [
  ["**", "bold"],
  ["__", "bold"],
  ["~~", "strike"],
  ["*", "italic"],
  ["_", "italic"],
];
const WORD = /[\p{L}\p{N}]/u;
const PUNCTUATION = /[!-/:-@[-`{-~]/;
/** An address longer than this is none: each is looked through as a whole. */
const LONGEST_ADDRESS = 2_000;
const ADDRESS = /https?:\/\/[^\s<>"]{1,2000}/iy;

type Frame = { readonly sign: string; readonly mark: Mark | null; readonly of: Inline[] };

/** Reads the marks within a line. Of each kind at most one is open, so that nothing is moved more often than there are kinds. */
export function parseInline(text: string): Inline[] {
  const frames: Frame[] = [{ sign: "", mark: null, of: [] }];
  const seek = seeker(text);
  let plainFrom = 0;
  const flush = (to: number) => {
    if (to > plainFrom) add(frames.at(-1)!.of, text.slice(plainFrom, to));
  };
  for (let at = 0; at < text.length; ) {
    const escaped = text[at] === "\\" && PUNCTUATION.test(text[at + 1] ?? "");
    const found = escaped ? { part: text[at + 1]!, end: at + 2 } : (codeAt(text, at, seek) ?? linkAt(text, at, seek));
    if (found) {
      flush(at);
      add(frames.at(-1)!.of, found.part);
      at = plainFrom = found.end;
      continue;
    }
    const sign = MARKS.find(([one]) => text.startsWith(one, at));
    const end = at + (sign?.[0].length ?? 1);
    if (sign && canClose(text, at, end) && frames.some((frame) => frame.sign === sign[0])) {
      flush(at);
      close(frames, sign[0]);
      plainFrom = end;
    } else if (sign && canOpen(text, at, end) && !frames.some(({ mark }) => mark === sign[1])) {
      flush(at);
      frames.push({ sign: sign[0], mark: sign[1], of: [] });
      plainFrom = end;
    }
    at = end;
  }
  flush(text.length);
  while (frames.length > 1) undo(frames);
  return frames[0]!.of;
}

/** Ends the innermost frame of this sign; what was opened within it and not closed is text. */
function close(frames: Frame[], sign: string): void {
  while (frames.at(-1)!.sign !== sign) undo(frames);
  const { mark, of } = frames.pop()!;
  add(frames.at(-1)!.of, { is: mark!, of });
}

function undo(frames: Frame[]): void {
  const { sign, of } = frames.pop()!;
  for (const part of [sign, ...of]) add(frames.at(-1)!.of, part);
}

function add(parts: Inline[], part: Inline): void {
  const last = parts.at(-1);
  if (typeof part === "string" && typeof last === "string") parts[parts.length - 1] = last + part;
  else parts.push(part);
}

type Found = { readonly part: Inline; readonly end: number } | null;

function codeAt(text: string, at: number, seek: Seek): Found {
  if (text[at] !== "`") return null;
  const end = seek("`", at + 1);
  return end > at + 1 ? { part: { is: "code", text: text.slice(at + 1, end) }, end: end + 1 } : null;
}

function linkAt(text: string, at: number, seek: Seek): Found {
  if (text[at] === "[") return namedLinkAt(text, at, seek);
  if (!/h/i.test(text[at]!) || WORD.test(text[at - 1] ?? "")) return null;
  ADDRESS.lastIndex = at;
  const address = ADDRESS.exec(text)?.[0];
  if (!address) return null;
  const shown = address.slice(0, endOf(address));
  const href = hrefOf(shown);
  // What is no address is passed over whole: looked at again from each of its parts it would cost their number squared.
  return { part: href ? { is: "link", href, text: shown } : shown, end: at + shown.length };
}

function namedLinkAt(text: string, at: number, seek: Seek): Found {
  const close = seek("]", at + 1);
  const inner = seek("[", at + 1);
  if (close <= at + 1 || (inner !== -1 && inner < close) || text[close + 1] !== "(") return null;
  const end = seek(")", close + 2);
  const href = end === -1 || end - close > LONGEST_ADDRESS ? null : hrefOf(text.slice(close + 2, end));
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

function canOpen(text: string, at: number, end: number): boolean {
  return /\S/.test(text[end] ?? "") && !WORD.test(before(text, at));
}

function canClose(text: string, at: number, end: number): boolean {
  return /\S/.test(text[at - 1] ?? "") && !WORD.test(after(text, end));
}

// Whole characters: half of one is no letter.
function before(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at - (isLow(text, at - 1) ? 2 : 1)) ?? 32);
}

function after(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at) ?? 32);
}

function isLow(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xdc00;
}

type Seek = (sign: string, from: number) => number;

/** Finds signs from places that only move on: each stretch of the text is searched once for each sign. */
function seeker(text: string): Seek {
  const known = new Map<string, number>();
  return (sign, from) => {
    const last = known.get(sign) ?? -2;
    if (last === -1 || last >= from) return last;
    const found = text.indexOf(sign, from);
    known.set(sign, found);
    return found;
  };
}
