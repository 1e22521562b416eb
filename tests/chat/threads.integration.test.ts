import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Message } from "../../prisma/generated/client/client.ts";
import { markRead } from "../../api/chat/actions/mark-read.ts";
import { markThreadRead } from "../../api/chat/actions/mark-thread-read.ts";
import { sendMessage } from "../../api/chat/actions/send-message.ts";
import { setThreadFollowing } from "../../api/chat/actions/set-thread-following.ts";
import { countUnreadMentions, unreadMentionCounts } from "../../api/chat/mention-queries.ts";
import { lastMessages, unreadCounts } from "../../api/chat/queries.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { openWorld } from "../support/open-world.ts";
import { letIn, openChannel, openGroup, recordedOf, refusalOf, takeOut } from "../support/rooms.ts";
import { begin, granted, reply, say } from "../support/story.ts";
import { countsOf, standingOf, unreadThreads } from "../support/threads.ts";
import { addAgent, type World } from "../support/world.ts";

let world: World;
/** Ann's group, with Irina and Ben. */
let conversationId: string;
/** What Irina said there. */
let root: Message;

beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  conversationId = await openGroup(world.ann, world.irina, world.ben);
  root = await say(world.irina, conversationId, "A third case");
});

const replying = (agent: AgentActor | World["hannah"], threadId: string, place = conversationId) => {
  const input = { conversationId: place, threadId, clientId: newId(), body: "Indeed", visibility: "everyone" as const };
  return sendMessage(agent, input);
};
const unreadOf = async (agent: AgentActor) => (await unreadCounts(agent, [conversationId])).get(conversationId);
const lastBody = async () =>
  (await lastMessages(world.workspaceId, [conversationId], "staff")).get(conversationId)?.body;

describe("a reply", () => {
  it("takes the conversation's next number and tells what it replies to", async () => {
    const made = await reply(world.ben, root);
    expect(made).toMatchObject({ threadId: root.id, isBroadcast: false, staffSeq: root.staffSeq + 1 });
    expect((await recordedOf(conversationId)).at(-1)!.payload).toMatchObject({
      messageId: made.id,
      threadId: root.id,
    });
  });

  it("is counted in its thread, and moves the conversation in nothing", async () => {
    const before = await sql`SELECT staff_activity_at FROM conversation WHERE id = ${conversationId}`;
    const made = await reply(world.ben, root);
    expect(await countsOf(root.id)).toEqual({
      counted: { replies: 1, seq: made.staffSeq },
      real: { replies: 1, seq: made.staffSeq },
    });
    expect(await unreadOf(world.ann)).toBe(1);
    expect(await lastBody()).toBe("A third case");
    expect(await sql`SELECT staff_activity_at FROM conversation WHERE id = ${conversationId}`).toEqual(before);
  });

  it("stands in the conversation too where it is broadcast", async () => {
    await reply(world.ben, root, { body: "For all", isBroadcast: true });
    expect(await unreadOf(world.ann)).toBe(2);
    expect(await lastBody()).toBe("For all");
    expect((await countsOf(root.id)).counted!.replies).toBe(1);
  });

  it("is made once under its clientId; with another thread, or broadcast or not, that is a conflict", async () => {
    const input = { conversationId, clientId: newId(), body: "Once", visibility: "everyone" as const };
    const first = granted(await sendMessage(world.ben, { ...input, threadId: root.id }));
    expect(granted(await sendMessage(world.ben, { ...input, threadId: root.id })).id).toBe(first.id);
    expect((await countsOf(root.id)).counted!.replies).toBe(1);
    for (const other of [{}, { threadId: root.id, isBroadcast: true }])
      expect(await sendMessage(world.ben, { ...input, ...other })).toMatchObject({ refusal: "client_id_conflict" });
  });

  it("is refused to a reply, to nothing, to a message elsewhere, and leaves no trace", async () => {
    const made = await reply(world.ben, root);
    const elsewhere = await say(world.ann, await openGroup(world.ann));
    for (const id of [made.id, newId(), "x", elsewhere.id])
      expect(await refusalOf(() => replying(world.ben, id))).toBe("thread_not_found threadId");
  });

  it("is refused in a conversation with a customer, to both sides", async () => {
    const { conversation, message } = await begin(world.hannah);
    for (const actor of [world.ann, world.hannah])
      expect(await refusalOf(() => replying(actor, message.id, conversation.id))).toBe("thread_not_possible threadId");
  });

  it("is refused to whoever is not in the room, also once taken out", async () => {
    await takeOut(world.ann, conversationId, world.ben);
    for (const agent of [world.ben, world.intruder])
      expect(await refusalOf(() => replying(agent, root.id))).toBe("conversation_not_found conversationId");
  });
});

