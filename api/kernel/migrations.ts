import { createHash, randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import { DatabaseProblem } from "./database-problem.ts";

/** The number that Prisma's own `migrate deploy` locks, so that ours and theirs exclude each other. */
const lock = 72_707_369;
/** First line of a migration of one statement that PostgreSQL refuses inside a transaction. */
const noTransaction = "-- beseda: no transaction";

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/** Exactly as Prisma makes it, so that `prisma migrate deploy` and `status` go on from what we did. */
const historyTable = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                  VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum            VARCHAR(64) NOT NULL,
    finished_at         TIMESTAMPTZ,
    migration_name      VARCHAR(255) NOT NULL,
    logs                TEXT,
    rolled_back_at      TIMESTAMPTZ,
    started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`;

/** Runs `work` while no other process migrates this database; waits for as long as another does. */
export async function whileMigrating<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  // Asked again and again: a statement that waits for the lock would hold a snapshot, and CREATE INDEX CONCURRENTLY
  // in the process that has the lock waits for every older snapshot to go.
  while (!(await client.query("SELECT pg_try_advisory_lock($1) AS taken", [lock])).rows[0].taken) await pause(100);
  try {
    return await work();
  } finally {
    await client.query("SELECT pg_advisory_unlock($1)", [lock]);
  }
}

/**
 * Brings the database to the newest migration in the folder and answers the names applied now, oldest first. Refuses
 * with a DatabaseProblem a history that was edited, failed half-way, or is newer than the folder.
 */
export async function deployMigrations(client: pg.Client, folder: string): Promise<string[]> {
  await client.query(historyTable);
  const known = readMigrations(folder);
  const done = await readHistory(client);
  refuseForeignHistory(known, done);
  const pending = known.filter((migration) => !done.has(migration.name));
  for (const migration of pending) {
    if (migration.sql.startsWith(noTransaction)) await applyAlone(client, migration);
    else await applyInTransaction(client, migration);
  }
  return pending.map((migration) => migration.name);
}

function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, "migration.sql")));
  return names.sort().map((name) => {
    const content = readFileSync(join(folder, name, "migration.sql"));
    return { name, sql: content.toString("utf8"), checksum: createHash("sha256").update(content).digest("hex") };
  });
}

interface Past {
  readonly checksum: string;
  readonly isFinished: boolean;
}

async function readHistory(client: pg.Client): Promise<Map<string, Past>> {
  const { rows } = await client.query(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS "isFinished"
     FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at`,
  );
  return new Map(rows.map(({ name, ...past }) => [name, past]));
}

function refuseForeignHistory(known: Migration[], done: Map<string, Past>): void {
  for (const [name, past] of done) {
    const migration = known.find((candidate) => candidate.name === name);
    if (!migration) {
      throw new DatabaseProblem(
        `The database has the migration ${name}, which this version does not know: use a newer one.`,
      );
    }
    if (!past.isFinished) {
      throw new DatabaseProblem(
        `The migration ${name} failed half-way: mend the database, then set its row in _prisma_migrations to rolled back or finished.`,
      );
    }
    if (past.checksum !== migration.checksum) {
      throw new DatabaseProblem(
        `The migration ${name} was edited after it had been applied: restore the file and write a new migration.`,
      );
    }
  }
}

/** All or nothing, the row of the history included: a failure leaves no trace, and the next run tries again. */
async function applyInTransaction(client: pg.Client, migration: Migration): Promise<void> {
  await client.query("BEGIN");
  try {
    const id = await begin(client, migration);
    await client.query(migration.sql);
    await finish(client, id);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw failure(migration, error as Error);
  }
}

/** Without a transaction a failure can leave half of the work, so it is kept in the history and stops every later run. */
async function applyAlone(client: pg.Client, migration: Migration): Promise<void> {
  const id = await begin(client, migration);
  try {
    await client.query(migration.sql);
  } catch (error) {
    await client.query("UPDATE _prisma_migrations SET logs = $2 WHERE id = $1", [id, (error as Error).message]);
    throw failure(migration, error as Error);
  }
  await finish(client, id);
}

async function begin(client: pg.Client, { name, checksum }: Migration): Promise<string> {
  const id = randomUUID();
  await client.query(
    "INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at) VALUES ($1, $2, $3, clock_timestamp())",
    [id, checksum, name],
  );
  return id;
}

async function finish(client: pg.Client, id: string): Promise<void> {
  await client.query(
    "UPDATE _prisma_migrations SET finished_at = clock_timestamp(), applied_steps_count = 1 WHERE id = $1",
    [id],
  );
}

function failure(migration: Migration, error: Error): DatabaseProblem {
  return new DatabaseProblem(`The migration ${migration.name} failed: ${error.message}.`, { cause: error });
}
