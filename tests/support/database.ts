import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, inject } from "vitest";

/**
 * A fresh, migrated, empty database, dropped after the file (or the `describe`) that asked for it. The URL's login owns
 * the schema: `openDatabase` takes the application's role by itself.
 */
export async function testDatabase(): Promise<{ url: string }> {
  const postgresUrl = inject("postgresUrl");
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await administer(postgresUrl, `CREATE DATABASE ${name} TEMPLATE beseda_template`);
  afterAll(() => administer(postgresUrl, `DROP DATABASE ${name} WITH (FORCE)`));
  return { url: Object.assign(new URL(postgresUrl), { pathname: `/${name}` }).href };
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
