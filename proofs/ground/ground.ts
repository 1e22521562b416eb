import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import pg from "pg";
import { migrate } from "../../api/migrate.ts";
import { startPostgres } from "../../launch/embedded-postgres.ts";
import { freePort } from "../../launch/ports.ts";
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
  /** Kills Redis; answers how to start it again, empty. */
  killRedis: () => Promise<BringBack>;
  /** Stops Redis from answering, without closing anything; answers how to let it go on. */
  freezeRedis: () => Promise<BringBack>;
  close: () => Promise<void>;
};

export type BringBack = () => Promise<void>;

/** A migrated PostgreSQL and a Redis on ports of their own. `settings` are added to postgresql.conf. */
export async function openGround(settings: Record<string, string> = {}): Promise<Ground> {
  const directory = mkdtempSync(join(tmpdir(), "beseda-proof-"));
  const database = { directory: join(directory, "postgres"), port: await freePort(), settings };
  let postgres = await startPostgres(database);
  await migrate(postgres.url);
  const bus = { directory: join(directory, "redis"), port: await freePort() };
  let redis = await startRedis(bus);

  const killAll = () => {
    for (const { pid } of [postgres, redis]) kill(pid, "SIGKILL");
  };
  process.once("exit", killAll);

  return {
    directory,
    databaseUrl: postgres.url,
    redisUrl: redis.url,
    killPostgres: async () => {
      kill(postgres.pid, "SIGKILL");
      await isGoneWithin(postgres.pid, 5_000);
      postgres = await startPostgres(database);
    },
    killSession: () => killSession(postgres.url),
    flushRedis: () => flush(redis.url),
    killRedis: async () => {
      kill(redis.pid, "SIGKILL");
      await isGoneWithin(redis.pid, 5_000);
      return async () => {
        redis = await startRedis(bus);
      };
    },
    freezeRedis: async () => {
      kill(redis.pid, "SIGSTOP");
      return async () => void kill(redis.pid, "SIGCONT");
    },
    close: async () => {
      // It may be frozen, and keeps nothing.
      kill(redis.pid, "SIGKILL");
      await postgres.stop();
      process.off("exit", killAll);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone already.
  }
}

/** One of the sessions that do the API's work, as PostgreSQL numbers its own processes. */
async function killSession(url: string): Promise<void> {
  const client = await connect(url);
  const { rows } = await client.query<{ pid: number }>(
    "SELECT pid FROM pg_stat_activity WHERE usename = current_user AND pid <> pg_backend_pid() ORDER BY random() LIMIT 1",
  );
  if (rows[0]) kill(rows[0].pid, "SIGKILL");
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
