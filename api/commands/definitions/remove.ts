import { commandResults } from "../../../words/command-results.ts";
import { listOf } from "../../../words/words.ts";
import { changeRoomMember } from "../../chat/actions/change-room-member.ts";
import { done } from "../../kernel/outcome.ts";
import { defineCommand } from "../command.ts";
import { readPeople } from "../read-people.ts";
import { mentions } from "../word-arguments.ts";

/** `/remove @ann @ben`: they are taken out. */
export const remove = defineCommand({
  name: { en: "remove", ru: "убрать" },
  args: { whom: mentions({ en: "who", ru: "кого" }) },
  help: { en: "Take colleagues out of here.", ru: "Убрать коллег отсюда." },
  example: { en: "/remove @ben", ru: "/убрать @ben" },
  among: "conversation",
  where: ["channel", "group"],
  run: async (context, { whom }) => {
    const people = await readPeople(context, whom, "conversation");
    if (!people.ok) return people;
    const { actor, conversationId, locale } = context;
    for (const { id: agentId } of people.value) {
      const outcome = await changeRoomMember(actor, { conversationId, agentId, role: null });
      if (!outcome.ok) return outcome;
    }
    const names = people.value.map(({ name }) => name);
    return done(commandResults[locale].remove(listOf(locale, names)));
  },
});
