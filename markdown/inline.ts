import { spanReader, WORD } from "./span.ts";
import type { Inline, Mark } from "./tree.ts";

const MARKS: Readonly<Record<string, Mark>> = {
  "**": "bold",
  __: "bold",
  "~~": "strike",
  "*": "italic",
  _: "italic",
};
/** What may begin or end something: all else is passed over. */
const SIGN = /[\\`[*_~]|https?:\/\//gi;
/** What a backslash takes its meaning from. */
export const PUNCTUATION = /[!-/:-@[-`{-~]/;
const RUN = /([*_~])\1*/y;

type Frame = { readonly sign: string; readonly mark: Mark | null; of: Inline[] };

/** Reads the marks within a line. Of each kind at most one is open, so that nothing is moved more often than there are kinds. */
export function parseInline(text: string): Inline[] {
  const first = signFrom(text, 0);
  if (first === text.length) return text ? [text] : [];
  const frames: Frame[] = [{ sign: "", mark: null, of: [] }];
  const spanAt = spanReader(text);
  let plainFrom = 0;
  const flush = (to: number) => {
    if (to > plainFrom) add(frames.at(-1)!, text.slice(plainFrom, to));
  };
  for (let at = first; at < text.length; at = signFrom(text, at)) {
    const span = spanAt(at);
    if (span) {
      flush(at);
      add(frames.at(-1)!, span.part);
      at = plainFrom = span.end;
      continue;
    }
    if (text[at] === "\\" && PUNCTUATION.test(text[at + 1] ?? "")) {
      flush(at);
      plainFrom = at + 1;
      at += 2;
      continue;
    }
    const run = runAt(text, at);
    const sign = signOf(run, frames.at(-1)!.sign);
    const mark = MARKS[sign];
    const end = at + sign.length;
    if (mark && canClose(text, at, end) && frames.some((frame) => frame.sign === sign)) {
      flush(at);
      close(frames, sign);
      plainFrom = end;
    } else if (mark && canOpen(text, at, end) && !frames.some((frame) => frame.mark === mark)) {
      flush(at);
      frames.push({ sign, mark, of: [] });
      plainFrom = end;
    }
    at = end;
  }
  flush(text.length);
  while (frames.length > 1) undo(frames);
  return frames[0]!.of;
}

/** The same character as often as it stands there. */
function runAt(text: string, at: number): string {
  RUN.lastIndex = at;
  return RUN.exec(text)?.[0] ?? text[at]!;
}

/** What of a run is read next. Three open bold, then italic, and close them from within; more are a line that somebody drew. */
function signOf(run: string, innermost: string): string {
  if (run.length > 3) return run;
  return run.length === 3 && run[0] === innermost ? innermost : run.slice(0, 2);
}

/** Ends the innermost frame of this sign; what was opened within it and not closed is text. */
function close(frames: Frame[], sign: string): void {
  while (frames.at(-1)!.sign !== sign) undo(frames);
  const { mark, of } = frames.pop()!;
  add(frames.at(-1)!, { is: mark!, of });
}

function undo(frames: Frame[]): void {
  const { sign, of } = frames.pop()!;
  add(frames.at(-1)!, sign);
  for (const part of of) add(frames.at(-1)!, part);
}

/** Most frames hold one part, and an array that begins with it has room for no other: half of what a mark keeps in memory. */
function add(frame: Frame, part: Inline): void {
  const { of } = frame;
  const last = of.at(-1);
  if (last === undefined) frame.of = [part];
  else if (typeof part === "string" && typeof last === "string") of[of.length - 1] = last + part;
  else of.push(part);
}

/** Where the next sign is, or the end. */
export function signFrom(text: string, from: number): number {
  SIGN.lastIndex = from;
  return SIGN.exec(text)?.index ?? text.length;
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