describe("who follows a thread", () => {
  it("is whoever replied, who has read it, and the author of what is replied to; nobody else", async () => {
    await reply(world.ben, root);
    expect(await standingOf(world.ben, root.id)).toEqual({ isFollowing: true, unreadCount: 0 });
    expect(await standingOf(world.irina, root.id)).toEqual({ isFollowing: true, unreadCount: 1 });
    expect(await standingOf(world.ann, root.id)).toEqual({ isFollowing: false, unreadCount: 0 });
  });

  it("counts an author's own replies for others alone", async () => {
    for (const agent of [world.irina, world.ben, world.irina]) await reply(agent, root);
    expect(await standingOf(world.irina, root.id)).toEqual({ isFollowing: true, unreadCount: 0 });
    expect(await standingOf(world.ben, root.id)).toEqual({ isFollowing: true, unreadCount: 1 });
  });

  it("stops, and is not made to follow again by what others say; replying makes them", async () => {
    await reply(world.ben, root);
    granted(await setThreadFollowing(world.irina, { threadId: root.id, isFollowing: false }));
    await reply(world.ben, root);
    expect(await standingOf(world.irina, root.id)).toEqual({ isFollowing: false, unreadCount: 0 });
    await reply(world.irina, root);
    expect(await standingOf(world.irina, root.id)).toEqual({ isFollowing: true, unreadCount: 0 });
  });

  it("begins with all read, whoever asks to follow it without having taken part", async () => {
    await reply(world.ben, root);
    granted(await setThreadFollowing(world.ann, { threadId: root.id, isFollowing: true }));
    expect(await standingOf(world.ann, root.id)).toEqual({ isFollowing: true, unreadCount: 0 });
    await reply(world.ben, root);
    expect(await standingOf(world.ann, root.id)).toEqual({ isFollowing: true, unreadCount: 1 });
  });

  it("is no author who has gone from the room", async () => {
    await takeOut(world.ann, conversationId, world.irina);
    await reply(world.ben, root);
    await letIn(world.ann, conversationId, world.irina);
    expect(await standingOf(world.irina, root.id)).toEqual({ isFollowing: false, unreadCount: 0 });
  });

  it("is whoever a reply mentions by name, too: the mention is read with the thread, and no mark of the room moves it", async () => {
    const [{ handle } = { handle: "" }] = await sql<{ handle: string }>`
      SELECT handle FROM agent WHERE id = ${world.ann.agentId}`;
    const before = await countUnreadMentions(world.ann);
    const made = await reply(world.ben, root, { body: `@${handle}, is it so?` });
    await say(world.ben, conversationId);
    granted(await markRead(world.ann, { conversationId, seq: made.staffSeq + 1 }));
    expect(await standingOf(world.ann, root.id)).toEqual({ isFollowing: true, unreadCount: 1 });
    expect(await countUnreadMentions(world.ann)).toBe(before + 1);
    expect((await unreadMentionCounts(world.ann, [conversationId])).get(conversationId)).toBe(0);
    granted(await markThreadRead(world.ann, { threadId: root.id, seq: made.staffSeq }));
    expect(await countUnreadMentions(world.ann)).toBe(before);
  });

  it("leaves its threads with the room, and comes back with all read", async () => {
    const before = await unreadThreads(world.irina);
    await reply(world.ben, root);
    expect(await unreadThreads(world.irina)).toBe(before + 1);
    await takeOut(world.ann, conversationId, world.irina);
    expect(await unreadThreads(world.irina)).toBe(before);
    await reply(world.ben, root);
    await letIn(world.ann, conversationId, world.irina);
    granted(await setThreadFollowing(world.irina, { threadId: root.id, isFollowing: true }));
    expect(await standingOf(world.irina, root.id)).toEqual({ isFollowing: true, unreadCount: 0 });
  });
});

