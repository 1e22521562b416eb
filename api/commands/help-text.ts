import { commandHelp } from "../../words/command-help.ts";
import { commandWords } from "../../words/commands.ts";
import type { Locale } from "../../words/words.ts";
import type { Argument } from "./argument.ts";
import type { Command } from "./command.ts";
import { namesOf } from "./definition.ts";
import { shapeOf, usageOf } from "./usage.ts";

/** What these commands are for, each in a line. */
export function helpIn(commands: readonly Command[], locale: Locale): string {
  return [commandWords[locale].commands, ...commands.map((command) => lineOf(command, locale))].join("\n");
}

/** The page of one command, all of its definition: how it is written and what for, what each argument takes, where it works, its other names, an example. */
export function helpOn(command: Command, locale: Locale): string {
  const words = commandHelp[locale];
  const written = Object.values(command.args).map((argument) => argumentLine(argument, locale));
  const others = namesOf(command).filter((name) => name !== command.name[locale]);
  const works = words.works(command.where.map((kind) => commandWords[locale].where[kind]));
  const names = others.length === 0 ? [] : [words.names(others.map((name) => `\`/${name}\``))];
  return [lineOf(command, locale), ...written, works, ...names, words.example(command.example[locale])].join("\n");
}

function lineOf(command: Command, locale: Locale): string {
  return `\`${usageOf(command, locale)}\`: ${command.help[locale]}`;
}

function argumentLine(argument: Argument<unknown>, locale: Locale): string {
  const words = commandHelp[locale];
  const names = argument.choices.map(({ names: [en, ru] }) => `\`${locale === "en" ? en : ru}\``);
  const kind = words.kinds[argument.kind];
  const takes = names.length === 0 ? kind : argument.kind === "choice" ? words.choices(names) : words.or(kind, names);
  return words.argument(shapeOf(argument, locale), takes);
}
