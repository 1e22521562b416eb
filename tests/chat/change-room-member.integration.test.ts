import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { changeRoomMember, type RoomMemberInput } from "../../api/chat/actions/change-room-member.ts";
import { leaveRoom } from "../../api/chat/actions/leave-room.ts";
import { saveDraft } from "../../api/chat/actions/save-draft.ts";
import { updateRoom } from "../../api/chat/actions/update-room.ts";
import { drafts, unreadCounts } from "../../api/chat/queries.ts";
import type { Actor, AgentActor } from "../../api/kernel/actor.ts";
import { subscribe } from "../../api/kernel/bus.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { disableAgent } from "../../api/people/actions/disable-agent.ts";
import { openWorld } from "../support/open-world.ts";
import {
  directOf,
  join,
  letIn,
  openChannel,
  openGroup,
  recordedOf,
  refusalOf,
  rolesIn,
  takeOut,
} from "../support/rooms.ts";
import { begin, granted, say } from "../support/story.ts";
import { addAgent, type World } from "../support/world.ts";

let world: World;
/** A member of the group, a viewer of it, and one who is not in it. */
let mila: AgentActor;
let vera: AgentActor;
let nina: AgentActor;
let conversationId: string;
const told: string[] = [];

const newAgent = (name: string, role: AgentActor["role"] = "agent") => addAgent(world, { name, role, locale: "en" });

beforeAll(async () => {
  world = await openWorld();
  afterAll(subscribe("rights", (key) => told.push(key)));
});
/** Irina owns it. */
beforeEach(async () => {
  [mila, vera, nina] = [await newAgent("Mila"), await newAgent("Vera"), await newAgent("Nina")];
  conversationId = await openGroup(world.irina, mila);
  await letIn(world.irina, conversationId, vera, "viewer");
  await sql`DELETE FROM outbox`;
  told.length = 0;
});

type Change = Partial<RoomMemberInput> & { of?: AgentActor };

const change = (actor: Actor, { of = nina, ...input }: Change = {}) =>
  changeRoomMember(actor, { conversationId, agentId: of.agentId, role: "member", ...input });
const refused = (actor: Actor, input: Change = {}) => refusalOf(() => change(actor, input));

describe("letting somebody into a room", () => {
  it.each(["member", "viewer"] as const)("as a %s is for its members", async (role) => {
    granted(await change(mila, { role }));
    expect(await rolesIn(conversationId)).toMatchObject({ [nina.agentId]: role });
    const payload = { agentId: nina.agentId, from: null, to: role, by: { kind: "agent", id: mila.agentId } };
    expect(await recordedOf(conversationId)).toMatchObject([
      { type: "member.changed", staffSeq: 4, customerSeq: null, contactId: null, payload },
    ]);
  });

  it("as an owner is for its owners", async () => {
    granted(await change(world.irina, { role: "owner" }));
    expect(await rolesIn(conversationId)).toMatchObject({ [nina.agentId]: "owner" });
    const other = await newAgent("Other");
    expect(await refused(mila, { of: other, role: "owner" })).toBe("not_permitted");
  });

  it("shows them all of the past, read, and calls their streams back", async () => {
    await say(mila, conversationId);
    granted(await change(mila));
    const unread = async () => (await unreadCounts(nina, [conversationId])).get(conversationId);
    expect(await unread()).toBe(0);
    expect(told).toEqual([`places/${world.workspaceId}/${nina.agentId}/1`]);
    await say(mila, conversationId);
    expect(await unread()).toBe(1);
  });

  it("who is there already as that is done, and tells nothing", async () => {
    granted(await change(world.irina, { of: mila }));
    expect(await recordedOf(conversationId)).toEqual([]);
  });

  it("by many at once is told once", async () => {
    for (const outcome of await Promise.all(Array.from({ length: 8 }, () => change(world.irina)))) granted(outcome);
    expect(await recordedOf(conversationId)).toHaveLength(1);
  });

  it.each(["an unknown one", "no id", "another workspace's", "a customer", "one who is shut out"])(
    "is refused for whoever is not there: %s",
    async (who) => {
      const out = await newAgent("Out");
      granted(await disableAgent(world.ann, { agentId: out.agentId }));
      const agentId = {
        ...{ "an unknown one": newId(), "no id": "x", "another workspace's": world.intruder.agentId },
        ...{ "a customer": world.hannah.contactId, "one who is shut out": out.agentId },
      }[who]!;
      expect(await refused(world.irina, { agentId })).toBe("agent_not_found agentId");
    },
  );

  it("is refused while the room is archived", async () => {
    granted(await updateRoom(world.irina, { conversationId, isArchived: true }));
    expect(await refused(world.irina)).toBe("conversation_closed conversationId");
  });
});

