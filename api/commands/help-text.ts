import { commandWords } from "../../words/commands.ts";
import type { Locale } from "../../words/words.ts";
import type { Command } from "./command.ts";
import { usageOf } from "./usage.ts";

/** What these commands are for, each in a line. */
export function helpIn(commands: readonly Command[], locale: Locale): string {
  const lines = commands.map((command) => `\`${usageOf(command, locale)}\`: ${command.help[locale]}`);
  return [commandWords[locale].commands, ...lines].join("\n");
}
