import pg from "pg";
import { log } from "./logging.ts";

/** Locks of living workers: a session's advisory lock dies with its process, so no heartbeat can be late. */
const LOCK_CLASS = 20_261;
const RELEASE_MS = 60_000;
const RETRY_MS = 1_000;

/** The session that says which workers live. */
export type LivingWorkers = {
  /** Counts a worker of this process among the living, from now until the process ends. */
  add: (workerId: string) => void;
  /** Gives back the jobs of dead workers; done every minute by itself. */
  release: () => Promise<void>;
  close: () => Promise<void>;
};

/**
 * Holds a lock for each worker of this process, and gives back the jobs of workers whose lock is gone: now and every
 * minute. When the connection breaks it is opened again with the same locks. Throws when the first one cannot be opened.
 */
export async function openLivingWorkers(databaseUrl: string): Promise<LivingWorkers> {
  const workerIds = new Set<string>();
  let isClosed = false;
  let session = await connect();

  async function connect(): Promise<pg.Client> {
    const opened = new pg.Client({ connectionString: databaseUrl, keepAlive: true, pipeline: true } as pg.ClientConfig);
    opened.on("error", (fault) => log().warn({ err: fault }, "The connection of the workers' locks broke."));
    await opened.connect();
    opened.once("end", () => setTimeout(() => void reconnect(), RETRY_MS).unref());
    for (const workerId of workerIds) lock(opened, workerId);
    return opened;
  }

  async function reconnect(): Promise<void> {
    while (!isClosed) {
      const opened = await connect().catch(() => undefined);
      if (opened && isClosed) return void opened.end().catch(() => {});
      if (opened) {
        session = opened;
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref());
    }
  }

  const release = () => releaseDead(session, workerIds);
  await release();
  const timer = setInterval(() => void release(), RELEASE_MS);
  return {
    add: (workerId) => {
      workerIds.add(workerId);
      lock(session, workerId);
    },
    release,
    close: async () => {
      isClosed = true;
      clearInterval(timer);
      await session.end().catch(() => {});
    },
  };
}

function lock(session: pg.Client, workerId: string): void {
  session.query("SELECT pg_advisory_lock($1, hashtext($2))", [LOCK_CLASS, workerId]).catch(() => {});
}

/** Our own are left out: the session that holds a lock is given it again at every try. */
async function releaseDead(session: pg.Client, ours: Set<string>): Promise<void> {
  try {
    const { rows } = await session.query<{ id: string }>(
      `SELECT DISTINCT locked_by AS id FROM graphile_worker._private_jobs
       WHERE locked_by <> ALL($2) AND pg_try_advisory_xact_lock($1, hashtext(locked_by))`,
      [LOCK_CLASS, [...ours]],
    );
    if (rows.length === 0) return;
    await session.query("SELECT graphile_worker.force_unlock_workers($1)", [rows.map((row) => row.id)]);
    log().info({ workers: rows.length }, "Jobs of workers that died were given back.");
  } catch (fault) {
    log().warn({ err: fault }, "Dead workers could not be looked for.");
  }
}