describe("giving another role", () => {
  it("is for owners, and tells what it was", async () => {
    granted(await change(world.irina, { of: vera, role: "owner" }));
    const by = { kind: "agent", id: world.irina.agentId };
    const payload = { agentId: vera.agentId, from: "viewer", to: "owner", by };
    expect(await recordedOf(conversationId)).toMatchObject([{ type: "member.changed", payload }]);
    expect(told).toEqual([]);
  });

  it("takes it from the last owner neither where others are there nor where nobody is", async () => {
    expect(await refused(world.irina, { of: world.irina, role: "viewer" })).toBe("last_room_owner agentId");
    const alone = await openGroup(world.irina);
    expect(await refused(world.irina, { conversationId: alone, of: world.irina, role: "member" })).toBe(
      "last_room_owner agentId",
    );
  });

  it("takes it from one of two owners who take it from each other at once", async () => {
    granted(await change(world.irina, { of: mila, role: "owner" }));
    const outcomes = await Promise.all([
      change(world.irina, { of: mila, role: "member" }),
      change(mila, { of: world.irina, role: "member" }),
    ]);
    expect(outcomes.map((outcome) => (outcome.ok ? "done" : outcome.refusal)).toSorted()).toEqual([
      "done",
      "not_permitted",
    ]);
    expect(Object.values(await rolesIn(conversationId)).filter((role) => role === "owner")).toHaveLength(1);
  });

  it("and leaving at once leaves an owner as long as others are there", async () => {
    granted(await change(world.irina, { of: mila, role: "owner" }));
    await Promise.all([change(world.irina, { of: mila, role: "member" }), leaveRoom(world.irina, { conversationId })]);
    expect(Object.values(await rolesIn(conversationId))).toContain("owner");
  });
});

describe("taking somebody out", () => {
  it("is for owners; what they had begun to write goes, and their streams end", async () => {
    granted(await saveDraft(mila, { conversationId, clientId: newId(), body: "I", visibility: "everyone" }));
    await takeOut(world.irina, conversationId, mila);
    expect(await rolesIn(conversationId)).not.toHaveProperty(mila.agentId);
    expect((await drafts(mila, [conversationId])).size).toBe(0);
    expect(told).toEqual([expect.stringContaining(`member/${world.workspaceId}/${mila.agentId}/`)]);
  });

  it("in a channel is for owners and admins of the workspace who have joined it, too", async () => {
    const channel = await openChannel(world.irina);
    await join(mila, channel);
    const admin = await newAgent("Ada", "admin");
    expect(await refused(admin, { conversationId: channel, of: mila, role: null })).toBe(
      "conversation_not_found conversationId",
    );
    await join(admin, channel);
    await takeOut(admin, channel, mila);
    expect(await refused(admin, { conversationId: channel, of: world.irina, role: null })).toBe(
      "last_room_owner agentId",
    );
  });

  it("in a group is not for owners of the workspace who are mere members", async () => {
    await letIn(world.irina, conversationId, world.ann);
    expect(await refused(world.ann, { of: mila, role: null })).toBe("not_permitted");
  });

  it("while they join again at once ends as the last of the two says", async () => {
    const channel = await openChannel(world.irina);
    await sql`DELETE FROM outbox`;
    for (let round = 0; round < 5; round++) {
      await Promise.all([join(mila, channel), change(world.irina, { conversationId: channel, of: mila, role: null })]);
    }
    const changes = (await recordedOf(channel)).map(({ payload }) => payload as { from: unknown; to: unknown });
    for (const [at, { from }] of changes.entries()) expect(from).toBe(changes[at - 1]?.to ?? null);
    expect((await rolesIn(channel))[mila.agentId] ?? null).toBe(changes.at(-1)?.to ?? null);
  });

  it("is refused for whoever is not in the room", async () => {
    for (const agentId of [nina.agentId, newId(), "x", world.intruder.agentId])
      expect(await refused(world.irina, { agentId, role: null })).toBe("member_not_found agentId");
  });

  it("is refused for oneself: that is leaving", async () => {
    expect(await refused(world.irina, { of: world.irina, role: null })).toBe("not_permitted agentId");
  });
});

describe("a change of members is refused", () => {
  it("to viewers of all of it, and to members of what is the owners'", async () => {
    expect(await refused(vera)).toBe("not_permitted");
    for (const actor of [vera, mila]) {
      expect(await refused(actor, { of: vera, role: "member" })).toBe("not_permitted");
      expect(await refused(actor, { of: world.irina, role: null })).toBe("not_permitted");
      expect(await refused(actor, { of: nina, role: null })).toBe("not_permitted");
    }
  });

  it("to everyone in direct messages", async () => {
    const direct = await directOf(world.ann, mila);
    for (const role of ["member", "owner", "viewer", null] as const)
      expect(await refused(world.ann, { conversationId: direct, role })).toBe("not_permitted");
  });

  it("to whoever is not in the room, also in a channel that they might join", async () => {
    const { conversation } = await begin(world.hannah);
    const [channel, elsewhere] = [await openChannel(world.irina), await openChannel(world.intruder)];
    for (const id of [newId(), "x", conversationId, channel, elsewhere, conversation.id])
      expect(await refused(nina, { conversationId: id, of: mila })).toBe("conversation_not_found conversationId");
  });

  it("to customers, and to an agent whose token may only read", async () => {
    for (const actor of [world.hannah, { ...world.irina, mayWrite: false }])
      expect(await refused(actor)).toBe("not_permitted");
  });
});
