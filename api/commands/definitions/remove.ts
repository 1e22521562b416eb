import { changeRoomMember } from "../../chat/actions/change-room-member.ts";
import { commandResults } from "../../../words/command-results.ts";
import { listOf } from "../../../words/words.ts";
import type { Command } from "../command.ts";
import { doneWith } from "../command-outcome.ts";
import { readPeople } from "../read-people.ts";
import { handlesIn } from "../rest-of.ts";

/** `/remove @ann @ben`: they are taken out. */
export const remove: Command = {
  name: "remove",
  names: { en: ["remove"], ru: ["убрать"] },
  usage: { en: "@who ...", ru: "@кого ..." },
  help: { en: "Take colleagues out of here.", ru: "Убрать коллег отсюда." },
  where: ["channel", "group"],
  run: async (context, call) => {
    const people = await readPeople(context, handlesIn(call), "conversation");
    if (!people.ok) return people;
    const { actor, conversationId, locale } = context;
    for (const { id: agentId } of people.value) {
      const outcome = await changeRoomMember(actor, { conversationId, agentId, role: null });
      if (!outcome.ok) return outcome;
    }
    const names = people.value.map(({ name }) => name);
    return doneWith({ ok: true, value: null }, commandResults[locale].remove(listOf(locale, names)));
  },
};
