import { commandResults } from "../../../words/command-results.ts";
import { done } from "../../kernel/outcome.ts";
import { defineCommand } from "../command.ts";
import { helpIn } from "../help-text.ts";

/** `/help`: what works here. */
export const help = defineCommand({
  name: { en: "help", ru: "помощь" },
  args: {},
  help: { en: "List the commands that work here.", ru: "Перечислить команды, которые здесь работают." },
  where: ["support", "channel", "group", "direct", "task"],
  run: async ({ others, locale }) => done({ ...commandResults[locale].help, did: helpIn(others, locale) }),
});
