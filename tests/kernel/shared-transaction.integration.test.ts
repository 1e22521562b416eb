import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sql, type Transaction } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { refuse } from "../../api/kernel/outcome.ts";
import { inSharedTransaction } from "../../api/kernel/shared-transaction.ts";
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
const names = (count: number) => Array.from({ length: count }, () => newId());

/** Writes a row and answers the id of the transaction that did. */
async function writing(name: string, key = name): Promise<string> {
  return inSharedTransaction(key, async (tx) => {
    await insert(tx, name);
    const [current] = await tx.sql<{ id: string }>`SELECT pg_current_xact_id()::text AS id`;
    return current!.id;
  });
}

describe("transactions that come at once", () => {
  it("share one commit, each with its own answer", async () => {
    const written = names(8);
    const ids = await Promise.all(written.map((name) => writing(name)));
    expect(new Set(ids).size).toBe(1);
    for (const name of written) expect(await isThere(name)).toBe(true);
  });

  it("run what was to follow the commit, once each", async () => {
    let effects = 0;
    await Promise.all(
      names(4).map((name) =>
        inSharedTransaction(name, async (tx) => {
          await insert(tx, name);
          tx.afterCommit(() => effects++);
        }),
      ),
    );
    expect(effects).toBe(4);
  });

  it("are all kept, in one commit still, but the one that is refused", async () => {
    const [refused, ...kept] = names(4);
    const refusing = inSharedTransaction(refused!, async (tx) => {
      await insert(tx, refused!);
      return refuse("not_permitted");
    });
    const ids = await Promise.all(kept.map((name) => writing(name)));
    expect(new Set(ids).size).toBe(1);
    expect(await refusing).toEqual(refuse("not_permitted"));
    expect(await isThere(refused!)).toBe(false);
    for (const name of kept) expect(await isThere(name)).toBe(true);
  });

  it("are all kept but the one that fails, and only its caller hears of it", async () => {
    const [failing, ...kept] = names(4);
    const fault = inSharedTransaction(failing!, async (tx) => {
      await insert(tx, failing!);
      await tx.sql`SELECT 1 / 0`;
    }).catch((error: Error) => error.message);
    await Promise.all(kept.map((name) => writing(name)));
    expect(await fault).toBe("division by zero");
    expect(await isThere(failing!)).toBe(false);
    for (const name of kept) expect(await isThere(name)).toBe(true);
  });

  it("do not wait for the lock that one of them waits for", async () => {
    const [locked, ...free] = names(6);
    await sql`INSERT INTO listener VALUES (${locked!}, 0)`;
    await owner.query("BEGIN");
    await owner.query("SELECT FROM listener WHERE name = $1 FOR UPDATE", [locked]);
    let isDone = false;
    const waiting = inSharedTransaction(locked!, async (tx) => {
      await tx.sql`UPDATE listener SET position = 1 WHERE name = ${locked!}`;
    }).then(() => (isDone = true));
    let written = 0;
    for (const key of free) void writing(key).then(() => writing(newId(), key).then(() => written++));
    await eventually(() => written === free.length, 2_000);
    expect(isDone).toBe(false);
    await owner.query("COMMIT");
    await waiting;
    const moved = () => sql<{ position: number }>`SELECT position FROM listener WHERE name = ${locked!}`;
    await eventually(async () => (await moved())[0]!.position === 1);
  });
});
