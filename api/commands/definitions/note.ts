import { commandResults } from "../../../words/command-results.ts";
import { sendMessage } from "../../chat/actions/send-message.ts";
import { defineCommand } from "../command.ts";
import { doneWith } from "../command-outcome.ts";
import { text } from "../word-arguments.ts";

/** `/note text`: for the team alone. */
export const note = defineCommand({
  name: { en: "note", ru: "заметка" },
  args: { body: text({ en: "text", ru: "текст" }) },
  help: { en: "Write a private note for the team.", ru: "Записать заметку для команды." },
  example: { en: "/note She has called twice", ru: "/заметка Звонила дважды" },
  where: ["support"],
  run: async ({ actor, conversationId, clientId, locale }, { body }) => {
    const written = { conversationId, clientId, body, visibility: "staff" as const };
    return doneWith(await sendMessage(actor, written), commandResults[locale].note);
  },
});
