import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sql, type Transaction } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import type { LoggedEvent } from "../../api/kernel/log/event.ts";
import { type DurableListener, hearBatch, MOST_TRIES, startListeners } from "../../api/kernel/log/listener.ts";
import { replayParked } from "../../api/kernel/log/parking.ts";
import { eventually } from "../support/eventually.ts";
import { happen, openLog, runSequencer, sequenced } from "../support/log.ts";

let owner: pg.Client;

beforeAll(async () => {
  const { url } = await openLog();
  runSequencer(url);
  owner = new pg.Client({ connectionString: url });
  await owner.connect();
  await owner.query(
    "CREATE TABLE effect (listener text, conversation uuid, seq int); GRANT ALL ON effect TO beseda_app",
  );
});
afterAll(() => owner.end());

type Notes = DurableListener<"message.sent"> & { isBroken: (event: LoggedEvent<"message.sent">) => boolean };

let listener: Notes;
let one: string;
let other: string;

/** A listener that notes what it hears, beginning at the log's present end; it fails on what is broken. */
async function newListener(): Promise<Notes> {
  const name = `test ${newId()}`;
  await sequenced();
  await sql`INSERT INTO listener SELECT ${name}, position FROM log_head`;
  const made: Notes = {
    ...{ name, hears: ["message.sent"], isBroken: () => false },
    async react(tx: Transaction, event) {
      await tx.sql`INSERT INTO effect VALUES (${name}, ${event.conversationId}, ${event.staffSeq})`;
      if (made.isBroken(event)) throw new Error(`broken at ${event.staffSeq}`);
    },
  };
  return made;
}

beforeEach(async () => {
  listener = await newListener();
  [one, other] = [newId(), newId()];
});

/** The conversation and number of each effect, in the order of their writing. */
const effects = async (conversationId?: string): Promise<number[]> =>
  (
    await sql<{ seq: number }>`
      SELECT seq FROM effect WHERE listener = ${listener.name}
        AND (${conversationId ?? null}::uuid IS NULL OR conversation = ${conversationId ?? null}) ORDER BY ctid`
  ).map((row) => row.seq);
const position = async () =>
  (await sql<{ position: number }>`SELECT position FROM listener WHERE name = ${listener.name}`)[0]!.position;
const parked = async () =>
  await sql<{ seq: number; reason: string }>`
    SELECT staff_seq AS seq, reason FROM parked_event JOIN event USING (position)
    WHERE listener = ${listener.name} ORDER BY position`;

async function say(...turns: [conversationId: string, seq: number][]): Promise<void> {
  for (const [conversationId, staffSeq] of turns) await happen({ conversationId, staffSeq });
  await sequenced();
}

/** Goes on as the loop would, without its pauses, until there is nothing left to hear. */
async function hearAll(): Promise<void> {
  const end = await sequenced();
  let tries = 0;
  while ((await position()) < end) {
    const step = await hearBatch(listener, tries);
    tries = step.failed ? (step.heard > 0 ? 1 : tries + 1) : 0;
    expect(tries).toBeLessThan(MOST_TRIES);
  }
}

