import type { Eyes } from "../../words/time.ts";
import type { Locale } from "../../words/words.ts";
import type { RawArgument } from "./command-line.ts";
import type { Place } from "./place.ts";

/** What people call something, in each language. */
export type Named = Readonly<Record<Locale, string>>;

export type ArgumentKind =
  | "word"
  | "words"
  | "text"
  | "mention"
  | "mentions"
  | "key"
  | "keys"
  | "project"
  | "choice"
  | "instant"
  | "duration"
  | "flag";

/** Who writes, and when: what words of a time mean depends on it. */
export type Writer = { readonly eyes: Eyes; readonly at: Date };

/** Words of a call that no argument has taken yet; never none of them. */
export type Words = {
  /** The call's text, and where it begins in the body. */
  readonly source: string;
  readonly offset: number;
  readonly args: readonly RawArgument[];
  /** Whether further arguments are declared behind the one that reads, and whether that one may be left out. */
  readonly hasMore: boolean;
  readonly isOptional: boolean;
};

/** What an argument took: its value, and how many words. */
export type Taken<Value> = { readonly value: Value; readonly words: number };

/** What an argument does not understand: where it stands, and what may have been meant. */
export type NotTaken = { readonly place: Place; readonly nearest: string | null };

/** One argument of a command: how it is called, read and written. */
export type Argument<Value> = {
  readonly kind: ArgumentKind;
  readonly name: Named;
  readonly isOptional: boolean;
  /** What may be chosen, by what it is called; of other kinds none. */
  readonly choices: readonly Choice[];
  readonly read: (words: Words, writer: Writer) => Taken<Value> | NotTaken;
  /** As `read` reads it again: none of it is read as anything else. */
  readonly print: (value: NonNullable<Value>, printing: Printing) => string;
};

/** In which language, and whether a text stands in quotes although it would be read without them. */
export type Printing = { readonly locale: Locale; readonly quoting: "always" | "where needed" };

/** A value that may be chosen: what it is called, first in English, then in Russian, then otherwise. */
export type Choice = { readonly value: string; readonly names: readonly [en: string, ru: string, ...others: string[]] };

/** Allows an argument to be left out: its value is null then. */
export function optional<Value>(argument: Argument<Value>): Argument<Value | null> {
  return { ...argument, isOptional: true };
}

/** What of an argument is the same for most. */
export function plain<Kind extends ArgumentKind>(kind: Kind, name: Named) {
  return { kind, name, isOptional: false, choices: [] };
}

/** Whether the first word is in quotes that belong to a later argument: what may be left out is not read from them. */
export function isForLater({ args, hasMore, isOptional }: Words): boolean {
  return args[0]!.isQuoted && hasMore && isOptional;
}

/** What the first word says that no argument understands. */
export function notTaken({ args }: Words, nearest: string | null = null): NotTaken {
  return { place: args[0]!.place, nearest };
}
