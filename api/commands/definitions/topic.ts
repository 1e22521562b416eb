import { commandResults } from "../../../words/command-results.ts";
import { updateRoom } from "../../chat/actions/update-room.ts";
import { optional } from "../argument.ts";
import { defineCommand } from "../command.ts";
import { doneWith } from "../command-outcome.ts";
import { text } from "../word-arguments.ts";

/** `/topic text`: what a room is about; nothing takes it away. */
export const topic = defineCommand({
  name: { en: "topic", ru: "тема" },
  args: { about: optional(text({ en: "text", ru: "текст" })) },
  help: { en: "Say what is talked about here.", ru: "Сказать, о чём здесь говорят." },
  example: { en: "/topic What shines", ru: "/тема О том, что светит" },
  where: ["channel", "group"],
  run: async ({ actor, conversationId, locale }, { about }) => {
    const line = (about ?? "").trim();
    return doneWith(await updateRoom(actor, { conversationId, topic: line }), commandResults[locale].topic(line));
  },
});
