import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, inject } from "vitest";
import { eventually } from "./eventually.ts";

/**
 * A fresh, migrated, empty database, dropped after the file (or the `describe`) that asked for it. The URL's login owns
 * the schema: `openDatabase` takes the application's role by itself.
 */
export async function testDatabase(): Promise<{ url: string }> {
  const postgresUrl = inject("postgresUrl");
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await administer(postgresUrl, `CREATE DATABASE ${name} TEMPLATE beseda_template`);
  afterAll(() => eventually(() => drop(postgresUrl, name), 20_000));
  return { url: Object.assign(new URL(postgresUrl), { pathname: `/${name}` }).href };
}

/** Answers false while the server itself looks after the database: its autovacuum is nobody's to end, and ends soon. */
function drop(url: string, name: string): Promise<boolean> {
  const isServers = (fault: { code?: string }) => fault.code === "42501";
  return administer(url, `DROP DATABASE ${name} WITH (FORCE)`).then(
    () => true,
    (fault) => !isServers(fault) && Promise.reject(fault),
  );
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
