import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { joinChannel } from "../../api/chat/actions/join-channel.ts";
import { leaveRoom } from "../../api/chat/actions/leave-room.ts";
import { updateRoom } from "../../api/chat/actions/update-room.ts";
import { unreadCounts } from "../../api/chat/queries.ts";
import { disableAgent } from "../../api/people/actions/disable-agent.ts";
import type { Actor } from "../../api/kernel/actor.ts";
import { subscribe } from "../../api/kernel/bus.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { begin } from "../support/story.ts";
import { openWorld } from "../support/open-world.ts";
import { directOf, join, letIn, openChannel, openGroup, recordedOf, refusalOf, rolesIn } from "../support/rooms.ts";
import { granted, say } from "../support/story.ts";
import { addAgent, type World } from "../support/world.ts";

let world: World;
let conversationId: string;
const told: string[] = [];

beforeAll(async () => {
  world = await openWorld();
  afterAll(subscribe("rights", (key) => told.push(key)));
});
beforeEach(async () => {
  conversationId = await openChannel(world.ann);
  await sql`DELETE FROM outbox`;
});

const refused = (actor: Actor, id = conversationId) => refusalOf(() => joinChannel(actor, { conversationId: id }));

describe("joining a channel", () => {
  it("makes its agent a member, and tells", async () => {
    await join(world.ben, conversationId);
    expect(await rolesIn(conversationId)).toMatchObject({ [world.ben.agentId]: "member" });
    const { agentId } = world.ben;
    const payload = { agentId, from: null, to: "member", by: { kind: "agent", id: agentId } };
    expect(await recordedOf(conversationId)).toEqual([
      { type: "member.changed", staffSeq: 2, customerSeq: null, contactId: null, payload },
    ]);
  });

  it("calls those back who follow all that is theirs", async () => {
    const nina = await addAgent(world, { name: "Nina", role: "agent", locale: "en" });
    told.length = 0;
    await join(nina, conversationId);
    expect(told).toEqual([`places/${world.workspaceId}/${nina.agentId}/1`]);
  });

  it("makes the first who comes back its owner, where everybody has left", async () => {
    granted(await leaveRoom(world.ann, { conversationId }));
    await join(world.ben, conversationId);
    await join(world.irina, conversationId);
    expect(await rolesIn(conversationId)).toEqual({ [world.ben.agentId]: "owner", [world.irina.agentId]: "member" });
  });

  it("gives nobody a channel whose owner is shut out, while others are in it", async () => {
    const otto = await addAgent(world, { name: "Otto", role: "agent", locale: "en" });
    const his = await openChannel(otto);
    await join(world.irina, his);
    granted(await disableAgent(world.ann, { agentId: otto.agentId }));
    await join(world.ben, his);
    expect(await rolesIn(his)).toMatchObject({ [world.irina.agentId]: "member", [world.ben.agentId]: "member" });
  });

  it("leaves all of the past read, and what comes then unread", async () => {
    for (const _time of [1, 2, 3]) await say(world.ann, conversationId);
    await join(world.ben, conversationId);
    const unread = async () => (await unreadCounts(world.ben, [conversationId])).get(conversationId);
    expect(await unread()).toBe(0);
    await say(world.ann, conversationId);
    expect(await unread()).toBe(1);
  });

  it("is done where one is a member already, in whatever role, and tells nothing", async () => {
    await letIn(world.ann, conversationId, world.irina, "viewer");
    await sql`DELETE FROM outbox`;
    for (const agent of [world.ann, world.irina]) await join(agent, conversationId);
    expect(await rolesIn(conversationId)).toMatchObject({ [world.irina.agentId]: "viewer" });
    expect(await recordedOf(conversationId)).toEqual([]);
  });

  it("many times at once is told once", async () => {
    await Promise.all(Array.from({ length: 8 }, () => join(world.ben, conversationId)));
    expect(await recordedOf(conversationId)).toHaveLength(1);
  });

  it("of a group that one is in is done too", async () => {
    await join(world.ben, await openGroup(world.ann, world.ben));
  });
});

describe("joining is refused", () => {
  it("where there is no channel: an unknown one, no id, a support conversation, another's group, direct messages, another workspace's", async () => {
    const { conversation } = await begin(world.hannah);
    const [group, direct] = [await openGroup(world.ann, world.irina), await directOf(world.ann, world.irina)];
    const elsewhere = await openChannel(world.intruder);
    for (const id of [newId(), "x", conversation.id, group, direct, elsewhere])
      expect(await refused(world.ben, id)).toBe("conversation_not_found conversationId");
  });

  it("where the channel is archived", async () => {
    granted(await updateRoom(world.ann, { conversationId, isArchived: true }));
    expect(await refused(world.ben)).toBe("conversation_closed conversationId");
  });

  it("to customers, and to an agent whose token may only read", async () => {
    for (const actor of [world.hannah, world.stranger, { ...world.ben, mayWrite: false }])
      expect(await refused(actor)).toBe("not_permitted");
  });
});
