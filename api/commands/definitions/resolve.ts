import { moveTicket } from "../../helpdesk/actions/move-ticket.ts";
import { commandResults } from "../../../words/command-results.ts";
import type { Command } from "../command.ts";
import { doneWith } from "../command-outcome.ts";

/** `/resolve`: what the customer asked for is done. */
export const resolve: Command = {
  name: "resolve",
  names: { en: ["resolve"], ru: ["решено", "решить"] },
  usage: { en: "", ru: "" },
  help: { en: "Resolve the conversation.", ru: "Отметить обращение решённым." },
  where: ["support"],
  run: async ({ actor, conversationId, locale }) =>
    doneWith(await moveTicket(actor, { conversationId, move: "resolve" }), commandResults[locale].resolve),
};
