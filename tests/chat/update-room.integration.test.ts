import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createRoom } from "../../api/chat/actions/create-room.ts";
import { sendMessage } from "../../api/chat/actions/send-message.ts";
import { type UpdateRoomInput, updateRoom } from "../../api/chat/actions/update-room.ts";
import type { Actor, AgentActor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { openWorld } from "../support/open-world.ts";
import { directOf, join, letIn, openChannel, openGroup, recordedOf, refusalOf } from "../support/rooms.ts";
import { begin, granted, say } from "../support/story.ts";
import { addAgent, type World } from "../support/world.ts";

let world: World;
/** Owned by Irina; Ben is a member. */
let conversationId: string;

beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  conversationId = await openChannel(world.irina);
  await join(world.ben, conversationId);
  await sql`DELETE FROM outbox`;
});

type Change = Partial<UpdateRoomInput>;

const update = (actor: Actor, change: Change) => updateRoom(actor, { conversationId, ...change });
const refused = (actor: Actor, change: Change) => refusalOf(() => update(actor, change));

async function aboutOf(id = conversationId) {
  const [row] = await sql<{ name: string; key: string | null; isArchived: boolean }>`
    SELECT name, topic, purpose, key, closed_at IS NOT NULL AS "isArchived"
    FROM room JOIN conversation ON id = conversation_id WHERE id = ${id}`;
  return row!;
}

describe("changing a room", () => {
  it("changes what is given, tells what it was, and leaves the rest", async () => {
    const before = await aboutOf();
    granted(await update(world.ben, { topic: " Brass\nlamps " }));
    expect(await aboutOf()).toEqual({ ...before, topic: "Brass lamps" });
    const payload = { what: ["topic"], by: { kind: "agent", id: world.ben.agentId } };
    expect(await recordedOf(conversationId)).toEqual([
      { type: "room.changed", staffSeq: 3, customerSeq: null, contactId: null, payload },
    ]);
  });

  it("into what it is already is done and told to nobody", async () => {
    const { name } = await aboutOf();
    granted(await update(world.irina, { name: `#${name}`, topic: "", isArchived: false }));
    granted(await update(world.irina, {}));
    expect(await recordedOf(conversationId)).toEqual([]);
  });

  it("in two ways at once keeps both", async () => {
    for (let round = 0; round < 5; round++) {
      const [topic, purpose] = [`Topic ${round}`, `Purpose ${round}`];
      await Promise.all([update(world.irina, { topic }), update(world.ben, { purpose })]);
      expect(await aboutOf()).toMatchObject({ topic, purpose });
    }
  });

  it("into the same at once is told once", async () => {
    await Promise.all(Array.from({ length: 8 }, () => update(world.ben, { topic: "Same" })));
    expect(await recordedOf(conversationId)).toHaveLength(1);
  });

  it("renames a channel to a name that is free, and leaves the old one to others", async () => {
    const { name } = await aboutOf();
    const other = newId();
    granted(await update(world.irina, { name: `# ${other.toUpperCase()}` }));
    expect(await aboutOf()).toMatchObject({ name: other.toUpperCase(), key: `#${other}` });
    await openChannel(world.ben, name);
  });

  it("may write a channel's own name otherwise", async () => {
    const { name } = await aboutOf();
    granted(await update(world.irina, { name: name.toUpperCase() }));
  });

  it("of a group takes no name from others", async () => {
    const [one, other] = [await openGroup(world.irina), await openGroup(world.irina)];
    for (const id of [one, other]) granted(await update(world.irina, { conversationId: id, name: "Same" }));
    expect(await aboutOf(other)).toMatchObject({ name: "Same", key: null });
  });
});

