import pg from "pg";
import { DatabaseProblem } from "./database-problem.ts";

/**
 * A connection as the login of the URL itself, which owns the schema; the application never works through it. Refuses
 * with a DatabaseProblem when the server cannot be reached, does not know the login, or is older than PostgreSQL 17.
 */
export async function connectAsOwner(databaseUrl: string): Promise<pg.Client> {
  const client = openClient(databaseUrl);
  try {
    await client.connect();
    const { rows } = await client.query("SELECT current_setting('server_version_num')::int AS version");
    if (rows[0].version >= 170_000) return client;
  } catch (error) {
    throw explain(error as Error & { code?: string }, new URL(databaseUrl));
  }
  await client.end();
  throw new DatabaseProblem(
    `The server at ${new URL(databaseUrl).host} is older than PostgreSQL 17, which Beseda needs.`,
  );
}

function openClient(databaseUrl: string): pg.Client {
  if (!/^postgres(ql)?:$/.test(URL.parse(databaseUrl)?.protocol ?? "")) {
    throw new DatabaseProblem("DATABASE_URL is not an address like postgres://login:password@host:5432/database.");
  }
  return new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: 10_000,
    application_name: "beseda migrate",
  });
}

function explain(error: Error & { code?: string }, url: URL): Error {
  const name = decodeURIComponent(url.pathname.slice(1));
  const login = decodeURIComponent(url.username);
  if (error.code === "3D000")
    return new DatabaseProblem(`DATABASE_URL: there is no database "${name}" at ${url.host}.`);
  if (error.code?.startsWith("28")) {
    return new DatabaseProblem(
      `DATABASE_URL: PostgreSQL at ${url.host} refuses the login "${login}": ${error.message}.`,
    );
  }
  if (error instanceof pg.DatabaseError && !error.code?.startsWith("57P")) return error;
  const reason = error.code ?? error.message;
  return new DatabaseProblem(`DATABASE_URL: no PostgreSQL answers at ${url.host} (${reason}).`);
}
