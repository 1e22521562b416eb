import { Logger, type Runner, run, type TaskList, type WorkerEvents } from "graphile-worker";
import { EventEmitter } from "node:events";
import pg from "pg";
import { log } from "./logging.ts";

/** Work for later or for every night. May be run twice, after a crash; so it must bear that. */
export type Job = {
  name: string;
  /** Five fields, in UTC; absent for one that is only asked for. */
  crontab?: string;
  run: (payload: unknown) => Promise<void>;
};

/** What graphile-worker tells about its own comings and goings is of no interest to an operator. */
const LEVELS = { error: "error", warning: "warn", info: "debug", debug: "trace" } as const;

/** Locks of living workers: a session's advisory lock dies with its process, so no heartbeat can be late. */
const LOCK_CLASS = 20_261;
const RELEASE_MS = 60_000;

/**
 * Runs jobs in this process until `stop`. Jobs of a process that was killed are given back at once when another starts or
 * within a minute, where graphile-worker alone would leave them locked for 4 hours.
 */
export async function startJobs(databaseUrl: string, jobs: Job[]): Promise<{ stop: () => Promise<void> }> {
  const alive = new pg.Client({ connectionString: databaseUrl, keepAlive: true, pipeline: true } as pg.ClientConfig);
  await alive.connect();
  alive.on("error", (error) => log().warn({ err: error }, "The jobs' connection broke."));
  const events: WorkerEvents = new EventEmitter() as WorkerEvents;
  events.on("worker:create", ({ worker }) => {
    alive.query("SELECT pg_advisory_lock($1, hashtext($2))", [LOCK_CLASS, worker.workerId]).catch(() => {});
  });

  const tasks: TaskList = Object.fromEntries(jobs.map((job) => [job.name, (payload: unknown) => job.run(payload)]));
  const crontab = jobs
    .filter((job) => job.crontab)
    .map((job) => `${job.crontab} ${job.name}`)
    .join("\n");
  const runner: Runner = await run({
    connectionString: databaseUrl,
    taskList: tasks,
    crontab,
    events,
    concurrency: 2,
    maxPoolSize: 3,
    noHandleSignals: true,
    logger: new Logger(() => (level, message) => log()[LEVELS[level]](message)),
  });
  await releaseDeadWorkers(alive);
  const timer = setInterval(() => void releaseDeadWorkers(alive), RELEASE_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await runner.stop();
      await alive.end().catch(() => {});
    },
  };
}

async function releaseDeadWorkers(alive: pg.Client): Promise<void> {
  try {
    const { rows } = await alive.query<{ id: string }>(
      `SELECT DISTINCT locked_by AS id FROM graphile_worker._private_jobs
       WHERE locked_by IS NOT NULL AND pg_try_advisory_xact_lock($1, hashtext(locked_by))`,
      [LOCK_CLASS],
    );
    if (rows.length === 0) return;
    await alive.query("SELECT graphile_worker.force_unlock_workers($1)", [rows.map((row) => row.id)]);
    log().info({ workers: rows.length }, "Jobs of workers that died were given back.");
  } catch (fault) {
    log().warn({ err: fault }, "Dead workers could not be looked for.");
  }
}
