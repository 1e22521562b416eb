import type { Argument, ArgumentKind, NotTaken, Words, Writer } from "./argument.ts";
import type { CommandCall, RawArgument } from "./command-line.ts";
import type { Arguments, Grammar, Values } from "./definition.ts";
import { fold, nearest } from "../kernel/nearest.ts";
import { type Place, placeOf } from "./place.ts";

export type ArgumentRefusal = "argument_missing" | "argument_invalid" | "argument_unexpected";

/** Why a call is not understood: where, what was expected there, and what may have been meant. */
export type Misread = {
  readonly refusal: ArgumentRefusal;
  /** In the body; of what is missing, where it would stand. */
  readonly place: Place;
  /** The argument that was expected, by its name in the code; null where nothing was. */
  readonly argument: string | null;
  readonly expected: ArgumentKind | null;
  /** A choice or a flag that is spelt much like what stands there. */
  readonly nearest: string | null;
};

export type Reading<Args extends Arguments> = { ok: true; values: Values<Args> } | ({ ok: false } & Misread);

/** Where the reading of a call's arguments stands. */
export type Progress = {
  readonly values: Record<string, unknown>;
  /** Words that nobody took. */
  rest: readonly RawArgument[];
  /** The argument that took the last word that was taken. */
  last: string | null;
  /** Since then, arguments that took no word, in their order; the first that may not be left out is the last of them. */
  readonly open: (readonly [name: string, argument: Argument<unknown>])[];
  /** What one of the open ones says of the first of the rest. */
  missed: (NotTaken & { argument: string }) | null;
};

const [HYPHEN, DASH] = [0x2d, 0x2014];
const FLAG = /^(?:--|—)(?=\p{L})/u;

/**
 * Reads the arguments of a call as its command declares them. Answers `argument_missing`, `argument_invalid` for words that are
 * none of what is expected, or `argument_unexpected` for words that are left over.
 */
export function readArguments<Args extends Arguments>(
  { args }: Grammar<Args>,
  call: CommandCall,
  writer: Writer,
): Reading<Args> {
  const { values, rest, open, missed } = advance(args, call, writer);
  const [left] = rest;
  const required = open.find(([, { isOptional }]) => !isOptional);
  const blamed = missed ?? (required ? { argument: required[0], place: endOf(call), nearest: null } : null);
  if (required === undefined && left === undefined) return { ok: true, values: values as Values<Args> };
  if (left === undefined) {
    const [argument, { kind }] = required!;
    return { ok: false, refusal: "argument_missing", place: endOf(call), argument, expected: kind, nearest: null };
  }
  if (blamed === null) {
    const near = nearestFlag(args, left);
    return {
      ok: false,
      refusal: "argument_unexpected",
      place: left.place,
      argument: null,
      expected: null,
      nearest: near,
    };
  }
  const { argument } = blamed;
  const near = blamed.nearest ?? nearestFlag(args, left);
  return {
    ok: false,
    refusal: "argument_invalid",
    place: missed?.place ?? left.place,
    argument,
    expected: args[argument]!.kind,
    nearest: near,
  };
}

/** Lets each argument take the words that are its own, in the order of both, until one that may not be left out takes none. */
export function advance(declared: Arguments, call: CommandCall, writer: Writer): Progress {
  const { written, flags } = sorted(declared);
  const { values, words } = takeFlags(flags, call);
  const progress: Progress = { values, rest: words, last: null, open: [], missed: null };
  const { source, place } = call;
  for (let index = 0; index < written.length; index += 1) {
    const [name, argument] = written[index]!;
    const { isOptional } = argument;
    values[name] = null;
    const given: Words = {
      source,
      offset: place.offset,
      args: progress.rest,
      hasMore: index < written.length - 1,
      isOptional,
    };
    const taken = progress.rest.length === 0 ? null : argument.read(given, writer);
    if (taken && "value" in taken) {
      values[name] = taken.value;
      progress.rest = taken.words === progress.rest.length ? NO_WORDS : progress.rest.slice(taken.words);
      progress.last = name;
      progress.open.length = 0;
      progress.missed = null;
      continue;
    }
    progress.open.push([name, argument]);
    // The later one is more than may be left out; but a near miss says most.
    if (taken && !progress.missed?.nearest) progress.missed = { ...taken, argument: name };
    if (!isOptional) break;
  }
  return progress;
}

type Sorted = Record<"written" | "flags", (readonly [name: string, argument: Argument<unknown>])[]>;

const NO_WORDS: readonly RawArgument[] = [];
const sortings = new WeakMap<Arguments, Sorted>();

/** The arguments that are written in their order, and those that stand anywhere. */
function sorted(declared: Arguments): Sorted {
  const known = sortings.get(declared);
  if (known) return known;
  const { flags = [], written = [] } = Object.groupBy(Object.entries(declared), ([, { kind }]) =>
    kind === "flag" ? "flags" : "written",
  );
  sortings.set(declared, { written, flags });
  return { written, flags };
}

function takeFlags(flags: Sorted["flags"], { args }: CommandCall) {
  const values: Record<string, unknown> = {};
  if (flags.length === 0) return { values, words: args };
  for (const [name] of flags) values[name] = false;
  if (!args.some((arg) => flagOf(arg) !== null)) return { values, words: args };
  const words = args.filter((arg) => {
    const said = flagOf(arg);
    const found = said && flags.find(([, { name }]) => fold(name.en) === said || fold(name.ru) === said);
    if (found) values[found[0]] = true;
    return !found;
  });
  return { values, words };
}

/** The flag that a word is, as it may be compared; null if it is none. */
function flagOf({ text, isQuoted }: RawArgument): string | null {
  const first = text.charCodeAt(0);
  const dashes = isQuoted || (first !== HYPHEN && first !== DASH) ? null : FLAG.exec(text);
  return dashes && fold(text.slice(dashes[0].length));
}

function nearestFlag(declared: Arguments, word: RawArgument): string | null {
  const said = flagOf(word);
  const names = Object.values(declared).flatMap(({ kind, name }) => (kind === "flag" ? [name.en, name.ru] : []));
  const near = said && nearest(said, names);
  return near && `--${near}`;
}

function endOf({ place }: CommandCall): Place {
  return placeOf(place.offset + place.length, place.offset + place.length);
}
