import { commandWords } from "../../words/commands.ts";
import type { Locale } from "../../words/words.ts";
import type { CommandCall } from "./command-line.ts";
import type { Grammar } from "./definition.ts";
import type { Misread } from "./read-arguments.ts";
import { usageOf } from "./usage.ts";
import { isNameOf } from "./word-arguments.ts";

/** Why the arguments of a command are not understood, and how it is written. */
export function misreadIn(
  locale: Locale,
  command: Grammar,
  { call, misread }: { call: CommandCall; misread: Misread },
): string {
  const words = commandWords[locale];
  const usage = usageOf(command, locale);
  if (misread.refusal === "argument_missing") return words.missing(usage);
  const { offset, length } = misread.place;
  const begin = offset - call.place.offset;
  const written = call.source.slice(begin, begin + length);
  if (isOneTooMany(command, written)) return words.onlyOne(usage);
  const said = shown(written);
  return words.misread(said.replaceAll("`", "'"), {
    usage,
    near: misread.nearest,
    choices: choicesOf(command, misread, locale),
  });
}

/** Whether it would have been understood, had not the one that is meant there been named before it. */
function isOneTooMany({ args }: Grammar, written: string): boolean {
  return Object.values(args).some(({ kind }) => (kind === "mention" || kind === "key") && isNameOf(kind, written));
}

/** What may be chosen where nothing else is expected. */
function choicesOf({ args }: Grammar, { argument, expected }: Misread, locale: Locale): string[] {
  const { choices } = argument !== null && expected === "choice" ? args[argument]! : { choices: [] };
  return choices.map(({ names: [en, ru] }) => (locale === "en" ? en : ru));
}

const LONGEST_SHOWN = 40;

/** What is not understood, as it is shown again: not all of it where it is long. */
export function shown(said: string): string {
  return [...said].slice(0, LONGEST_SHOWN).join("");
}