describe("a durable listener", () => {
  it("hears every event once and in order, and its position moves with its effects", async () => {
    await say([one, 1], [other, 1], [one, 2]);
    await hearAll();
    await hearAll();
    expect(await effects()).toEqual([1, 1, 2]);
    expect(await position()).toBe(await sequenced());
  });

  it("goes on from its position after having been away", async () => {
    await say([one, 1]);
    await hearAll();
    await say([one, 2], [one, 3]);
    await hearAll();
    expect(await effects(one)).toEqual([1, 2, 3]);
  });

  it("passes over what it does not hear", async () => {
    listener.hears = [];
    await say([one, 1]);
    await hearAll();
    expect(await effects()).toEqual([]);
  });

  it("that dies between effect and position has had neither, and hears the event again", async () => {
    await say([one, 1]);
    const { react } = listener;
    listener.react = async (tx, event) => {
      await react(tx, event);
      const [{ pid }] = (await tx.sql`SELECT pg_backend_pid() AS pid`) as [{ pid: number }];
      await owner.query("SELECT pg_terminate_backend($1)", [pid]);
      await tx.sql`SELECT 1`;
    };
    await expect(hearBatch(listener, 0)).rejects.toThrow();
    expect(await effects()).toEqual([]);
    listener.react = react;
    await hearAll();
    expect(await effects()).toEqual([1]);
  });

  it("of several processes hears each event in one of them", async () => {
    await say(...Array.from({ length: 30 }, (_, index): [string, number] => [one, index + 1]));
    await Promise.all(Array.from({ length: 6 }, () => hearBatch(listener, 0)));
    expect(await effects(one)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
  });
});

describe("an event that a listener fails on", () => {
  it("ends the batch before it, with what went well kept and its own half-done effect undone", async () => {
    listener.isBroken = (event) => event.staffSeq === 2;
    await say([one, 1], [one, 2], [one, 3]);
    expect(await hearBatch(listener, 0)).toEqual({ heard: 1, failed: true });
    expect(await effects()).toEqual([1]);
  });

  it("is tried again and heard in its turn when it works later", async () => {
    listener.isBroken = (event) => event.staffSeq === 2;
    await say([one, 1], [one, 2], [one, 3]);
    await hearBatch(listener, 0);
    listener.isBroken = () => false;
    await hearAll();
    expect(await effects()).toEqual([1, 2, 3]);
    expect(await parked()).toEqual([]);
  });

  it(`is parked after ${MOST_TRIES} tries with the rest of its conversation behind it, while others go on`, async () => {
    let attempts = 0;
    listener.isBroken = (event) => event.conversationId === one && event.staffSeq === 2 && Boolean(++attempts);
    await say([one, 1], [one, 2], [other, 1], [one, 3], [other, 2]);
    await hearAll();
    // Once with all of its batch, then one by one.
    expect(attempts).toBe(MOST_TRIES + 1);
    expect([await effects(one), await effects(other)]).toEqual([[1], [1, 2]]);
    expect(await parked()).toEqual([
      { seq: 2, reason: "Error: broken at 2" },
      { seq: 3, reason: "An earlier event of the conversation is parked." },
    ]);
  });

  it("keeps what comes later in its conversation behind it too", async () => {
    listener.isBroken = (event) => event.staffSeq === 1 && event.conversationId === one;
    await say([one, 1]);
    await hearAll();
    await say([one, 2], [other, 1]);
    await hearAll();
    expect([await effects(one), await effects(other)]).toEqual([[], [1]]);
    expect((await parked()).map(({ seq }) => seq)).toEqual([1, 2]);
  });

  it("leaves other listeners alone", async () => {
    listener.isBroken = () => true;
    const sound = await newListener();
    await say([one, 1], [one, 2]);
    await hearAll();
    listener = sound;
    await hearAll();
    expect(await effects(one)).toEqual([1, 2]);
  });
});

describe("a replay", () => {
  beforeEach(async () => {
    listener.isBroken = (event) => event.staffSeq === 1;
    await say([one, 1], [other, 1], [one, 2], [other, 2]);
    await hearAll();
    expect(await parked()).toHaveLength(4);
  });

  it("hears what was parked in order, and the conversation goes on", async () => {
    listener.isBroken = () => false;
    expect(await replayParked(listener)).toEqual({ heard: 4, left: 0 });
    await say([one, 3]);
    await hearAll();
    expect([await effects(one), await effects(other)]).toEqual([
      [1, 2, 3],
      [1, 2],
    ]);
  });

  it("that fails again leaves the whole conversation parked and undone, and replays the others", async () => {
    listener.isBroken = (event) => event.conversationId === one && event.staffSeq === 2;
    expect(await replayParked(listener)).toEqual({ heard: 2, left: 2 });
    expect([await effects(one), await effects(other)]).toEqual([[], [1, 2]]);
  });
});

describe("the listeners of a process", () => {
  it("hear what happens by themselves, and nothing after they were stopped", async () => {
    const running = startListeners([listener]);
    await say([one, 1]);
    await eventually(async () => (await effects()).length === 1);
    await running.stop();
    await say([one, 2]);
    expect(await effects()).toEqual([1]);
  });

  it("try a failing event again after a growing pause, then park it by themselves", async () => {
    listener.isBroken = (event) => event.staffSeq === 1;
    const running = startListeners([listener]);
    await say([one, 1], [other, 2]);
    await eventually(async () => (await parked()).length === 1, 10_000);
    await eventually(async () => (await effects(other)).length === 1);
    await running.stop();
  });
});
