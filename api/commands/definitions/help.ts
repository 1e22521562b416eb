import { commandHelp } from "../../../words/command-help.ts";
import { commandResults } from "../../../words/command-results.ts";
import { fold, nearest } from "../../kernel/nearest.ts";
import { done } from "../../kernel/outcome.ts";
import { optional } from "../argument.ts";
import { type Asking, defineCommand, type Offer } from "../command.ts";
import { refuseSaying } from "../command-outcome.ts";
import { namesOf } from "../definition.ts";
import { helpIn, helpOn } from "../help-text.ts";
import { shown } from "../misread.ts";
import { word } from "../word-arguments.ts";

/** `/help`: what works here; `/help due`: all about one command, wherever it works. */
export const help = defineCommand({
  name: { en: "help", ru: "помощь" },
  args: { command: optional(word({ en: "command", ru: "команда" })) },
  help: { en: "List the commands that work here, or explain one.", ru: "Перечислить команды или объяснить одну." },
  example: { en: "/help due", ru: "/помощь срок" },
  suggests: { command: async (asking) => suggestCommands(asking) },
  where: ["support", "channel", "group", "direct", "task"],
  run: async ({ others, find, locale }, { command: said }) => {
    if (said === null) return done({ ...commandResults[locale].helpList, did: helpIn(others, locale) });
    const name = said.replace(/^\/+/, "");
    const found = find(name);
    if (found.length > 0)
      return done(commandResults[locale].help(found.map((one) => helpOn(one, locale)).join("\n\n")));
    const near = nearest(name, others.flatMap(namesOf));
    return refuseSaying("argument_invalid", commandHelp[locale].none(shown(name), near));
  },
});

function suggestCommands({ others, locale, typed }: Asking): Offer[] {
  const asked = fold(typed);
  return others
    .filter((command) => namesOf(command).some((name) => fold(name).startsWith(asked)))
    .map((command) => ({ text: command.name[locale], detail: command.help[locale] }));
}
