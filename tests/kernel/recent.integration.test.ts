import "../../api/reminders/events.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { missedPayloadOf, openRecent } from "../../api/kernel/live/recent.ts";
import { readNewest } from "../../api/kernel/live/topic.ts";
import type { View } from "../../api/kernel/live/view.ts";
import { eventually } from "../support/eventually.ts";
import { conversationTopic, sequenced, openLog, runSequencer, SPACE, WORKSPACE } from "../support/log.ts";

let stop: () => Promise<void>;

beforeAll(async () => {
  stop = runSequencer((await openLog()).url);
});
afterAll(() => stop());

const most = 2_000;
const staff = { readers: "staff" as const, most };

/** Writes that many events of a conversation, every tenth of them private; answers the log's end. */
async function happenOften(conversationId: string, count: number): Promise<number> {
  await sql`
    INSERT INTO outbox (workspace_id, type, version, audience, space_id, conversation_id, staff_seq, customer_seq, payload, occurred_at)
    SELECT ${WORKSPACE}, 'message.sent', 1, (CASE WHEN seq % 10 = 0 THEN 'staff' ELSE 'everyone' END)::audience, ${SPACE},
           ${conversationId}, seq, CASE WHEN seq % 10 > 0 THEN seq END, '{}', now()
    FROM generate_series(1, ${count}::int) AS seq`;
  return sequenced();
}

/** The log forgets the conversation, so that only what is in memory can still tell of it. */
const forget = (id: string) => sql`DELETE FROM event WHERE conversation_id = ${id}`;
const range = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);

describe("what a reader missed", () => {
  it("is told without a query as long as it is recent, to each class its own", async () => {
    const id = newId();
    const start = await sequenced();
    const recent = await openRecent(await happenOften(id, 50));
    await forget(id);
    const missed = await recent.missed(conversationTopic(id), { ...staff, after: start + 10 });
    expect(missed).toMatchObject(range(start + 11, 40).map((position) => ({ position })));
    const shared = await recent.missed(conversationTopic(id), { readers: "customer", most, after: start });
    expect(shared).toHaveLength(45);
  });

  it("follows on what the log's tail brings, in order over several spaces", async () => {
    const [one, other] = [newId(), newId()];
    const start = await sequenced();
    const recent = await openRecent(start);
    await happenOften(one, 3);
    recent.add(await readNewest(await happenOften(other, 3), 6));
    const missed = await recent.missed(
      { of: "spaces", workspaceId: WORKSPACE, ids: [newId(), SPACE], right: [] },
      { ...staff, after: start },
    );
    expect(missed).toMatchObject(range(start + 1, 6).map((position) => ({ position })));
  });

  it("longer ago is read once for all readers of its topic, and joined to the recent without a gap", async () => {
    const [id, crowd] = [newId(), newId()];
    const start = await sequenced();
    await happenOften(id, 30);
    await happenOften(crowd, 4_090);
    const recent = await openRecent(await happenOften(id, 30));
    const expected = [...range(start + 1, 30), ...range(start + 30 + 4_090 + 1, 30)].map((position) => ({ position }));
    expect(await recent.missed(conversationTopic(id), { ...staff, after: start })).toMatchObject(expected);
    await forget(id);
    expect(await recent.missed(conversationTopic(id), { ...staff, after: start })).toMatchObject(expected);
    expect(await recent.missed(conversationTopic(id), { ...staff, after: start + 10 })).toMatchObject(
      expected.slice(10),
    );
  });

  it("is told to one agent alone where it is for them, recent or not, and where they still see it", async () => {
    const [id, ann] = [newId(), newId()];
    const start = await sequenced();
    await happenOften(id, 1);
    await sql`
      INSERT INTO outbox (workspace_id, type, version, audience, space_id, conversation_id, staff_seq, to_agent_id, payload, occurred_at)
      VALUES (${WORKSPACE}, 'reminder.told', 1, 'staff', ${SPACE}, ${id}, 1, ${ann}, '{}', now())`;
    const end = await sequenced();
    const recent = await openRecent(end);
    const older = await openRecent(await happenOften(newId(), 4_096));
    const spaces = { of: "spaces" as const, workspaceId: WORKSPACE, right: [] };
    const topics = [
      { ...spaces, ids: [SPACE], agentId: ann },
      { ...spaces, ids: [newId()], agentId: ann },
      { ...spaces, ids: [SPACE], agentId: newId() },
      { ...spaces, ids: [SPACE] },
      conversationTopic(id),
    ];
    const own = async (from: typeof recent, topic: (typeof topics)[number]) => {
      const missed = await from.missed(topic, { readers: "staff", most: 10_000, after: start });
      return missed === "too many" ? missed : missed.filter(({ to }) => to === ann).length;
    };
    expect(await Promise.all(topics.map((topic) => own(recent, topic)))).toEqual([1, 0, 0, 0, 0]);
    expect(await Promise.all(topics.map((topic) => own(older, topic)))).toEqual([1, 0, 0, 0, 0]);
  });

  it("is told to nobody where it is for one agent, and no one knows for whom", async () => {
    const id = newId();
    const start = await sequenced();
    await sql`
      INSERT INTO outbox (workspace_id, type, version, audience, space_id, conversation_id, staff_seq, payload, occurred_at)
      VALUES (${WORKSPACE}, 'reminder.told', 1, 'staff', ${SPACE}, ${id}, 1, '{}', now())`;
    const recent = await openRecent(await sequenced());
    const older = await openRecent(await happenOften(newId(), 4_096));
    const everyone = { of: "spaces" as const, workspaceId: WORKSPACE, right: [], ids: [SPACE], agentId: newId() };
    for (const topic of [everyone, conversationTopic(id)])
      for (const from of [recent, older]) {
        const missed = await from.missed(topic, { readers: "staff", most: 10_000, after: start });
        expect((missed as { type: string }[]).filter(({ type }) => type === "reminder.told")).toEqual([]);
      }
  });

  it("is too many to be told beyond the limit, recent or not", async () => {
    const id = newId();
    const start = await sequenced();
    const recent = await openRecent(await happenOften(id, 2_001));
    expect(await recent.missed(conversationTopic(id), { ...staff, after: start })).toBe("too many");
    expect(await recent.missed(conversationTopic(id), { ...staff, after: start + 1 })).toHaveLength(2_000);
    const older = await openRecent(await happenOften(newId(), 4_096));
    expect(await older.missed(conversationTopic(id), { ...staff, after: start })).toBe("too many");
  });
});

describe("the payloads of those who come back", () => {
  it("are begun together while others of theirs are made, so that they share what these load", async () => {
    const made: (() => void)[] = [];
    const view: View = {
      key: newId(),
      readers: "staff",
      render: () => new Promise((resolve) => made.push(() => resolve("made"))),
    };
    const events = await readNewest(await happenOften(newId(), 4), 4);
    const payloads = events.map((event) => missedPayloadOf(view, event));
    expect(made).toHaveLength(1);
    made[0]!();
    await payloads[0];
    await eventually(() => made.length === 4);
    for (const make of made) make();
    expect(await Promise.all(payloads)).toEqual(events.map(() => "made"));
  });
});