describe("an archived room", () => {
  it("takes no messages until it is brought back, and keeps those that it has", async () => {
    await say(world.ben, conversationId);
    granted(await update(world.irina, { isArchived: true }));
    const message = { conversationId, clientId: newId(), body: "Hello", visibility: "everyone" as const };
    expect(await refusalOf(() => sendMessage(world.ben, message))).toBe("conversation_closed conversationId");
    granted(await update(world.irina, { isArchived: false }));
    granted(await sendMessage(world.ben, message));
  });

  it("has its name back when it comes back, if that is free still", async () => {
    const before = await aboutOf();
    granted(await update(world.irina, { isArchived: true }));
    expect(await aboutOf()).toEqual({ ...before, key: null, isArchived: true });
    granted(await update(world.irina, { isArchived: false }));
    expect(await aboutOf()).toEqual(before);
    const recorded = await recordedOf(conversationId);
    expect(recorded.map(({ payload }) => (payload as { what: string[] }).what)).toEqual([["archived"], ["restored"]]);
  });

  it("whose name was taken meanwhile comes back under another one alone", async () => {
    const { name } = await aboutOf();
    granted(await update(world.irina, { isArchived: true }));
    await openChannel(world.ben, name);
    expect(await refused(world.irina, { isArchived: false })).toBe("room_name_taken name");
    granted(await update(world.irina, { isArchived: false, name: newId() }));
  });

  it("and another channel that wants its name at once do not both have it", async () => {
    const { name, key } = await aboutOf();
    granted(await update(world.irina, { isArchived: true }));
    const outcomes = await Promise.all([
      update(world.irina, { isArchived: false }),
      createRoom(world.ben, { clientId: newId(), kind: "channel", name }),
    ]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await sql`SELECT FROM room WHERE key = ${key}`).toHaveLength(1);
  });

  it("may be renamed to what a living one is called, as long as it stays away", async () => {
    const { name } = await aboutOf(await openChannel(world.ann));
    granted(await update(world.irina, { isArchived: true }));
    granted(await update(world.irina, { name }));
    expect(await refused(world.irina, { isArchived: false })).toBe("room_name_taken name");
  });
});

describe("a change of a room is refused", () => {
  it("under a name that another channel has", async () => {
    const { name } = await aboutOf(await openChannel(world.ann));
    expect(await refused(world.irina, { name: name.toUpperCase() })).toBe("room_name_taken name");
  });

  it.each<[string, Change, string]>([
    ["no name", { name: "#" }, "room_name_invalid name"],
    ["a name of 81 characters", { name: "a".repeat(81) }, "room_name_invalid name"],
    ["a topic of 251 characters", { topic: "a".repeat(251) }, "room_text_invalid topic"],
    ["a purpose with a NUL", { purpose: "\0" }, "room_text_invalid purpose"],
  ])("with %s", async (_what, change, refusal) => {
    expect(await refused(world.irina, change)).toBe(refusal);
  });

  it.each<[string, Change]>([
    ["a name", { name: "Other" }],
    ["its end", { isArchived: true }],
    ["a name beside a topic", { name: "Other", topic: "Other" }],
  ])("to members, of %s", async (_what, change) => {
    expect(await refused(world.ben, change)).toBe("not_permitted");
  });

  it("to viewers, of all", async () => {
    const group = await openGroup(world.irina);
    await letIn(world.irina, group, world.ben, "viewer");
    for (const change of [{ name: "Other" }, { topic: "Other" }, { purpose: "Other" }, { isArchived: true }])
      expect(await refused(world.ben, { ...change, conversationId: group })).toBe("not_permitted");
  });

  it("to everyone in direct messages", async () => {
    const direct = await directOf(world.ann, world.irina);
    for (const change of [{ name: "Other" }, { topic: "Other" }, { isArchived: true }])
      expect(await refused(world.ann, { ...change, conversationId: direct })).toBe("not_permitted");
  });

  it("but not to owners and admins of the workspace in channels that they have joined", async () => {
    const admin: AgentActor = await addAgent(world, { name: "Ada", role: "admin", locale: "en" });
    expect(await refused(admin, { isArchived: true })).toBe("conversation_not_found conversationId");
    await join(admin, conversationId);
    granted(await update(admin, { isArchived: true }));
  });

  it("where one is not: an unknown room, no id, another's, a support conversation, another workspace's", async () => {
    const { conversation } = await begin(world.hannah);
    const [group, channel] = [await openGroup(world.ann), await openChannel(world.ann)];
    for (const id of [newId(), "x", group, channel, conversation.id, await openChannel(world.intruder)])
      expect(await refused(world.ben, { conversationId: id, topic: "x" })).toBe(
        "conversation_not_found conversationId",
      );
  });

  it("to customers, and to an agent whose token may only read", async () => {
    for (const actor of [world.hannah, { ...world.irina, mayWrite: false }])
      expect(await refused(actor, { topic: "x" })).toBe("not_permitted");
  });
});
