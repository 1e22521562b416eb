import { commandResults } from "../../../words/command-results.ts";
import { listOf } from "../../../words/words.ts";
import { changeRoomMember } from "../../chat/actions/change-room-member.ts";
import { done } from "../../kernel/outcome.ts";
import { defineCommand } from "../command.ts";
import { readPeople } from "../read-people.ts";
import { mentions } from "../word-arguments.ts";

/** `/invite @ann @ben`: they are let in as members; whoever is there already stays what they are. */
export const invite = defineCommand({
  name: { en: "invite", ru: "пригласить" },
  args: { whom: mentions({ en: "who", ru: "кого" }) },
  help: { en: "Let colleagues in.", ru: "Пригласить коллег сюда." },
  example: { en: "/invite @ben @ann", ru: "/пригласить @ben @ann" },
  among: "workspace",
  where: ["channel", "group"],
  run: async (context, { whom }) => {
    const people = await readPeople(context, whom, "workspace");
    if (!people.ok) return people;
    const { actor, conversationId, locale } = context;
    for (const { id: agentId, isHere } of people.value) {
      if (isHere) continue;
      const outcome = await changeRoomMember(actor, { conversationId, agentId, role: "member" });
      if (!outcome.ok) return outcome;
    }
    const names = people.value.map(({ name }) => name);
    return done(commandResults[locale].invite(listOf(locale, names)));
  },
});
