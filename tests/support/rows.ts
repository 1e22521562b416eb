import { sql } from "../../api/kernel/database.ts";
import { eventually } from "./eventually.ts";

/** What everything stored comes to: for each table how many rows it has and the sum of their hashes. */
export type Rows = Record<string, { rows: number; hash: string }>;

/** Tables that background work or the mere use of a credential may touch. */
const RESTLESS = ["listener", "personal_token", "_prisma_migrations"];

/**
 * Takes stock of every table once the log is quiet, so that two of these are equal when nothing was written between them.
 * Reads the tables' names from the catalogue: a new table cannot be forgotten.
 */
export async function takeStock(): Promise<Rows> {
  statement ??= await writeStatement();
  await eventually(isQuiet);
  const counts = await sql<{ name: string; rows: number; hash: string }>(statement);
  return Object.fromEntries(counts.map(({ name, ...count }) => [name, count]));
}

/** Nothing is on its way into the log, and no durable listener has something left to hear. */
async function isQuiet(): Promise<boolean> {
  const [waiting] = await sql`
    SELECT FROM outbox UNION ALL SELECT FROM listener WHERE position < (SELECT position FROM log_head) LIMIT 1`;
  return waiting === undefined;
}

let statement: TemplateStringsArray | undefined;

/** A table's name cannot be a parameter, so the statement is put together; it has none. */
async function writeStatement(): Promise<TemplateStringsArray> {
  const tables = await sql<{ name: string }>`
    SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND NOT tablename = ANY(${RESTLESS}) ORDER BY 1`;
  const parts = tables.map(
    ({ name }) => `
      SELECT '${name}' AS name, count(*) AS rows, coalesce(sum(hashtextextended(t::text, 0)), 0)::text AS hash
      FROM "${name}" AS t`,
  );
  const text = [parts.join(" UNION ALL ")];
  return Object.assign(text, { raw: text });
}
