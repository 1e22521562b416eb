import { codePlaces } from "../../markdown/code-places.ts";
import { lineEnds, SLASH } from "./characters.ts";
import { type Place, placeOf } from "./place.ts";
import { type Line, readCalls } from "./read-calls.ts";

/** A word or a quoted text behind a command's name. */
export type RawArgument = {
  /** What it says: without its quotes; of a word that begins with two slashes, with one. */
  readonly text: string;
  /** Where it stands, with its quotes. */
  readonly place: Place;
  readonly isQuoted: boolean;
};

/** A command as somebody wrote it, its arguments not yet read by what they mean. */
export type CommandCall = {
  /** As written, without the slash, in lower case and NFC. */
  readonly name: string;
  /** Whether there is such a command. One that nobody knows is told only when its line begins with it. */
  readonly isKnown: boolean;
  /** From the slash to the end of its last argument. The offset says which command of its message this is. */
  readonly place: Place;
  /** What stands at that place. */
  readonly source: string;
  readonly args: readonly RawArgument[];
};

export type CommandLine = { readonly place: Place; readonly calls: readonly CommandCall[] };

/** Whether a command is called this: lower case, NFC, without the slash. */
export type Known = (name: string) => boolean;

const NONE: readonly CommandLine[] = [];

/**
 * The lines of a message that are commands: those that begin with a slash and a name. Two slashes are a literal one, a path is
 * text, and so is what is shown as code. A line holds several commands where further words are known names behind a slash,
 * outside quotes and code. The cost grows with the length alone, and a message without such a line is only searched for one.
 */
export function readCommandLines(body: string, known: Known): readonly CommandLine[] {
  const next = slashFinder(body);
  let at = next(0);
  if (at === -1) return NONE;
  const lines: CommandLine[] = [];
  const code = codeReader(body);
  const endOf = lineEnds(body);
  for (; at !== -1; at = next(at)) {
    const line: Line = { body, at, end: endOf(at) };
    const calls = code.holds(at) ? null : readCalls(line, known);
    at = line.end;
    if (calls === null) continue;
    lines.push({ place: placeOf(calls[0]!.place.offset, at), calls });
    code.pass(at);
  }
  return lines;
}

/** Finds the next line that begins with a slash, from places that only move on; -1 if there is none. */
function slashFinder(body: string): (from: number) => number {
  // Searches of the engine's own, at several characters a step. What is found, or is not, is kept: none is made twice.
  let [feed, turn] = [-2, -2];
  return (from) => {
    if (from === 0 && body.charCodeAt(0) === SLASH) return 0;
    if (feed !== -1 && feed < from) feed = body.indexOf("\n/", from);
    if (turn !== -1 && turn < from) turn = body.indexOf("\r/", from);
    const nearer = feed === -1 || (turn !== -1 && turn < feed) ? turn : feed;
    return nearer === -1 ? -1 : nearer + 1;
  };
}

/** Tells what is code, for places that only move on. */
function codeReader(body: string) {
  const places = codePlaces(body);
  let next = 0;
  return {
    holds(at: number): boolean {
      while (next < places.length && places[next]![1] <= at) next += 1;
      return next < places.length && places[next]![0] < at;
    },
    /** What begins as code within a command line ends with it. */
    pass(end: number): void {
      while (next < places.length && places[next]![0] < end) next += 1;
    },
  };
}
