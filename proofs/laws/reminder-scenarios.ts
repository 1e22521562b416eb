import { newId } from "../../api/kernel/id.ts";
import { globalId } from "../../tests/support/ids.ts";
import { askFor } from "../../tests/support/reminders.ts";
import { say } from "../../tests/support/story.ts";
import { openFor } from "./open-for.ts";
import type { Exemption } from "./scenarios.ts";
import { staff } from "./scene.ts";

const exempt = "Nobody but whose it is knows of a reminder, and they are told when its time has come.";

/** A scenario for each mutation of reminders, for the laws that look at ids. */
export const reminderScenarios: Record<string, Exemption> = {
  createReminder: {
    exempt,
    by: staff,
    prepare: async (scene, by) => {
      const asker = scene.world[by as (typeof staff)[number]];
      const conversationId = await openFor(scene, by);
      const message = await say(asker, conversationId);
      return () => ({
        ...{ clientId: newId(), conversationId: globalId("Conversation", conversationId) },
        ...{ messageId: globalId("Message", message.id), agentId: globalId("Agent", asker.agentId) },
        ...{
          text: "Look <b>again</b>",
          time: scene.dice.pick([{ words: "in 2h" }, { at: "2031-01-01T00:00:00.000Z" }]),
        },
      });
    },
    // To Ann's direct messages, where alone the ids of their messages would do.
    prepareFor: {
      messageId: async ({ rooms }) => {
        const conversationId = globalId("Conversation", rooms.direct);
        return () => ({ clientId: newId(), conversationId, text: "", time: { words: "in 2h" } });
      },
    },
  },
  removeReminder: {
    exempt,
    by: staff,
    prepare: async (scene, by) => {
      const asker = scene.world[by as (typeof staff)[number]];
      const reminderId = globalId("Reminder", await askFor(asker, await openFor(scene, by)));
      return () => ({ reminderId });
    },
  },
};
