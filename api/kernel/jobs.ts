import { EventEmitter } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { Logger, type Runner, type RunnerOptions, run, type WorkerEvents } from "graphile-worker";
import pg from "pg";
import { type LivingWorkers, openLivingWorkers } from "./living-workers.ts";
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

const RESTART_MS = 1_000;

/**
 * Runs jobs in this process until `stop`. Jobs of a process that was killed are given back at once when another starts or
 * within a minute, where graphile-worker alone would leave them locked for 4 hours.
 */
export async function startJobs(databaseUrl: string, jobs: Job[]): Promise<{ stop: () => Promise<void> }> {
  const living = await openLivingWorkers(databaseUrl);
  // Ours, not graphile-worker's: what breaks in its own after it has stopped would end the process.
  const pgPool = new pg.Pool({ connectionString: databaseUrl, max: 3, keepAlive: true });
  const note = (fault: Error) => log().debug({ err: fault }, "A connection of the jobs broke.");
  pgPool.on("error", note);
  // The pool listens to idle connections alone.
  pgPool.on("connect", (connection) => connection.on("error", note));
  const options = { ...optionsFor(jobs), pgPool, events: eventsFor(living) };
  let runner: Runner = await run(options);
  let isStopping = false;

  /** graphile-worker stops itself when it cannot tell the database how a job ended. */
  async function keepRunning(): Promise<void> {
    for (;;) {
      await runner.promise.catch(() => {});
      while (!isStopping) {
        await pause(RESTART_MS);
        const again = await run(options).catch(() => undefined);
        if (!again) continue;
        runner = again;
        break;
      }
      if (isStopping) return runner.stop().catch(() => {});
    }
  }

  const ended = keepRunning();
  return {
    stop: async () => {
      isStopping = true;
      await runner.stop().catch(() => {});
      await ended;
      await pgPool.end();
      await living.close();
    },
  };
}

function optionsFor(jobs: Job[]): RunnerOptions {
  const crontab = jobs.filter((job) => job.crontab).map((job) => `${job.crontab} ${job.name}`);
  return {
    taskList: Object.fromEntries(jobs.map((job) => [job.name, (payload: unknown) => job.run(payload)])),
    crontab: crontab.join("\n"),
    concurrency: 2,
    noHandleSignals: true,
    logger: new Logger(() => (level, message) => log()[LEVELS[level]](message)),
  };
}

function eventsFor(living: LivingWorkers): WorkerEvents {
  const events = new EventEmitter() as WorkerEvents;
  events.on("worker:create", ({ worker }) => living.add(worker.workerId));
  return events;
}
