import { AsyncResource } from "node:async_hooks";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inTransaction, prisma, sql, type Transaction } from "../../api/kernel/database.ts";
import { isUnavailable } from "../../api/kernel/database-faults.ts";
import { newId } from "../../api/kernel/id.ts";
import { eventually } from "../support/eventually.ts";
import { openLog } from "../support/log.ts";

let owner: pg.Client;

beforeAll(async () => {
  owner = new pg.Client({ connectionString: (await openLog()).url });
  await owner.connect();
});
afterAll(() => owner.end());

const insert = (tx: Transaction, name: string) => tx.sql`INSERT INTO listener VALUES (${name}, 0)`;
const isThere = async (name: string) => (await sql`SELECT FROM listener WHERE name = ${name}`).length > 0;

/** Ends the session behind a transaction, as a crash of PostgreSQL does. */
async function breakSession(tx: Transaction): Promise<void> {
  const [session] = await tx.sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`;
  await owner.query("SELECT pg_terminate_backend($1)", [session!.pid]);
  await eventually(async () => {
    const { rowCount } = await owner.query("SELECT FROM pg_stat_activity WHERE pid = $1", [session!.pid]);
    return rowCount === 0;
  });
}

describe("a transaction", () => {
  it("whose connection breaks fails as unavailable, without ending the process, and the next one works", async () => {
    const name = newId();
    const fault = await inTransaction(async (tx) => {
      await insert(tx, name);
      await breakSession(tx);
    }).catch((error) => error);
    expect(isUnavailable(fault)).toBe(true);
    expect(await isThere(name)).toBe(false);
    await inTransaction((tx) => insert(tx, name));
    expect(await isThere(name)).toBe(true);
  });

  it("in which a statement failed unheeded is not told as done", async () => {
    const name = newId();
    const work = inTransaction(async (tx) => {
      await insert(tx, name);
      await tx.sql`SELECT 1 / 0`.catch(() => {});
    });
    await expect(work).rejects.toThrow("was undone");
    expect(await isThere(name)).toBe(false);
  });

  it("takes no statement any more once it is over", async () => {
    const name = newId();
    let late: Promise<unknown> | undefined;
    const work = inTransaction(async (tx) => {
      late = eventually(() => isOver).then(() => insert(tx, name));
      throw new Error("failed");
    });
    let isOver = false;
    await expect(work).rejects.toThrow("failed");
    isOver = true;
    await expect(late).rejects.toThrow("The transaction is over.");
    expect(await isThere(name)).toBe(false);
  });
});

describe("a database that is going away", () => {
  it("goes again where it and another wait for each other, and has happened once", async () => {
    const [one, other] = [newId(), newId()];
    await inTransaction(async (tx) => {
      await insert(tx, one);
      await insert(tx, other);
    });
    let [tries, held] = [0, 0];
    const turn = async (first: string, second: string) => {
      await inTransaction(async (tx) => {
        tries += 1;
        await tx.sql`UPDATE listener SET position = position + 1 WHERE name = ${first}`;
        held += 1;
        await eventually(() => held >= 2);
        await tx.sql`UPDATE listener SET position = position + 1 WHERE name = ${second}`;
      });
    };
    await Promise.all([turn(one, other), turn(other, one)]);
    expect(tries).toBe(3);
    const rows = await sql<{ position: number }>`SELECT position FROM listener WHERE name IN (${one}, ${other})`;
    expect(rows.map(({ position }) => position)).toEqual([2, 2]);
  });

  it("refuses a second connection to its work, and to nobody afterwards", async () => {
    const refusal = /reads with its own connection/;
    const later: (() => unknown)[] = [];
    await inTransaction(async (tx) => {
      await expect(sql`SELECT`).rejects.toThrow(refusal);
      await expect(inTransaction(async () => null)).rejects.toThrow(refusal);
      expect(() => prisma()).toThrow(refusal);
      later.push(AsyncResource.bind(() => sql`SELECT`));
      tx.afterCommit(() => later.push(() => sql`SELECT`));
    });
    for (const look of later) expect(await look()).toHaveLength(1);
    expect(later).toHaveLength(2);
  });

  it("is told as unavailable through Prisma too", async () => {
    const fault = await prisma()
      .$queryRaw`DO $$ BEGIN RAISE 'the database system is in recovery mode' USING ERRCODE = '57P03'; END $$`.catch(
      (error) => error,
    );
    expect(isUnavailable(fault)).toBe(true);
  });

  it("is not what a fault of ours looks like", async () => {
    expect(isUnavailable(await sql`SELECT 1 / 0`.catch((error) => error))).toBe(false);
    expect(isUnavailable(await prisma().$queryRaw`SELECT 1 / 0`.catch((error) => error))).toBe(false);
  });
});
