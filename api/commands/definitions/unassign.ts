import { commandResults } from "../../../words/command-results.ts";
import { assignTicket } from "../../helpdesk/actions/assign-ticket.ts";
import { defineCommand } from "../command.ts";
import { doneWith } from "../command-outcome.ts";

/** `/unassign`: it is nobody's. */
export const unassign = defineCommand({
  name: { en: "unassign", ru: "снять" },
  args: {},
  help: { en: "Make the conversation nobody's.", ru: "Сделать обращение ничьим." },
  example: { en: "/unassign", ru: "/снять" },
  where: ["support"],
  run: async ({ actor, conversationId, locale }) =>
    doneWith(await assignTicket(actor, { conversationId, assigneeId: null }), commandResults[locale].unassign),
});
