import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inTransaction, sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { closeLive, logEnd, openLive } from "../../api/kernel/live/follow.ts";
import { signal } from "../../api/kernel/live/signal.ts";
import type { Topic } from "../../api/kernel/live/topic.ts";
import { record } from "../../api/kernel/log/record.ts";
import {
  caughtUp,
  conversationTopic,
  fact,
  happen,
  openLog,
  runSequencer,
  spacesTopic,
  WORKSPACE,
} from "../support/log.ts";
import { listen, positions, seen, type TestReader } from "../support/readers.ts";

beforeAll(async () => {
  const { url } = await openLog();
  await openLive();
  runSequencer(url);
});
afterAll(() => closeLive());

const space = spacesTopic();

describe("a reader", () => {
  it("hears of its topic from now on, in order, and of nothing else", async () => {
    const [mine, other] = [conversationTopic(), conversationTopic()];
    await happen({ conversationId: mine.id });
    const start = await caughtUp();
    const reader = listen(mine, positions("staff"));
    for (const id of [mine.id, other.id, mine.id]) await happen({ conversationId: id });
    expect(await seen(reader, 2)).toEqual([start + 1, start + 3]);
  });

  it("hears by conversation, by space and by contact alike", async () => {
    const [one, contactId] = [conversationTopic(), newId()];
    const contact: Topic = { of: "contact", workspaceId: WORKSPACE, id: contactId, right: [] };
    const readers = [
      listen(one, positions("staff")),
      listen(space, positions("staff")),
      listen(contact, positions("customer")),
    ];
    await happen({ conversationId: one.id, contactId });
    const end = await caughtUp();
    for (const reader of readers) expect(await seen(reader, 1)).toEqual([end]);
  });

  it("of another workspace hears nothing, whatever the ids", async () => {
    const one = conversationTopic();
    const foreign = listen({ ...one, workspaceId: newId() }, positions("staff"));
    const own = listen(one, positions("staff"));
    await happen({ conversationId: one.id });
    await seen(own, 1);
    expect(foreign.heard).toEqual([]);
  });

  it("of the customer's class hears no private event, neither live nor afterwards", async () => {
    const one = conversationTopic();
    const start = await caughtUp();
    const live = listen(one, positions("customer"));
    await happen({ conversationId: one.id, customerSeq: null });
    await happen({ conversationId: one.id });
    expect(await seen(live, 1)).toEqual([start + 2]);
    expect(await seen(listen(one, positions("customer"), start), 1)).toEqual([start + 2]);
    expect(await seen(listen(one, positions("staff"), start), 2)).toEqual([start + 1, start + 2]);
  });

  it("that left hears nothing more", async () => {
    const one = conversationTopic();
    const [gone, stays] = [listen(one, positions("staff")), listen(one, positions("staff"))];
    gone.stop();
    await happen({ conversationId: one.id });
    await seen(stays, 1);
    expect(gone.heard).toEqual([]);
  });

  it("hears a signal for its class once, and never again", async () => {
    const one = conversationTopic();
    const start = logEnd().position;
    const [staff, customer] = [listen(one, positions("staff")), listen(one, positions("customer"))];
    const { workspaceId, spaceId, conversationId, contactId } = fact({ conversationId: one.id });
    const payload = { by: { kind: "agent" as const, id: newId() }, isTyping: true };
    const place = { workspaceId, spaceId, conversationId, contactId, occurredAt: new Date(), payload };
    signal({ type: "typing.changed", readers: "staff", ...place });
    expect(await seen(staff, 1)).toEqual([{ signal: "typing.changed" }]);
    expect(customer.heard).toEqual([]);
    await happen({ conversationId: one.id });
    expect(await seen(listen(one, positions("staff"), start), 1)).toEqual([await caughtUp()]);
  });
});

describe("a reader who comes back", () => {
  it("is sent what it missed and then what comes, across several pages", async () => {
    const one = conversationTopic();
    const start = await caughtUp();
    await inTransaction(async (tx) => {
      for (let seq = 1; seq <= 450; seq++) await record(tx, fact({ conversationId: one.id, staffSeq: seq }));
    });
    const end = await caughtUp();
    const reader = listen(one, positions("staff"), start);
    await happen({ conversationId: one.id });
    expect(await seen(reader, 451)).toEqual(Array.from({ length: 451 }, (_, index) => start + 1 + index));
    expect(end).toBe(start + 450);
  });

  it("misses nothing and hears nothing twice, whenever it comes and leaves while events arrive", async () => {
    const topics = [conversationTopic(), conversationTopic(), space];
    const start = await caughtUp();
    const readers: { topic: Topic; after: number; reader: TestReader }[] = [];
    const writers = topics.slice(0, 2).map(async (topic) => {
      for (let seq = 1; seq <= 120; seq++)
        await happen({ conversationId: (topic as { id: string }).id, staffSeq: seq });
    });
    let isWriting = true;
    const written = Promise.all(writers).then(() => {
      isWriting = false;
    });
    while (isWriting) {
      const after = start + Math.floor(Math.random() * (logEnd().position - start + 1));
      const topic = topics[readers.length % topics.length]!;
      readers.push({ topic, after, reader: listen(topic, positions("staff", `view ${readers.length % 4}`), after) });
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 8));
    }
    await written;
    expect(readers.length).toBeGreaterThan(5);
    const end = await caughtUp();
    const all = await sql<{ position: number; id: string }>`
      SELECT position, conversation_id AS id FROM event WHERE position > ${start} AND position <= ${end} ORDER BY position`;
    for (const { topic, after, reader } of readers) {
      const due = all.filter(({ position, id }) => position > after && (topic.of === "spaces" || id === topic.id));
      expect(await seen(reader, due.length)).toEqual(due.map(({ position }) => position));
    }
  });

  it("with a cursor of another log is told to reload, and goes on from there", async () => {
    const one = conversationTopic();
    await happen({ conversationId: one.id });
    const end = await caughtUp();
    const reader = listen(one, positions("staff"), "lost");
    expect(await seen(reader, 1)).toEqual([{ reload: end }]);
    await happen({ conversationId: one.id });
    expect(await seen(reader, 2)).toEqual([{ reload: end }, end + 1]);
  });

  it("with a cursor from beyond the end of the log, as after a restore, is told to reload", async () => {
    const one = conversationTopic();
    await happen({ conversationId: one.id });
    const end = await caughtUp();
    const reader = listen(one, positions("staff"), end + 1_000);
    expect(await seen(reader, 1)).toEqual([{ reload: end }]);
    await happen({ conversationId: one.id });
    expect(await seen(reader, 2)).toEqual([{ reload: end }, end + 1]);
  });
});
