import { changeRoomMember } from "../../chat/actions/change-room-member.ts";
import { commandResults } from "../../../words/command-results.ts";
import { listOf } from "../../../words/words.ts";
import type { Command } from "../command.ts";
import { doneWith } from "../command-outcome.ts";
import { readPeople } from "../read-people.ts";
import { handlesIn } from "../rest-of.ts";

/** `/invite @ann @ben`: they are let in as members; whoever is there already stays what they are. */
export const invite: Command = {
  name: "invite",
  names: { en: ["invite"], ru: ["пригласить"] },
  usage: { en: "@who ...", ru: "@кого ..." },
  help: { en: "Let colleagues in.", ru: "Пригласить коллег сюда." },
  where: ["channel", "group"],
  run: async (context, call) => {
    const people = await readPeople(context, handlesIn(call), "workspace");
    if (!people.ok) return people;
    const { actor, conversationId, locale } = context;
    for (const { id: agentId, isHere } of people.value) {
      if (isHere) continue;
      const outcome = await changeRoomMember(actor, { conversationId, agentId, role: "member" });
      if (!outcome.ok) return outcome;
    }
    const names = people.value.map(({ name }) => name);
    return doneWith({ ok: true, value: null }, commandResults[locale].invite(listOf(locale, names)));
  },
};
