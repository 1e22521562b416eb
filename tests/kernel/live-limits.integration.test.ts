import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sql } from "../../api/kernel/database.ts";
import { closeLive, openLive } from "../../api/kernel/live/follow.ts";
import { renders } from "../../api/kernel/metrics.ts";
import { eventually } from "../support/eventually.ts";
import {
  caughtUp,
  conversationTopic,
  happen,
  openLog,
  runSequencer,
  SPACE,
  spacesTopic,
  WORKSPACE,
} from "../support/log.ts";
import { listen, positions, seen } from "../support/readers.ts";

beforeAll(async () => {
  const { url } = await openLog();
  await openLive();
  runSequencer(url);
});
afterAll(() => closeLive());

const space = spacesTopic();
const rendered = async () => (await renders.get()).values[0]?.value ?? 0;

/** Writes 2,100 events of a conversation by one statement. */
async function flood(conversationId: string, isPrivate: boolean): Promise<void> {
  await sql`
    INSERT INTO outbox (workspace_id, type, version, audience, space_id, conversation_id, staff_seq, customer_seq, payload, occurred_at)
    SELECT ${WORKSPACE}, 'message.sent', 1, ${isPrivate ? "staff" : "everyone"}, ${SPACE}, ${conversationId}, seq,
           CASE WHEN ${isPrivate}::boolean THEN NULL ELSE seq END, '{}', now()
    FROM generate_series(1, 2100) AS seq`;
}

describe("a reader who missed more than 2,000 events", () => {
  it("is told to reload instead, and goes on from there", async () => {
    const one = conversationTopic();
    const start = await caughtUp();
    await flood(one.id, false);
    const end = await caughtUp();
    const reader = listen(one, positions("staff"), start);
    expect(await seen(reader, 1)).toEqual([{ reload: end }]);
    await happen({ conversationId: one.id });
    expect((await seen(reader, 2)).at(-1)).toBe(end + 1);
  });

  it("that were all private is told nothing of it as a customer", async () => {
    const one = conversationTopic();
    const start = await caughtUp();
    await flood(one.id, true);
    await happen({ conversationId: one.id });
    const end = await caughtUp();
    const reader = listen(one, positions("customer"), start);
    expect(await seen(reader, 1)).toEqual([end]);
    await happen({ conversationId: one.id });
    expect(await seen(reader, 2)).toEqual([end, end + 1]);
  });
});

describe("a slow reader", () => {
  it("is cut, told why, and holds up nobody else", async () => {
    const one = conversationTopic();
    const start = await caughtUp();
    const [slow, quick] = [listen(one, positions("staff")), listen(one, positions("staff"))];
    await happen({ conversationId: one.id });
    await seen(slow, 1);
    slow.isLagging = true;
    await happen({ conversationId: one.id });
    await happen({ conversationId: one.id });
    await seen(quick, 3);
    expect(slow).toMatchObject({ heard: [start + 1], ended: "lagging" });
  });

  it("is waited for while it catches up, since only its own pages are behind", async () => {
    const one = conversationTopic();
    const start = await caughtUp();
    await flood(one.id, false);
    await caughtUp();
    const reader = listen(one, positions("staff"), start + 1_500);
    reader.isLagging = true;
    await seen(reader, 600);
    expect(reader.waits).toBeGreaterThan(0);
    expect(reader.ended).toBeUndefined();
  });
});

describe("a payload", () => {
  it("is made once for each event and class of readers, whatever their number", async () => {
    const one = conversationTopic();
    const [staff, customers] = [positions("staff"), positions("customer")];
    const readers = [...Array(40).fill(staff), ...Array(40).fill(customers)].map((view, index) =>
      listen(index % 2 ? one : space, view),
    );
    await caughtUp();
    const before = await rendered();
    await happen({ conversationId: one.id });
    await happen({ conversationId: one.id, customerSeq: null });
    await happen({ conversationId: one.id });
    await Promise.all(readers.map((reader, index) => seen(reader, index < 40 ? 3 : 2)));
    expect((await rendered()) - before).toBe(5);
  });

  it("that cannot be made cuts its readers with the advice to resume, and no event is skipped", async () => {
    const one = conversationTopic();
    const start = await caughtUp();
    const broken = listen(one, {
      ...positions("staff"),
      key: "broken",
      render: () => Promise.reject(new Error("away")),
    });
    const whole = listen(one, positions("staff"));
    await happen({ conversationId: one.id });
    await seen(whole, 1);
    expect(broken).toMatchObject({ heard: [], ended: "resume" });
    expect(await seen(listen(one, positions("staff"), start), 1)).toEqual([start + 1]);
  });

  it("that cannot be made while catching up cuts the reader with the advice to resume", async () => {
    const one = conversationTopic();
    const start = await caughtUp();
    await happen({ conversationId: one.id });
    await caughtUp();
    const broken = listen(
      one,
      { ...positions("staff"), key: "broken", render: () => Promise.reject(new Error("away")) },
      start,
    );
    expect(await eventually(() => broken.ended)).toBe("resume");
  });

  it("that is null is passed over in silence", async () => {
    const one = conversationTopic();
    const blind = listen(one, { ...positions("staff"), key: "blind", render: async () => null });
    const seeing = listen(one, positions("staff"));
    await happen({ conversationId: one.id });
    await seen(seeing, 1);
    expect(blind).toMatchObject({ heard: [], ended: undefined });
  });
});
