import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type LivingWorkers, openLivingWorkers } from "../../api/kernel/living-workers.ts";
import { eventually } from "../support/eventually.ts";
import { testDatabase } from "../support/database.ts";

let url: string;
let database: pg.Client;
const open: LivingWorkers[] = [];

beforeAll(async () => {
  ({ url } = await testDatabase());
  database = new pg.Client({ connectionString: url });
  await database.connect();
});
afterAll(async () => {
  for (const living of open) await living.close();
  await database.end();
});
beforeEach(() => database.query("TRUNCATE graphile_worker._private_jobs"));

/** The workers of one more process. */
async function openProcess(): Promise<LivingWorkers> {
  const living = await openLivingWorkers(url);
  open.push(living);
  return living;
}

/** A job that the worker was at work on when we look. */
async function takeJob(workerId: string): Promise<void> {
  await database.query("SELECT graphile_worker.add_job('forget')");
  await database.query("UPDATE graphile_worker._private_jobs SET locked_by = $1, locked_at = now()", [workerId]);
}

async function isTaken(): Promise<boolean> {
  const { rows } = await database.query("SELECT FROM graphile_worker._private_jobs WHERE locked_by IS NOT NULL");
  return rows.length > 0;
}

const sessions = () =>
  database.query("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND classid = 20261 AND granted");

describe("a job", () => {
  it("of a worker that is dead is given back when a process starts", async () => {
    await takeJob("worker-dead");
    await openProcess();
    expect(await isTaken()).toBe(false);
  });

  it("of a living worker is left to it by every process, its own too", async () => {
    const own = await openProcess();
    own.add("worker-alive");
    await eventually(async () => (await sessions()).rows.length > 0);
    await takeJob("worker-alive");
    await openProcess();
    await own.release();
    expect(await isTaken()).toBe(true);
  });

  it("is left to its worker after the connection that tells it alive broke", async () => {
    const [before] = (await sessions()).rows;
    await database.query("SELECT pg_terminate_backend($1)", [before.pid]);
    await eventually(async () => (await sessions()).rows.some(({ pid }) => pid !== before.pid));
    await takeJob("worker-alive");
    await openProcess();
    expect(await isTaken()).toBe(true);
  });
});
