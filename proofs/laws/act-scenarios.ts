import { pinMessage } from "../../api/chat/actions/pin-message.ts";
import { react } from "../../api/chat/actions/react.ts";
import type { Message } from "../../prisma/generated/client/client.ts";
import { globalId } from "../../tests/support/ids.ts";
import { granted, note, say } from "../../tests/support/story.ts";
import { openFor } from "./open-for.ts";
import type { Scenario } from "./scenarios.ts";
import { type Scene, staff } from "./scene.ts";

type Writer = (typeof staff)[number];

const signs = ["👍", ":heart:", "eyes", "🎉"];

/** A scenario for each mutation of a message that was sent. */
export const actScenarios: Record<string, Scenario> = {
  editMessage: {
    by: staff,
    prepare: async (scene, by) => {
      const message = await messageFor(scene, by as Writer);
      return () => ({
        ...placeOf(message),
        body: scene.dice.pick(["Not today", "**Tomorrow**", "<b>Завтра</b> :+1:"]),
      });
    },
  },
  deleteMessage: {
    by: staff,
    prepare: async (scene, by) => {
      const message = await messageFor(scene, by as Writer);
      if (scene.dice.happens(0.5)) await mark(scene, message);
      return () => placeOf(message);
    },
  },
  addReaction: marking(({ dice }) => ({ emoji: dice.pick(signs) })),
  removeReaction: marking(({ dice }) => ({ emoji: dice.pick(signs) })),
  pinMessage: marking(() => ({})),
  unpinMessage: marking(() => ({})),
};

function marking(more: (scene: Scene) => object): Scenario {
  return {
    by: staff,
    prepare: async (scene, by) => {
      const message = await messageFor(scene, scene.dice.pick(staff));
      if (scene.dice.happens(0.5)) await mark(scene, message, by as Writer);
      return () => ({ ...placeOf(message), ...more(scene) });
    },
  };
}

/** A message of the agent's: in a room, to a customer, or a note. */
async function messageFor(scene: Scene, by: Writer): Promise<Message> {
  const id = await openFor(scene, by);
  return (scene.dice.happens(0.3) ? note : say)(scene.world[by], id);
}

async function mark({ world, dice }: Scene, { id: messageId }: Message, by: Writer = "irina"): Promise<void> {
  granted(await react(world[by], { messageId, emoji: dice.pick(signs), isOn: true }));
  granted(await pinMessage(world[by], { messageId, isPinned: true }));
}

function placeOf({ id }: Message) {
  return { messageId: globalId("Message", id) };
}
