import { newId } from "../../api/kernel/id.ts";
import { sql } from "../../api/kernel/database.ts";
import { globalId } from "../../tests/support/ids.ts";
import { reply, say } from "../../tests/support/story.ts";
import { restoreRooms } from "./rooms.ts";
import type { Scenario } from "./scenarios.ts";
import type { Scene } from "./scene.ts";

const members = ["ann", "irina"] as const;

/** A scenario for each mutation of threads. */
export const threadScenarios: Record<string, Scenario> = {
  setThreadFollowing: {
    by: members,
    prepare: async (scene) => {
      const threadId = await openThread(scene);
      return () => ({ threadId, isFollowing: scene.dice.happens(0.5) });
    },
  },
  markThreadRead: {
    by: members,
    prepare: async (scene) => {
      const threadId = await openThread(scene);
      return () => ({ threadId, seq: scene.dice.between(0, 2) });
    },
  },
};

/** What a message of the room may be written in reply to, as `sendMessage` takes it; nothing in a conversation with a customer. */
export async function replyIn(scene: Scene, conversationId: string): Promise<Record<string, unknown>> {
  const { dice, rooms } = scene;
  const room = Object.values(rooms).find((id) => globalId("Conversation", id) === conversationId);
  if (!room || dice.happens(0.3)) return {};
  const root = await rootIn(scene, room);
  return { threadId: globalId("Message", root), alsoInConversation: dice.happens(0.4) };
}

/** A message to Ann's direct messages, which nobody joins, where alone the ids of its messages would do for what it replies to. */
export async function prepareReply({ rooms }: Scene) {
  const conversationId = globalId("Conversation", rooms.direct);
  return () => ({ conversationId, clientId: newId(), body: "Indeed" });
}

/** A thread of one of Ann's rooms, with a reply of one who is there. */
async function openThread(scene: Scene): Promise<string> {
  const { world, rooms, dice } = scene;
  await restoreRooms(world, rooms);
  const conversationId = dice.pick(Object.values(rooms));
  const root = { conversationId, id: await rootIn(scene, conversationId) };
  await reply(world[dice.pick(members)], root);
  return globalId("Thread", root.id);
}

/** One of the first messages of a room that can be replied to; a new one where there is none. */
async function rootIn({ world: { ann }, dice }: Scene, conversationId: string): Promise<string> {
  const place = dice.between(0, 3);
  const roots = await sql<{ id: string }>`
    SELECT id FROM message WHERE conversation_id = ${conversationId} AND thread_id IS NULL AND deleted_at IS NULL
    ORDER BY staff_seq LIMIT 4`;
  return roots[place % roots.length]?.id ?? (await say(ann, conversationId)).id;
}
