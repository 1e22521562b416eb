import type { Message } from "../../prisma/generated/client/client.ts";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { markRead } from "../../api/chat/actions/mark-read.ts";
import { seenSeqs, unreadCounts } from "../../api/chat/queries.ts";
import type { Actor, AgentActor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { hearSignals } from "../support/signals.ts";
import { begin, granted, note, say } from "../support/story.ts";
import { openWorld } from "../support/open-world.ts";
import type { World } from "../support/world.ts";

const heard = hearSignals();
let world: World;
let id: string;

beforeAll(async () => {
  world = await openWorld();
});

/** 1 the beginning, 2 and 3 Hannah's messages. */
beforeEach(async () => {
  id = (await begin(world.hannah)).conversation.id;
  await say(world.hannah, id);
});

const unread = async (actor: Actor) => (await unreadCounts(actor, [id])).get(id);
const seen = async () => (await seenSeqs(world.workspaceId, [id], "customer")).get(id);
const told = () => heard.map(({ type, readers, payload }) => ({ type, readers, payload }));

async function markOf({ agentId }: AgentActor): Promise<number | undefined> {
  const [mark] = await sql<{ seq: number }>`
    SELECT seq FROM read_mark WHERE conversation_id = ${id} AND reader_id = ${agentId}`;
  return mark?.seq;
}

describe("an agent who answers", () => {
  it("has read what stands before, and nobody else has", async () => {
    await say(world.irina, id);
    expect([await unread(world.irina), await unread(world.ann)]).toEqual([0, 3]);
    await say(world.hannah, id);
    expect(await unread(world.irina)).toBe(1);
  });

  it("is known to the customer to have seen it, and tells either side in its own numbers", async () => {
    await note(world.ann, id);
    await say(world.irina, id);
    expect(await seen()).toBe(4);
    const by = { kind: "agent", id: world.irina.agentId };
    expect(told()).toEqual([
      { type: "read.marked", readers: "staff", payload: { by, seq: 5 } },
      { type: "read.marked", readers: "customer", payload: { by, seq: 4 } },
    ]);
  });

  it("tells nothing where they had read it all, answer again, or passed a colleague's note alone", async () => {
    granted(await markRead(world.irina, { conversationId: id, seq: 3 }));
    heard.length = 0;
    await say(world.irina, id);
    await note(world.ann, id);
    const { staffSeq } = await say(world.irina, id);
    expect(told()).toEqual([]);
    expect(await markOf(world.irina)).toBe(staffSeq);
  });

  it("has read up to the last of their answers, whoever else writes and reads at once; what they passed is told", async () => {
    const writers = [world.ann, world.irina, world.hannah];
    for (let round = 0; round < 10; round++) {
      const [, , ...said] = await Promise.all([
        markRead(world.ann, { conversationId: id, seq: 3 }),
        note(world.irina, id),
        ...Array.from({ length: 9 }, (_, at) => say(writers[at % 3]!, id)),
      ]);
      for (const agent of [world.ann, world.irina])
        expect(await markOf(agent)).toBe(Math.max(...said.filter(isBy(agent)).map(({ staffSeq }) => staffSeq)));
      await say(world.ann, id);
      const questions = said.filter(({ agentId }) => agentId === null).map(({ customerSeq }) => customerSeq!);
      const seenByCustomer = heard.filter(({ readers }) => readers === "customer").map(seqIn);
      expect(Math.max(...seenByCustomer)).toBeGreaterThanOrEqual(Math.max(...questions));
    }
  });
});

describe("a private note", () => {
  it("marks nothing as read: the customer would see that somebody was there", async () => {
    await note(world.irina, id);
    expect([await unread(world.irina), await seen()]).toEqual([2, undefined]);
    expect(told()).toEqual([]);
  });
});

describe("a customer who writes", () => {
  it("has not read what came while they wrote: that is told when it is before their eyes", async () => {
    await say(world.ann, id);
    heard.length = 0;
    await say(world.hannah, id);
    expect(await unread(world.hannah)).toBe(1);
    expect(heard).toEqual([]);
  });
});

function isBy(agent: AgentActor): (message: Message) => boolean {
  return ({ agentId }) => agentId === agent.agentId;
}

function seqIn({ payload }: (typeof heard)[number]): number {
  return "seq" in payload ? payload.seq : 0;
}
