import { commandResults } from "../../../words/command-results.ts";
import { assignTicket } from "../../helpdesk/actions/assign-ticket.ts";
import { defineCommand } from "../command.ts";
import { doneWith } from "../command-outcome.ts";
import { readPeople } from "../read-people.ts";
import { mention } from "../word-arguments.ts";

/** `/assign @ben`: it is theirs. */
export const assign = defineCommand({
  name: { en: "assign", ru: "назначить" },
  args: { who: mention({ en: "who", ru: "кому" }) },
  help: { en: "Give the conversation to a colleague.", ru: "Передать обращение коллеге." },
  example: { en: "/assign @ben", ru: "/назначить @ben" },
  among: "conversation",
  where: ["support"],
  run: async (context, { who }) => {
    const people = await readPeople(context, [who], "conversation");
    if (!people.ok) return people;
    const { actor, conversationId, locale } = context;
    const { id: assigneeId, name } = people.value[0]!;
    return doneWith(await assignTicket(actor, { conversationId, assigneeId }), commandResults[locale].assign(name));
  },
});
