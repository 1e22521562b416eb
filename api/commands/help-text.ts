import { commandWords } from "../../words/commands.ts";
import type { Locale } from "../../words/words.ts";
import type { Command } from "./command.ts";

/** What these commands are for, each in a line. */
export function helpIn(commands: readonly Command[], locale: Locale): string {
  const lines = commands.map(({ names, usage, help }) => {
    const written = [`/${names[locale][0]}`, usage[locale]].filter(Boolean).join(" ");
    return `\`${written}\`: ${help[locale]}`;
  });
  return [commandWords[locale].commands, ...lines].join("\n");
}
