import { setTimeout as pause } from "node:timers/promises";
import { connect } from "./ground.ts";

/** Settings of a ground whose statements are counted. Of transactions only what they hold counts, not BEGIN and COMMIT. */
export const COUNTING = { shared_preload_libraries: "pg_stat_statements", "pg_stat_statements.track_utility": "off" };

/** How often a statement ran, by its text. */
export type Counts = Map<string, number>;

/** Counts what PostgreSQL is asked, exactly and by whomever: `pg_stat_database` tells seconds later. */
export type StatementCount = {
  begin: () => Promise<void>;
  /** What was asked since `begin`. */
  read: () => Promise<Counts>;
  /** Statements per second while nothing happens: what sweeps ask. */
  idleRate: (ms: number) => Promise<number>;
  close: () => Promise<void>;
};

/** Opens the count on a ground that was opened with `COUNTING`. */
export async function openStatementCount(databaseUrl: string): Promise<StatementCount> {
  const superuser = new URL(databaseUrl);
  superuser.username = "postgres";
  const database = await connect(superuser.href);
  await database.query("CREATE EXTENSION pg_stat_statements");

  const begin = async () => void (await database.query("SELECT pg_stat_statements_reset()"));
  async function read(): Promise<Counts> {
    const { rows } = await database.query<{ query: string; calls: number }>(
      "SELECT query, sum(calls)::int AS calls FROM pg_stat_statements WHERE query NOT LIKE '%pg_stat_statements%' GROUP BY query",
    );
    return new Map(rows.map(({ query, calls }) => [query, calls]));
  }
  return {
    begin,
    read,
    idleRate: async (ms) => {
      await begin();
      await pause(ms);
      return (1_000 * total(await read())) / ms;
    },
    close: () => database.end(),
  };
}

/** How many statements these are together. */
export function total(counts: Counts): number {
  return [...counts.values()].reduce((sum, calls) => sum + calls, 0);
}

/** The statements that ran most often, for a person to read. */
export function mostAsked(counts: Counts, most: number): string[] {
  const sorted = [...counts].sort(([, one], [, other]) => other - one).slice(0, most);
  return sorted.map(([query, calls]) => `${calls} x ${query.replace(/\s+/g, " ").slice(0, 160)}`);
}
