import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { joinChannel } from "../../api/chat/actions/join-channel.ts";
import { leaveRoom } from "../../api/chat/actions/leave-room.ts";
import { saveDraft } from "../../api/chat/actions/save-draft.ts";
import { sendMessage } from "../../api/chat/actions/send-message.ts";
import { updateRoom } from "../../api/chat/actions/update-room.ts";
import { drafts, unreadCounts } from "../../api/chat/queries.ts";
import type { Actor, AgentActor } from "../../api/kernel/actor.ts";
import { subscribe } from "../../api/kernel/bus.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { openWorld } from "../support/open-world.ts";
import { directOf, join, letIn, openChannel, openGroup, recordedOf, refusalOf, rolesIn } from "../support/rooms.ts";
import { begin, granted, say } from "../support/story.ts";
import type { World } from "../support/world.ts";

let world: World;
let conversationId: string;
const told: string[] = [];

beforeAll(async () => {
  world = await openWorld();
  afterAll(subscribe("rights", (key) => told.push(key)));
});
beforeEach(async () => {
  conversationId = await openGroup(world.ann, world.ben);
  await sql`DELETE FROM outbox`;
});

const leave = async (agent: AgentActor, id = conversationId) => granted(await leaveRoom(agent, { conversationId: id }));
const refused = (actor: Actor, id = conversationId) => refusalOf(() => leaveRoom(actor, { conversationId: id }));

describe("leaving a room", () => {
  it("takes the agent out, tells the others and ends what follows it", async () => {
    const { agentId } = world.ben;
    told.length = 0;
    await leave(world.ben);
    expect(await rolesIn(conversationId)).toEqual({ [world.ann.agentId]: "owner" });
    const payload = { agentId, from: "member", to: null, by: { kind: "agent", id: agentId } };
    expect(await recordedOf(conversationId)).toMatchObject([{ type: "member.changed", customerSeq: null, payload }]);
    expect(told).toEqual([expect.stringContaining(`member/${world.workspaceId}/${agentId}/`)]);
  });

  it("forgets what the agent had begun to write", async () => {
    const draft = { conversationId, clientId: newId(), body: "I think", visibility: "everyone" as const };
    granted(await saveDraft(world.ben, draft));
    await leave(world.ben);
    expect((await drafts(world.ben, [conversationId])).size).toBe(0);
  });

  it("tells no more of it to a retry of what was sent before", async () => {
    const asked = { conversationId, clientId: newId(), body: "Once", visibility: "everyone" as const };
    granted(await sendMessage(world.ben, asked));
    await leave(world.ben);
    expect(await refusalOf(() => sendMessage(world.ben, asked))).toBe("conversation_not_found conversationId");
  });

  it("is for viewers too, and from an archived room", async () => {
    await letIn(world.ann, conversationId, world.ben, "viewer");
    granted(await updateRoom(world.ann, { conversationId, isArchived: true }));
    await leave(world.ben);
  });

  it("and coming back leaves what was said meanwhile read", async () => {
    const channel = await openChannel(world.ann);
    await join(world.ben, channel);
    await leave(world.ben, channel);
    await say(world.ann, channel);
    await join(world.ben, channel);
    expect((await unreadCounts(world.ben, [channel])).get(channel)).toBe(0);
  });

  it("is the last owner's once somebody else owns it, or when nobody else is there", async () => {
    expect(await refused(world.ann)).toBe("last_room_owner conversationId");
    await letIn(world.ann, conversationId, world.ben, "owner");
    await leave(world.ann);
    await leave(world.ben);
    expect(await rolesIn(conversationId)).toEqual({});
  });

  it("by both of two owners at once leaves one of them", async () => {
    await letIn(world.ann, conversationId, world.ben, "owner");
    await letIn(world.ann, conversationId, world.irina);
    const left = await Promise.all([world.ann, world.ben].map((agent) => leaveRoom(agent, { conversationId })));
    expect(left.filter(({ ok }) => ok)).toHaveLength(1);
    expect(Object.values(await rolesIn(conversationId)).filter((role) => role === "owner")).toHaveLength(1);
  });

  it("many times at once is told once", async () => {
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => leaveRoom(world.ben, { conversationId })));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await recordedOf(conversationId)).toHaveLength(1);
  });
});

describe("leaving is refused", () => {
  it("from direct messages", async () => {
    expect(await refused(world.ben, await directOf(world.ann, world.ben))).toBe("not_permitted conversationId");
  });

  it("where one is not: an unknown room, no id, another's, a channel not joined, a support conversation, another workspace's", async () => {
    const { conversation } = await begin(world.hannah);
    const [group, channel] = [await openGroup(world.ann), await openChannel(world.ann)];
    for (const id of [newId(), "x", group, channel, conversation.id, await openChannel(world.intruder)])
      expect(await refused(world.ben, id)).toBe("conversation_not_found conversationId");
  });

  it("to customers, and to an agent whose token may only read", async () => {
    for (const actor of [world.hannah, { ...world.ben, mayWrite: false }])
      expect(await refused(actor)).toBe("not_permitted");
  });
});

describe("joins, leaves and messages at once", () => {
  it("number what happens densely, and end as they say", async () => {
    const channel = await openChannel(world.ann);
    await sql`DELETE FROM outbox`;
    const comers = [world.ben, world.irina];
    await Promise.all(
      Array.from({ length: 60 }, (_, at) => {
        if (at % 3 === 0) return say(world.ann, channel, `Message ${at}`);
        const agent = comers[at % 2]!;
        return at % 4 < 2
          ? joinChannel(agent, { conversationId: channel })
          : leaveRoom(agent, { conversationId: channel });
      }),
    );
    const events = await recordedOf(channel);
    const ordered = events.toSorted((one, other) => one.staffSeq - other.staffSeq);
    expect(ordered.map(({ staffSeq }) => staffSeq)).toEqual(ordered.map((_, at) => at + 2));
    expect(events.filter(({ type }) => type === "message.sent")).toHaveLength(20);
    const changes = ordered.flatMap(({ type, payload }) => (type === "member.changed" ? [payload] : []));
    for (const { agentId } of comers) {
      const own = (changes as { agentId: string; from: string | null; to: string | null }[]).filter(
        (change) => change.agentId === agentId,
      );
      // Each goes on from where the one before it had come to.
      for (const [at, { from }] of own.entries()) expect(from).toBe(own[at - 1]?.to ?? null);
      expect((await rolesIn(channel))[agentId] ?? null).toBe(own.at(-1)?.to ?? null);
    }
  });
});
