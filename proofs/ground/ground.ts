import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Redis } from "ioredis";
import pg from "pg";
import { migrate } from "../../api/migrate.ts";
import { startPostgres } from "../../launch/embedded-postgres.ts";
import { isPortFree } from "../../launch/ports.ts";
import { isGoneWithin } from "../../launch/processes.ts";
import { startRedis } from "../../launch/redis.ts";

/** The servers under the API, started by this proof, with every way in which it takes them away. */
export type Ground = {
  databaseUrl: string;
  redisUrl: string;
  /** A folder for whatever the proof has to keep; removed by `close`. */
  directory: string;
  /** Kills PostgreSQL's first process and, once it is gone, starts it again on the same port and data. */
  killPostgres: () => Promise<void>;
  /** Kills one session's process; PostgreSQL then throws out all sessions and recovers by itself. */
  killSession: () => Promise<void>;
  flushRedis: () => Promise<void>;
  /** Kills Redis and starts it again, empty, after so many ms. */
  killRedis: (awayMs: number) => Promise<void>;
  /** Stops Redis from answering, without closing anything, for so many ms. */
  freezeRedis: (awayMs: number) => Promise<void>;
  close: () => Promise<void>;
};

const FIRST_PORT = 55_800;

/** A migrated PostgreSQL and a Redis on ports of their own. `settings` are added to postgresql.conf. */
export async function openGround(settings: Record<string, string> = {}): Promise<Ground> {
  const directory = mkdtempSync(join(tmpdir(), "beseda-proof-"));
  const database = { directory: join(directory, "postgres"), port: await nextFreePort(), settings };
  let postgres = await startPostgres(database);
  await migrate(postgres.url);
  const bus = { directory: join(directory, "redis"), port: await nextFreePort(database.port + 1) };
  let redis = await startRedis(bus);

  return {
    directory,
    databaseUrl: postgres.url,
    redisUrl: redis.url,
    killPostgres: async () => {
      process.kill(postgres.pid, "SIGKILL");
      await isGoneWithin(postgres.pid, 5_000);
      postgres = await startPostgres(database);
    },
    killSession: () => killSession(postgres.url),
    flushRedis: () => flush(redis.url),
    killRedis: async (awayMs) => {
      process.kill(redis.pid, "SIGKILL");
      await pause(awayMs);
      redis = await startRedis(bus);
    },
    freezeRedis: async (awayMs) => {
      process.kill(redis.pid, "SIGSTOP");
      await pause(awayMs);
      process.kill(redis.pid, "SIGCONT");
    },
    close: async () => {
      process.kill(redis.pid, "SIGCONT");
      await redis.stop();
      await postgres.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** The next TCP port of this machine, from here on, that nobody listens on. */
export async function nextFreePort(from = FIRST_PORT): Promise<number> {
  for (let port = from; ; port++) if (await isPortFree(port)) return port;
}

/** One of the sessions that do the API's work, as PostgreSQL numbers its own processes. */
async function killSession(url: string): Promise<void> {
  const client = await connect(url);
  const { rows } = await client.query<{ pid: number }>(
    "SELECT pid FROM pg_stat_activity WHERE usename = current_user AND pid <> pg_backend_pid() ORDER BY random() LIMIT 1",
  );
  if (rows[0]) process.kill(rows[0].pid, "SIGKILL");
  await client.end().catch(() => {});
}

/** A connection of the proof's own; that it breaks is part of the game. */
export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  return client;
}

async function flush(url: string): Promise<void> {
  const client = new Redis(url, { retryStrategy: () => null });
  client.on("error", () => {});
  await client.flushall();
  client.disconnect();
}
