import { beforeAll, describe, expect, it } from "vitest";
import { type CreateRoomInput, createRoom } from "../../api/chat/actions/create-room.ts";
import { leaveRoom } from "../../api/chat/actions/leave-room.ts";
import { updateRoom } from "../../api/chat/actions/update-room.ts";
import type { Actor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { openWorld } from "../support/open-world.ts";
import { openChannel, recordedOf, refusalOf, rolesIn } from "../support/rooms.ts";
import { granted } from "../support/story.ts";
import { addAgent, addDesk, type World } from "../support/world.ts";

let world: World;

beforeAll(async () => {
  world = await openWorld();
});

const input = (changes: Partial<CreateRoomInput> = {}): CreateRoomInput => ({
  ...{ clientId: newId(), kind: "channel", name: newId() },
  ...changes,
});
const create = async (actor: Actor, changes: Partial<CreateRoomInput> = {}) =>
  granted(await createRoom(actor, input(changes))).conversationId;
const refused = (actor: Actor, changes: Partial<CreateRoomInput>) => refusalOf(() => createRoom(actor, input(changes)));

async function aboutOf(id: string) {
  const [row] = await sql<{ name: string }>`
    SELECT kind, name, topic, purpose, key, contact_id AS "contactId", staff_seq AS "staffSeq", customer_seq AS "customerSeq"
    FROM room JOIN conversation ON id = conversation_id WHERE id = ${id}`;
  return row;
}

describe("a new room", () => {
  it.each(["channel", "group"] as const)(
    "of the kind %s has its maker for its owner, and nobody else",
    async (kind) => {
      const id = await create(world.irina, { kind });
      expect(await rolesIn(id)).toEqual({ [world.irina.agentId]: "owner" });
    },
  );

  it("keeps its name, topic and purpose as single lines", async () => {
    const about = { name: "  ##  Big\n lamps ", topic: " of\tbrass ", purpose: "To  plan" };
    expect(await aboutOf(await create(world.ann, { kind: "group", ...about }))).toEqual({
      ...{ kind: "group", name: "Big lamps", topic: "of brass", purpose: "To plan", key: null },
      ...{ contactId: null, staffSeq: 1, customerSeq: 0 },
    });
  });

  it("begins with an event that takes no number of customers", async () => {
    const id = await create(world.ann);
    const by = { kind: "agent", id: world.ann.agentId };
    expect(await recordedOf(id)).toEqual([
      { type: "conversation.started", staffSeq: 1, customerSeq: null, contactId: null, payload: { by } },
    ]);
  });

  it("stands in a space of its own kind", async () => {
    const id = await create(world.ann);
    const [space] = await sql`
      SELECT space.kind FROM space JOIN conversation ON space.id = space_id WHERE conversation.id = ${id}`;
    expect(space).toEqual({ kind: "channel" });
  });
});

describe("the name of a channel", () => {
  it.each([
    ["another case", "Ёлка", "ёЛКА"],
    ["a sign before it", "lamps-1", "#lamps-1"],
    ["wide letters", "lamps", "ＬＡＭＰＳ"],
    ["a ligature", "office", "o\ufb03ce"],
    ["a composed letter", "cafe\u0301", "caf\u00e9"],
  ])("is taken also in %s", async (_how, first, other) => {
    await openChannel(world.ann, first);
    expect(await refused(world.ben, { name: other })).toBe("room_name_taken name");
  });

  it("is taken in its workspace alone, and of channels alone", async () => {
    await openChannel(world.ann, "General");
    await openChannel(world.intruder, "General");
    for (const _time of [1, 2]) await create(world.ann, { kind: "group", name: "General" });
  });

  it("is free again once the channel is archived", async () => {
    const conversationId = await openChannel(world.ann, "spring");
    granted(await updateRoom(world.ann, { conversationId, isArchived: true }));
    await openChannel(world.irina, "Spring");
  });

  it("goes to one of many who ask for it at once", async () => {
    const agents = [world.ann, world.irina, world.ben];
    const asked = Array.from({ length: 9 }, (_, index) => createRoom(agents[index % 3]!, input({ name: "rush" })));
    const refusals = (await Promise.all(asked)).flatMap((outcome) => (outcome.ok ? [] : [outcome.refusal]));
    expect(refusals).toEqual(Array.from({ length: 8 }, () => "room_name_taken"));
    expect(await sql`SELECT FROM room WHERE key = '#rush'`).toHaveLength(1);
  });
});

describe("a retry", () => {
  it("under the same clientId answers with the first room, whose name is no longer free", async () => {
    const asked = input();
    const first = granted(await createRoom(world.ann, asked));
    expect(granted(await createRoom(world.ann, asked))).toEqual(first);
  });

  it("at the same instant makes one room", async () => {
    const asked = input();
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => createRoom(world.ann, asked)));
    expect(new Set(outcomes.map((outcome) => granted(outcome).conversationId)).size).toBe(1);
  });

  it.each<[string, Partial<CreateRoomInput>]>([
    ["name", { name: "other" }],
    ["kind", { kind: "group" }],
    ["topic", { topic: "other" }],
    ["purpose", { purpose: "other" }],
  ])("with another %s is a conflict", async (_what, changes) => {
    const asked = input();
    granted(await createRoom(world.ann, asked));
    expect(await refused(world.ann, { ...asked, ...changes })).toBe("client_id_conflict clientId");
  });

  it("after a refusal may succeed", async () => {
    const taken = await aboutOf(await openChannel(world.ann));
    const asked = input();
    expect(await createRoom(world.ann, { ...asked, name: taken!.name })).toMatchObject({ ok: false });
    expect(await createRoom(world.ann, asked)).toMatchObject({ ok: true });
  });

  it("of somebody else is a room of its own", async () => {
    const asked = input({ kind: "group" });
    const [one, other] = [await createRoom(world.ann, asked), await createRoom(world.irina, asked)];
    expect(granted(one)).not.toEqual(granted(other));
  });

  it("answers still after its maker has left", async () => {
    const asked = input({ kind: "group" });
    const first = granted(await createRoom(world.ann, asked));
    granted(await leaveRoom(world.ann, first));
    expect(granted(await createRoom(world.ann, asked))).toEqual(first);
  });
});

describe("a room is refused", () => {
  it.each<[string, Partial<CreateRoomInput>, string]>([
    ["without a name", { name: " # " }, "room_name_invalid name"],
    ["under a name of 81 characters", { name: "a".repeat(81) }, "room_name_invalid name"],
    ["under a name with a NUL", { name: "a\0" }, "room_name_invalid name"],
    ["under a name with half a character", { name: "a\ud800" }, "room_name_invalid name"],
    ["with a topic of 251 characters", { topic: "a".repeat(251) }, "room_text_invalid topic"],
    ["with a purpose that has a NUL", { purpose: "\0" }, "room_text_invalid purpose"],
    ["under a bad clientId", { clientId: "a b" }, "client_id_invalid clientId"],
  ])("%s", async (_what, changes, refusal) => {
    expect(await refused(world.ann, changes)).toBe(refusal);
  });

  it("to customers, and to an agent whose token may only read", async () => {
    for (const actor of [world.hannah, world.stranger, { ...world.ann, mayWrite: false }])
      expect(await refused(actor, {})).toBe("not_permitted");
  });
});

describe("a new agent", () => {
  it("is in no channel before they join it", async () => {
    const id = await openChannel(world.ann);
    const nina = await addAgent(await addDesk(world.workspaceId), { name: "Nina", role: "agent", locale: "en" });
    expect(await rolesIn(id)).not.toHaveProperty(nina.agentId);
  });
});
