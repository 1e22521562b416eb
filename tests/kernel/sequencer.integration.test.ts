import pg from "pg";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { apart, inTransaction, sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { record } from "../../api/kernel/log/record.ts";
import { fact, happen, openLog, runSequencer, sequenced } from "../support/log.ts";
import { eventually } from "../support/eventually.ts";

let url: string;
let start: number;

beforeAll(async () => {
  ({ url } = await openLog());
});
beforeEach(async () => {
  start = (await sql<{ position: number }>`SELECT position FROM log_head`)[0]!.position;
});

type Place = { position: number; conversationId: string; seq: number };
const log = () => sql<Place>`
  SELECT position, conversation_id AS "conversationId", staff_seq AS seq FROM event WHERE position > ${start} ORDER BY position`;

describe("the log", () => {
  it("gives positions by commit: what began early and committed late comes last, and is not missed", async () => {
    const stop = runSequencer(url);
    const [slow, quick] = [fact(), fact()];
    await inTransaction(async (tx) => {
      await record(tx, slow);
      await apart(async () => {
        await inTransaction((other) => record(other, quick));
        expect(await eventually(async () => (await log())[0])).toMatchObject({ conversationId: quick.conversationId });
      });
    });
    await sequenced();
    const [first, second, ...rest] = await log();
    expect([first, second]).toMatchObject([
      { position: start + 1, conversationId: quick.conversationId },
      { position: start + 2, conversationId: slow.conversationId },
    ]);
    expect(rest).toEqual([]);
    await stop();
  });

  it("is dense under many writers, and keeps each conversation's own order", async () => {
    const stop = runSequencer(url);
    const conversations = [newId(), newId(), newId()];
    await Promise.all(
      conversations.map(async (conversationId) => {
        for (let seq = 1; seq <= 40; seq++) await happen({ conversationId, staffSeq: seq });
      }),
    );
    expect(await sequenced()).toBe(start + 120);
    const places = await log();
    expect(places.map((place) => place.position)).toEqual(Array.from({ length: 120 }, (_, index) => start + index + 1));
    for (const id of conversations) {
      const seqs = places.filter((place) => place.conversationId === id).map((place) => place.seq);
      expect(seqs).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    }
    await stop();
  });

  it("holds nothing of a transaction that was undone", async () => {
    const stop = runSequencer(url);
    const failing = inTransaction(async (tx) => {
      await record(tx, fact());
      throw new Error("undone");
    });
    await expect(failing).rejects.toThrow("undone");
    await happen();
    await sequenced();
    expect(await log()).toHaveLength(1);
    await stop();
  });

  it("clears what it moved out of its own way", async () => {
    const stop = runSequencer(url);
    const facts = Array.from({ length: 2_000 }, () => fact());
    await inTransaction(async (tx) => void (await Promise.all(facts.map((one) => record(tx, one)))));
    await sequenced();
    const vacuums = () => sql<{ count: number }>`
      SELECT vacuum_count::int AS count FROM pg_stat_user_tables WHERE relname = 'outbox'`;
    await eventually(async () => (await vacuums())[0]!.count > 0);
    await stop();
  });

  it("takes up what lay in the outbox before it ran", async () => {
    await happen();
    const stop = runSequencer(url);
    await sequenced();
    expect(await log()).toHaveLength(1);
    await stop();
  });
});

describe("two sequencers", () => {
  it("never work at once, and the second takes over when the first stops", async () => {
    const stops = [runSequencer(url), runSequencer(url)];
    const owner = new pg.Client({ connectionString: url });
    await owner.connect();
    const movers = () =>
      owner.query(
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%DELETE FROM outbox%' AND pid <> pg_backend_pid()",
      );
    const holders = () => sql`SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND database = (
      SELECT oid FROM pg_database WHERE datname = current_database())`;
    await eventually(async () => (await holders()).length > 0);
    for (const stop of stops) {
      await happen();
      await sequenced();
      expect(await holders()).toHaveLength(1);
      expect((await movers()).rows).toHaveLength(1);
      await stop();
    }
    await owner.end();
    expect(await log()).toHaveLength(2);
  });

  it("go on by themselves after the connection that holds the lock was killed", async () => {
    const stop = runSequencer(url);
    await happen();
    await sequenced();
    const owner = new pg.Client({ connectionString: url });
    await owner.connect();
    await owner.query(`SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted AND database = (
      SELECT oid FROM pg_database WHERE datname = current_database())`);
    await owner.end();
    await happen();
    await sequenced();
    expect((await log()).map((place) => place.position)).toEqual([start + 1, start + 2]);
    await stop();
  });
});
