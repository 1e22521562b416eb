import type { Argument, ArgumentKind, Writer } from "./argument.ts";
import { isSpace, SLASH, wordEnd } from "./characters.ts";
import { type CommandCall, type RawArgument, readCommandLines } from "./command-line.ts";
import type { Grammar } from "./definition.ts";
import { type Place, placeOf } from "./place.ts";
import { advance } from "./read-arguments.ts";

/** An argument that may stand where the caret is. */
export type Wanted = Pick<Argument<unknown>, "kind" | "name" | "isOptional" | "choices"> & {
  readonly argument: string;
};

/** What the caret stands in: a command's name, or what one of its arguments may say. */
export type Caret = {
  /** What is typed of it, up to the caret; of a name without its slash. */
  readonly typed: string;
  /** The word that what is chosen takes the place of: also what stands behind the caret. */
  readonly place: Place;
} & (
  | { readonly is: "name" }
  | { readonly is: "argument"; readonly command: string; readonly wanted: readonly Wanted[] }
);

/** The commands by what they are called. */
export type FindGrammar = (name: string) => Grammar | undefined;

/** Stands for what is being typed. No argument takes it but those that take any word. */
const PROBE = "\u{f8ff}";
/** What may go on with the word behind. */
const GOES_ON: ReadonlySet<ArgumentKind> = new Set(["mentions", "keys", "words", "text", "instant", "duration"]);
const OPENS_QUOTE = /^["«“„]/;

/** What the caret stands in, for what is suggested as one types; null where it is in text, in code, or behind all that a command takes. */
export function caretIn(
  body: string,
  caret: number,
  { find, writer }: { find: FindGrammar; writer: Writer },
): Caret | null {
  const begin = lastWord(body, caret);
  const isName = body.charCodeAt(begin) === SLASH && begin < caret && body.charCodeAt(begin + 1) !== SLASH;
  const probe = `${body.slice(0, begin)}${isName ? "/" : ""}${PROBE}`;
  const lines = readCommandLines(probe, (name) => name === PROBE || find(name) !== undefined);
  const calls = lines.at(-1)?.calls ?? [];
  const call = calls.at(-1);
  if (!call || call.place.offset + call.place.length < probe.length) return null;
  const place = placeOf(begin, wordEnd(body, caret, body.length));
  if (call.name === PROBE) {
    return calls.at(-2)?.args.some(isOpen) ? null : { is: "name", typed: body.slice(begin + 1, caret), place };
  }
  const grammar = find(call.name);
  if (!grammar || call.args.at(-1)?.text !== PROBE) return null;
  const { first, wanted } = wantedIn(grammar, { ...call, args: call.args.slice(0, -1) }, writer);
  const from = first ?? begin;
  const typed = body.slice(from, caret);
  if (wanted.length === 0) return null;
  return { is: "argument", command: call.name, wanted, typed, place: placeOf(from, place.offset + place.length) };
}

function lastWord(text: string, caret: number): number {
  let at = caret;
  while (at > 0 && !isSpace(text.charCodeAt(at - 1))) at -= 1;
  return at;
}

function isOpen({ text, isQuoted }: RawArgument): boolean {
  return !isQuoted && OPENS_QUOTE.test(text);
}

/** The arguments that may stand behind the words of a call, and the first of those words that none has taken yet. */
function wantedIn({ args }: Grammar, call: CommandCall, writer: Writer): { first: number | null; wanted: Wanted[] } {
  const { values, rest, last, open } = advance(args, call, writer);
  const flags = Object.keys(args).filter((name) => values[name] === false);
  const goesOn = rest.length === 0 && last !== null && GOES_ON.has(args[last]!.kind) ? [last] : [];
  // A text takes all there is.
  const isText = goesOn.some((name) => args[name]!.kind === "text" || args[name]!.kind === "words");
  const next = isText ? [] : open.map(([name]) => name);
  const wanted = [...goesOn, ...next, ...flags].map((name) => wantedOf(name, args[name]!));
  return { first: rest[0]?.place.offset ?? null, wanted };
}

function wantedOf(argument: string, { kind, name, isOptional, choices }: Argument<unknown>): Wanted {
  return { argument, kind, name, isOptional, choices };
}