describe("a thread's mark", () => {
  it("moves by itself: the conversation's leaves it alone, and the other way", async () => {
    const made = await reply(world.ben, root);
    granted(await markThreadRead(world.irina, { threadId: root.id, seq: made.staffSeq }));
    expect(await standingOf(world.irina, root.id)).toEqual({ isFollowing: true, unreadCount: 0 });
    expect(await unreadOf(world.ann)).toBe(1);
  });

  it("never goes back", async () => {
    const made = await reply(world.ben, root);
    for (const seq of [made.staffSeq, 0]) granted(await markThreadRead(world.irina, { threadId: root.id, seq }));
    expect((await standingOf(world.irina, root.id)).unreadCount).toBe(0);
  });

  it("is never passed over for a reply that comes while it moves", async () => {
    const others = await unreadThreads(world.irina);
    for (let round = 0; round < 20; round++) {
      const known = await reply(world.ben, root);
      const [later] = await Promise.all([
        reply(world.ben, root),
        ...[world.irina, world.irina].map((agent) => markThreadRead(agent, { threadId: root.id, seq: known.staffSeq })),
      ]);
      expect(await unreadThreads(world.irina)).toBe(others + 1);
      granted(await markThreadRead(world.irina, { threadId: root.id, seq: later.staffSeq }));
      expect(await unreadThreads(world.irina)).toBe(others);
    }
  });

  it("is refused beyond the conversation's numbers", async () => {
    const made = await reply(world.ben, root);
    for (const seq of [-1, made.staffSeq + 1])
      expect(await refusalOf(() => markThreadRead(world.irina, { threadId: root.id, seq }))).toBe("seq_invalid seq");
  });

  const ways = [
    ["marking", (agent: AgentActor, threadId: string) => markThreadRead(agent, { threadId, seq: 0 })],
    ["following", (agent: AgentActor, threadId: string) => setThreadFollowing(agent, { threadId, isFollowing: true })],
  ] as const;
  it.each(ways)("%s is refused where there is no thread, and to whoever is not in the room", async (_way, act) => {
    await reply(world.ben, root);
    const lonely = await say(world.ann, conversationId);
    for (const id of [lonely.id, newId(), "x"])
      expect(await refusalOf(() => act(world.ann, id))).toBe("thread_not_found threadId");
    const channel = await openChannel(world.ann);
    const hidden = await say(world.ann, channel);
    await reply(world.ann, hidden);
    await takeOut(world.ann, conversationId, world.ben);
    const attempts: [AgentActor, string][] = [
      [world.ben, root.id],
      [world.ben, hidden.id],
      [world.intruder, root.id],
    ];
    for (const [agent, id] of attempts) expect(await refusalOf(() => act(agent, id))).toBe("thread_not_found threadId");
    expect(await refusalOf(() => act({ ...world.ann, mayWrite: false }, root.id))).toBe("not_permitted");
  });
});

describe("many at once", () => {
  it("are each counted once, in the order of their numbers, and know who was first", async () => {
    const crowd = await Promise.all(
      Array.from({ length: 8 }, (_, index) => addAgent(world, { name: `Agent ${index}`, role: "agent", locale: "en" })),
    );
    for (const agent of crowd) await letIn(world.ann, conversationId, agent);
    const made = await Promise.all(
      crowd.flatMap((agent, index) => [
        ...Array.from({ length: 5 }, () => reply(agent, root, { isBroadcast: index % 2 === 0 })),
        say(agent, conversationId),
      ]),
    );
    const { counted, real } = await countsOf(root.id);
    expect(counted).toEqual(real);
    expect(counted!.replies).toBe(40);
    const seqs = made.map(({ staffSeq }) => staffSeq).toSorted((one, other) => one - other);
    expect(seqs).toEqual(seqs.map((_, index) => seqs[0]! + index));
    const recorded = await sql<{ staffSeq: number }>`
      SELECT staff_seq AS "staffSeq" FROM (
        SELECT staff_seq, 0 AS id FROM event WHERE conversation_id = ${conversationId}
        UNION ALL SELECT staff_seq, id FROM outbox WHERE conversation_id = ${conversationId}) AS facts ORDER BY id, staff_seq`;
    expect(recorded.map(({ staffSeq }) => staffSeq)).toEqual(recorded.map((_, index) => index + 1));
    for (const agent of crowd) {
      const last = Math.max(
        ...made.filter((one) => one.agentId === agent.agentId && one.threadId).map((one) => one.staffSeq),
      );
      const after = made.filter((one) => one.threadId && one.agentId !== agent.agentId && one.staffSeq > last);
      expect(await standingOf(agent, root.id)).toEqual({ isFollowing: true, unreadCount: after.length });
    }
    expect((await standingOf(world.irina, root.id)).unreadCount).toBe(40);
    expect(await unreadOf(world.ann)).toBe(1 + 8 + 20);
  });
});
