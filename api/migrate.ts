import { fileURLToPath } from "node:url";
import { Logger, runMigrations } from "graphile-worker";
import { ConfigProblem, readDatabaseUrl } from "./config.ts";
import { DatabaseProblem } from "./kernel/database-problem.ts";
import { grantToApplication } from "./kernel/grants.ts";
import { deployMigrations, whileMigrating } from "./kernel/migrations.ts";
import { connectAsOwner } from "./kernel/owner-connection.ts";

const ownMigrations = fileURLToPath(new URL("../migrations/", import.meta.url));

/**
 * Brings a database to what this version needs: our migrations, the worker's own tables, the application's role and its
 * grants. Answers the names of the migrations applied now; waits while another process migrates. Safe to repeat.
 * Refuses with a DatabaseProblem, in one sentence.
 */
export async function migrate(databaseUrl: string, folder = ownMigrations): Promise<string[]> {
  const client = await connectAsOwner(databaseUrl);
  try {
    return await whileMigrating(client, async () => {
      const applied = await deployMigrations(client, folder);
      await migrateWorker(databaseUrl);
      await grantToApplication(client);
      return applied;
    });
  } finally {
    await client.end();
  }
}

/** The worker's own tables; what it says about them is of no interest, what it throws is. */
async function migrateWorker(connectionString: string): Promise<void> {
  await runMigrations({ connectionString, logger: new Logger(() => () => {}) });
}

if (import.meta.main) {
  try {
    const applied = await migrate(readDatabaseUrl());
    process.stdout.write(applied.map((name) => `applied ${name}\n`).join("") || "The database is up to date.\n");
  } catch (error) {
    if (!(error instanceof DatabaseProblem || error instanceof ConfigProblem)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
