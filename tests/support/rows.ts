import { sql } from "../../api/kernel/database.ts";
import { eventually } from "./eventually.ts";

/** What everything stored comes to: for each table how many rows it has and the sum of their hashes. */
export type Rows = Record<string, Count>;

/** Tables that background work or the mere use of a credential may touch. */
const RESTLESS = ["listener", "personal_token", "_prisma_migrations"];

/**
 * Takes stock of every table once the log is quiet, so that two of these are equal when nothing was written between them.
 * Reads the tables' names from the catalogue: a new table cannot be forgotten.
 */
export async function takeStock(): Promise<Rows> {
  await eventually(isQuiet);
  const tables = await sql<{ name: string }>`
    SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND NOT tablename = ANY(${RESTLESS}) ORDER BY 1`;
  const counts = await Promise.all(tables.map(({ name }) => countTable(name)));
  return Object.fromEntries(tables.map(({ name }, index) => [name, counts[index]!]));
}

/** Nothing is on its way into the log, and no durable listener has something left to hear. */
async function isQuiet(): Promise<boolean> {
  const [waiting] = await sql`
    SELECT FROM outbox UNION ALL SELECT FROM listener WHERE position < (SELECT position FROM log_head) LIMIT 1`;
  return waiting === undefined;
}

type Count = { rows: number; hash: string };

const statements = new Map<string, TemplateStringsArray>();

/** A table's name cannot be a parameter; it comes from the catalogue. Kept, since each array becomes a prepared statement. */
function statementFor(table: string): TemplateStringsArray {
  const text = [
    `SELECT count(*) AS rows, coalesce(sum(hashtextextended(t::text, 0)), 0)::text AS hash FROM "${table}" AS t`,
  ];
  if (!statements.has(table)) statements.set(table, Object.assign(text, { raw: text }));
  return statements.get(table)!;
}

async function countTable(table: string): Promise<Count> {
  const [count] = await sql<Count>(statementFor(table));
  return count!;
}
