import { sendMessage } from "../../chat/actions/send-message.ts";
import { commandResults } from "../../../words/command-results.ts";
import type { Command } from "../command.ts";
import { doneWith } from "../command-outcome.ts";
import { restOf } from "../rest-of.ts";

/** `/note text`: for the team alone. */
export const note: Command = {
  name: "note",
  names: { en: ["note"], ru: ["заметка"] },
  usage: { en: "text", ru: "текст" },
  help: { en: "Write a private note for the team.", ru: "Записать заметку для команды." },
  where: ["support"],
  run: async ({ actor, conversationId, clientId, locale }, call) => {
    const written = { conversationId, clientId, body: restOf(call), visibility: "staff" as const };
    return doneWith(await sendMessage(actor, written), commandResults[locale].note);
  },
};
