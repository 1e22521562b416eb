import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { migrate } from "../../api/migrate.ts";
import { startPostgres } from "../../launch/embedded-postgres.ts";
import { startRedis } from "../../launch/redis.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The login that owns the template and makes databases, on the PostgreSQL of this run. */
    postgresUrl: string;
    /** The Redis of this run, shared by all files. */
    redisUrl: string;
  }
}

/** Nothing of a test run has to survive it. */
const careless = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "200" };

/** One PostgreSQL with a migrated template, and one Redis, for the whole run; none when no project was asked for that needs them. */
export default async function startServers(root: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (root.vitest.projects.every((project) => project.name !== "integration")) return undefined;
  const directory = mkdtempSync(join(tmpdir(), "beseda-test-"));
  const postgres = await startPostgres({ directory: join(directory, "postgres"), settings: careless });
  const stop = async () => {
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    await makeTemplate(postgres.url);
    const redis = await startRedis({ directory: join(directory, "redis") });
    root.provide("postgresUrl", postgres.url);
    root.provide("redisUrl", redis.url);
    return () => redis.stop().then(stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function makeTemplate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("CREATE DATABASE beseda_template");
  await client.end();
  await migrate(Object.assign(new URL(url), { pathname: "/beseda_template" }).href);
}
