import { moveTicket } from "../../helpdesk/actions/move-ticket.ts";
import { commandResults } from "../../../words/command-results.ts";
import type { Command } from "../command.ts";
import { doneWith } from "../command-outcome.ts";

/** `/reopen`: it is worked on again. */
export const reopen: Command = {
  name: "reopen",
  names: { en: ["reopen"], ru: ["открыть", "переоткрыть"] },
  usage: { en: "", ru: "" },
  help: { en: "Open the conversation again.", ru: "Снова открыть обращение." },
  where: ["support"],
  run: async ({ actor, conversationId, locale }) =>
    doneWith(await moveTicket(actor, { conversationId, move: "reopen" }), commandResults[locale].reopen),
};
