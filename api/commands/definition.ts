import type { Argument, ArgumentKind, Named } from "./argument.ts";
import { lowered } from "../kernel/nearest.ts";

/** The arguments of a command, in the order in which they are written. */
// biome-ignore lint/suspicious/noExplicitAny: an argument both reads and prints its value, so that no other type holds them all
export type Arguments = Readonly<Record<string, Argument<any>>>;

/** What the arguments of a command say, by their names in the code. What was left out is null; a flag is false. */
export type Values<Args extends Arguments> = {
  readonly [Name in keyof Args]: Args[Name] extends Argument<infer Value> ? Value : never;
};

/** How a command is written. What it does is told beside it. */
export type Grammar<Args extends Arguments = Arguments> = {
  readonly name: Named;
  /** Further names, of either language. */
  readonly aliases?: readonly string[];
  readonly args: Args;
};

/** What would be read as one another: of each at most one stands in a command. */
const FAMILIES: Readonly<Partial<Record<ArgumentKind, string>>> = {
  ...{ mention: "mention", mentions: "mention", key: "key", keys: "key", choice: "choice" },
  ...{ instant: "time", duration: "time", text: "text", words: "text" },
};

/** Declares a command: the types of what it is given are those of its arguments. Throws for arguments that could be taken for one another. */
export function command<Args extends Arguments, Definition extends Grammar<Args>>(
  definition: Definition & { readonly args: Args },
): Definition {
  const fault = faultOf(Object.values(definition.args));
  if (fault) throw new Error(`/${definition.name.en}: ${fault}`);
  return definition;
}

/** Every name that calls a command, without the slash, as a call has it. */
export function namesOf({ name, aliases = [] }: Grammar): string[] {
  return [...new Set([name.en, name.ru, ...aliases].map(lowered))];
}

function faultOf(args: readonly Argument<unknown>[]): string | null {
  const written = args.filter(({ kind }) => kind !== "flag");
  const families = written.flatMap(({ kind }) => FAMILIES[kind] ?? []);
  if (new Set(families).size < families.length) return "two arguments would be read as one another.";
  const greedy = written
    .slice(0, -1)
    .find(({ kind, isOptional }) => kind === "words" || (isOptional && takesAny(kind)));
  return greedy ? `nothing can stand behind ${greedy.name.en}, which takes any word.` : null;
}

function takesAny(kind: ArgumentKind): boolean {
  return kind === "word" || kind === "text";
}
