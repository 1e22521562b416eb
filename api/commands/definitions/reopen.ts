import { commandResults } from "../../../words/command-results.ts";
import { moveTicket } from "../../helpdesk/actions/move-ticket.ts";
import { defineCommand } from "../command.ts";
import { doneWith } from "../command-outcome.ts";

/** `/reopen`: it is worked on again. */
export const reopen = defineCommand({
  name: { en: "reopen", ru: "открыть" },
  aliases: ["переоткрыть"],
  args: {},
  help: { en: "Open the conversation again.", ru: "Снова открыть обращение." },
  example: { en: "/reopen", ru: "/открыть" },
  where: ["support"],
  run: async ({ actor, conversationId, locale }) =>
    doneWith(await moveTicket(actor, { conversationId, move: "reopen" }), commandResults[locale].reopen),
});
