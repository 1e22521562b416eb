import { updateRoom } from "../../chat/actions/update-room.ts";
import { commandResults } from "../../../words/command-results.ts";
import type { Command } from "../command.ts";
import { doneWith } from "../command-outcome.ts";
import { restOf } from "../rest-of.ts";

/** `/topic text`: what a room is about; nothing takes it away. */
export const topic: Command = {
  name: "topic",
  names: { en: ["topic"], ru: ["тема"] },
  usage: { en: "text", ru: "текст" },
  help: { en: "Say what is talked about here.", ru: "Сказать, о чём здесь говорят." },
  where: ["channel", "group"],
  run: async ({ actor, conversationId, locale }, call) => {
    const text = restOf(call);
    return doneWith(
      await updateRoom(actor, { conversationId, topic: text }),
      commandResults[locale].topic(text.trim()),
    );
  },
};
