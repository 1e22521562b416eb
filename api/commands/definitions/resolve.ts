import { commandResults } from "../../../words/command-results.ts";
import { moveTicket } from "../../helpdesk/actions/move-ticket.ts";
import { defineCommand } from "../command.ts";
import { doneWith } from "../command-outcome.ts";

/** `/resolve`: what the customer asked for is done. */
export const resolve = defineCommand({
  name: { en: "resolve", ru: "решено" },
  aliases: ["решить"],
  args: {},
  help: { en: "Resolve the conversation.", ru: "Отметить обращение решённым." },
  example: { en: "/resolve", ru: "/решено" },
  where: ["support"],
  run: async ({ actor, conversationId, locale }) =>
    doneWith(await moveTicket(actor, { conversationId, move: "resolve" }), commandResults[locale].resolve),
});
