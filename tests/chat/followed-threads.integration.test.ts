import { beforeAll, describe, expect, it } from "vitest";
import { deleteMessage } from "../../api/chat/actions/delete-message.ts";
import { markThreadRead } from "../../api/chat/actions/mark-thread-read.ts";
import { setThreadFollowing } from "../../api/chat/actions/set-thread-following.ts";
import { findFollowedIds } from "../../api/chat/thread-queries.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { removeSpaceMember } from "../../api/people/actions/remove-space-member.ts";
import { openWorld } from "../support/open-world.ts";
import { openGroup } from "../support/rooms.ts";
import { granted, reply, say } from "../support/story.ts";
import { unreadThreads } from "../support/threads.ts";
import type { World } from "../support/world.ts";

let world: World;

beforeAll(async () => {
  world = await openWorld();
});

/** A group with so many threads that Ben answered in and Irina began; the oldest first. */
async function threads(count: number) {
  const place = await openGroup(world.ann, world.irina, world.ben);
  const made: { id: string; seq: number; reply: { id: string; conversationId: string } }[] = [];
  for (let n = 0; n < count; n++) {
    const root = await say(world.irina, place, `Root ${n}`);
    const answer = await reply(world.ben, root);
    made.push({ id: root.id, seq: answer.staffSeq, reply: answer });
  }
  return made;
}

type Wanted = { isUnreadOnly?: boolean; limit?: number; inverted?: boolean };

const followed = (agent: AgentActor, { isUnreadOnly = false, limit = 50, inverted = false }: Wanted = {}) =>
  findFollowedIds(agent, { isUnreadOnly, limit, inverted });
const read = async (agent: AgentActor, { id, seq }: { id: string; seq: number }) =>
  granted(await markThreadRead(agent, { threadId: id, seq }));

describe("the threads that one follows", () => {
  it("stand by their newest replies, read or not", async () => {
    const all = await threads(6);
    for (const n of [1, 4, 5]) await read(world.irina, all[n]!);
    const ids = all.map(({ id }) => id).reverse();
    expect((await followed(world.irina)).slice(0, 6)).toEqual(ids);
    expect(await followed(world.irina, { limit: 2 })).toEqual(ids.slice(0, 2));
    expect((await followed(world.ben)).slice(0, 6)).toEqual(ids);
    await reply(world.ben, { id: all[1]!.id, conversationId: all[1]!.reply.conversationId });
    expect((await followed(world.irina))[0]).toBe(all[1]!.id);
    expect((await followed(world.ben))[0]).toBe(all[1]!.id);
  });

  it("are told apart by what is unread in them, where that is asked for", async () => {
    const all = await threads(3);
    await read(world.irina, all[1]!);
    granted(await deleteMessage(world.ben, { messageId: all[2]!.reply.id }));
    const unread = await followed(world.irina, { isUnreadOnly: true });
    expect(unread.filter((id) => all.some((one) => one.id === id))).toEqual([all[0]!.id]);
  });

  it("are not those that one has stopped to follow, and are again where one begins anew", async () => {
    const one = (await threads(1))[0]!;
    const follow = (isFollowing: boolean) => setThreadFollowing(world.irina, { threadId: one.id, isFollowing });
    granted(await follow(false));
    expect(await followed(world.irina)).not.toContain(one.id);
    granted(await follow(true));
    expect((await followed(world.irina, { isUnreadOnly: true }))[0]).toBe(one.id);
  });

  it("are in rooms that one sees: whose membership an admin takes away is told of none there, read or not", async () => {
    const before = await unreadThreads(world.irina);
    const all = await threads(2);
    await read(world.irina, all[0]!);
    const ofThose = async () => (await followed(world.irina)).filter((id) => all.some((one) => one.id === id));
    expect(await ofThose()).toEqual([all[1]!.id, all[0]!.id]);
    const [space] = await sql<{ spaceId: string }>`
      SELECT space_id AS "spaceId" FROM conversation WHERE id = ${all[0]!.reply.conversationId}`;
    granted(await removeSpaceMember(world.ann, { ...space!, agentId: world.irina.agentId }));
    expect(await ofThose()).toEqual([]);
    expect(await unreadThreads(world.irina)).toBe(before);
  });

  it("cost nothing by what has been read of them: that is settled, and is not when something comes", async () => {
    const one = (await threads(1))[0]!;
    const settled = async () => {
      const rows = await sql<{ isSettled: boolean }>`
        SELECT settled_at = last_reply_at AS "isSettled" FROM thread_follower JOIN thread ON thread.id = thread_id
        WHERE thread_id = ${one.id} AND agent_id = ${world.irina.agentId}`;
      return rows[0]!.isSettled;
    };
    expect(await settled()).toBe(null);
    await read(world.irina, one);
    expect(await settled()).toBe(true);
    const later = await reply(world.ben, { id: one.id, conversationId: one.reply.conversationId });
    expect(await settled()).toBe(null);
    await read(world.irina, { id: one.id, seq: later.staffSeq });
    expect(await settled()).toBe(true);
    await reply(world.irina, { id: one.id, conversationId: one.reply.conversationId });
    expect(await settled()).toBe(true);
  });
});
