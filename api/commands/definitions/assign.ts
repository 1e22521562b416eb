import { assignTicket } from "../../helpdesk/actions/assign-ticket.ts";
import { commandResults } from "../../../words/command-results.ts";
import type { Command } from "../command.ts";
import { doneWith } from "../command-outcome.ts";
import { readPeople } from "../read-people.ts";
import { handlesIn } from "../rest-of.ts";

/** `/assign @ben`: it is theirs. */
export const assign: Command = {
  name: "assign",
  names: { en: ["assign"], ru: ["назначить"] },
  usage: { en: "@who", ru: "@кому" },
  help: { en: "Give the conversation to a colleague.", ru: "Передать обращение коллеге." },
  where: ["support"],
  run: async (context, call) => {
    const people = await readPeople(context, handlesIn(call), "conversation");
    if (!people.ok) return people;
    const { actor, conversationId, locale } = context;
    const { id: assigneeId, name } = people.value[0]!;
    return doneWith(await assignTicket(actor, { conversationId, assigneeId }), commandResults[locale].assign(name));
  },
};
