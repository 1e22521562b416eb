import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { migrate } from "../../api/migrate.ts";
import { startRedis } from "../../launch/redis.ts";
import { startThrowaway } from "../../launch/throwaway.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The login that owns the template and makes databases, on the PostgreSQL of this run. */
    postgresUrl: string;
    /** The Redis of this run, shared by all files. */
    redisUrl: string;
  }
}

/** One PostgreSQL with a migrated template, and one Redis, for the whole run; none when only unit tests were asked for. */
export default async function startServers(root: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (root.vitest.projects.every((project) => project.name === "unit")) return undefined;
  const { postgres, directory, stop } = await startThrowaway();
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
