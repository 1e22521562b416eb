import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { markRead } from "../../api/chat/actions/mark-read.ts";
import { seenSeqs, unreadCounts } from "../../api/chat/queries.ts";
import type { Actor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { takeStock } from "../support/rows.ts";
import { hearSignals } from "../support/signals.ts";
import { begin, note, say, granted } from "../support/story.ts";
import { openWorld } from "../support/open-world.ts";
import type { World } from "../support/world.ts";

const heard = hearSignals();
let world: World;
let conversationId: string;

beforeAll(async () => {
  world = await openWorld();
});

/** 1 the beginning, 2 Hannah's message, 3 Ann's, by which 4 it became hers and 5 a note (staff alone), 6 Ann's (4 to the customer). */
beforeEach(async () => {
  conversationId = (await begin(world.hannah)).conversation.id;
  await say(world.ann, conversationId);
  await note(world.ann, conversationId);
  await say(world.ann, conversationId);
  // Ann has read by answering: here nobody has.
  await sql`DELETE FROM read_mark`;
  heard.length = 0;
});

const mark = async (actor: Actor, seq: number) => granted(await markRead(actor, { conversationId, seq })).seq;

async function refusalOf(actor: Actor, input: { conversationId: string; seq: number }) {
  await sql`DELETE FROM outbox`;
  const before = await takeStock();
  const outcome = await markRead(actor, input);
  expect(await takeStock()).toEqual(before);
  expect(heard).toEqual([]);
  if (outcome.ok) throw new Error("It was not refused.");
  return { refusal: outcome.refusal, path: outcome.path.join(".") };
}

describe("marking a conversation read", () => {
  it("never goes back", async () => {
    expect(await mark(world.ann, 3)).toBe(3);
    expect(await mark(world.ann, 1)).toBe(3);
    expect(await mark(world.ann, 6)).toBe(6);
  });

  it("comes to the furthest mark, in whatever order and however many come at once", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 8 }), async (marks) => {
        await sql`DELETE FROM read_mark`;
        const answers = await Promise.all(marks.map((seq) => mark(world.ann, seq)));
        for (const [index, answer] of answers.entries()) expect(answer).toBeGreaterThanOrEqual(marks[index]!);
        expect(await mark(world.ann, 0)).toBe(Math.max(...marks));
      }),
      { numRuns: 20 },
    );
  });

  it("takes what was marked from the unread count of the reader alone", async () => {
    const unread = async (actor: Actor) => (await unreadCounts(actor, [conversationId])).get(conversationId);
    expect([await unread(world.irina), await unread(world.hannah)]).toEqual([4, 2]);
    await mark(world.irina, 3);
    await mark(world.hannah, 3);
    expect([await unread(world.irina), await unread(world.hannah), await unread(world.ann)]).toEqual([2, 1, 1]);
  });

  it("is no event: nothing is recorded", async () => {
    await sql`DELETE FROM outbox`;
    await mark(world.ann, 5);
    expect(await sql`SELECT FROM outbox`).toEqual([]);
  });

  it("is told to either side in its own numbers", async () => {
    await mark(world.ann, 6);
    const by = { kind: "agent", id: world.ann.agentId };
    expect(heard.map(({ readers, payload }) => ({ readers, payload }))).toEqual([
      { readers: "staff", payload: { by, seq: 6 } },
      { readers: "customer", payload: { by, seq: 4 } },
    ]);
  });

  it("by the customer is told to staff in the staff's numbers", async () => {
    await mark(world.hannah, 4);
    const staff = heard.find(({ readers }) => readers === "staff");
    expect(staff).toMatchObject({ type: "read.marked", payload: { by: { kind: "contact" }, seq: 6 } });
  });

  it("is not told again when the mark did not move", async () => {
    await mark(world.ann, 5);
    heard.length = 0;
    await mark(world.ann, 5);
    await mark(world.ann, 2);
    expect(heard).toEqual([]);
  });

  it("is told once when the same mark comes many times at once", async () => {
    for (let round = 0; round < 20; round++) {
      await sql`DELETE FROM read_mark`;
      heard.length = 0;
      await Promise.all(Array.from({ length: 8 }, () => mark(world.ann, 6)));
      expect(heard.map(({ readers }) => readers)).toEqual(["staff", "customer"]);
    }
  });

  it("across a private note alone moves nothing that the customer could see", async () => {
    await mark(world.ann, 3);
    heard.length = 0;
    const seen = async () => (await seenSeqs(world.workspaceId, [conversationId], "customer")).get(conversationId);
    expect(await seen()).toBe(3);
    await mark(world.ann, 5);
    expect(await seen()).toBe(3);
    expect(heard.map(({ readers }) => readers)).toEqual(["staff"]);
  });

  it("is refused beyond the newest number that the reader can see", async () => {
    expect(await refusalOf(world.hannah, { conversationId, seq: 5 })).toEqual({
      refusal: "seq_invalid",
      path: "input.seq",
    });
    expect(await refusalOf(world.ann, { conversationId, seq: 7 })).toMatchObject({ refusal: "seq_invalid" });
  });

  it("is refused below zero", async () => {
    expect(await refusalOf(world.ann, { conversationId, seq: -1 })).toMatchObject({ refusal: "seq_invalid" });
  });

  it("is refused in a conversation that is not there", async () => {
    expect(await refusalOf(world.ann, { conversationId: newId(), seq: 1 })).toEqual(notFound);
    expect(await refusalOf(world.ann, { conversationId: "none", seq: 1 })).toEqual(notFound);
  });

  it("is refused where the reader may not look: another's, another space's, another workspace's", async () => {
    for (const actor of [world.maria, world.ben, world.intruder, world.stranger]) {
      expect(await refusalOf(actor, { conversationId, seq: 1 })).toEqual(notFound);
    }
  });

  it("is refused to an agent whose token may only read", async () => {
    const reader = { ...world.ann, mayWrite: false };
    expect(await refusalOf(reader, { conversationId, seq: 1 })).toMatchObject({ refusal: "not_permitted" });
  });

  const notFound = { refusal: "conversation_not_found", path: "input.conversationId" };
});
