import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, inject, it, onTestFinished } from "vitest";
import { migrate } from "../../api/migrate.ts";
import { testDatabase } from "../support/database.ts";

const { url: emptied } = await testDatabase();
let folder: string;
let url: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "beseda-migrations-"));
  url = await blankDatabase();
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The template is migrated already, and these tests begin before the first migration. */
async function blankDatabase(): Promise<string> {
  for (const schema of ["public", "graphile_worker"]) await asOwner(emptied, `DROP SCHEMA IF EXISTS ${schema} CASCADE`);
  await asOwner(emptied, "CREATE SCHEMA public");
  return emptied;
}

function write(name: string, sql: string): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, "migration.sql"), sql);
}

async function asOwner(on: string, statement: string, options = ""): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: on, options });
  await client.connect();
  const { rows } = await client.query(statement).finally(() => client.end());
  return rows;
}

const asApplication = (statement: string) => asOwner(url, statement, "-c role=beseda_app");
const history = () =>
  asOwner(
    url,
    "SELECT migration_name, checksum, finished_at IS NOT NULL AS done, applied_steps_count FROM _prisma_migrations",
  );

describe("migrate", () => {
  it("applies each migration once, in the order of the names, and keeps Prisma's history", async () => {
    write("2_second", "ALTER TABLE lamp ADD COLUMN watts int");
    write("1_first", "CREATE TABLE lamp (id int PRIMARY KEY)");
    expect(await migrate(url, folder)).toEqual(["1_first", "2_second"]);
    expect(await migrate(url, folder)).toEqual([]);
    const checksum = createHash("sha256").update("CREATE TABLE lamp (id int PRIMARY KEY)").digest("hex");
    expect((await history())[0]).toEqual({ migration_name: "1_first", checksum, done: true, applied_steps_count: 1 });
  });

  it("lets only one of several processes migrate, while the others wait and find it done", async () => {
    write("1_first", "SELECT pg_sleep(0.3); CREATE TABLE lamp (id int)");
    const applied = await Promise.all([1, 2, 3].map(() => migrate(url, folder)));
    expect(applied.flat()).toEqual(["1_first"]);
  });

  it("refuses a migration that was edited after it had been applied", async () => {
    write("1_first", "CREATE TABLE lamp (id int)");
    await migrate(url, folder);
    write("1_first", "CREATE TABLE lamp (id bigint)");
    await expect(migrate(url, folder)).rejects.toThrow(
      /^The migration 1_first was edited after it had been applied: [^.]+\.$/,
    );
  });

  it("refuses a database that is newer than its own folder", async () => {
    write("1_first", "CREATE TABLE lamp (id int)");
    await migrate(url, folder);
    rmSync(join(folder, "1_first"), { recursive: true });
    await expect(migrate(url, folder)).rejects.toThrow(
      "The database has the migration 1_first, which this version does not know",
    );
  });

  it("leaves nothing of a migration that fails, and applies it when it is mended", async () => {
    write("1_first", "CREATE TABLE lamp (id int); SELECT 1/0");
    await expect(migrate(url, folder)).rejects.toThrow("The migration 1_first failed: division by zero.");
    expect(await history()).toEqual([]);
    write("1_first", "CREATE TABLE lamp (id int)");
    expect(await migrate(url, folder)).toEqual(["1_first"]);
  });

  it("runs a marked migration outside a transaction, also while another process waits its turn", async () => {
    write("1_first", "CREATE TABLE lamp (id int)");
    write("2_index", "-- beseda: no transaction\nCREATE INDEX CONCURRENTLY lamp_id ON lamp (id)");
    const applied = await Promise.all([migrate(url, folder), migrate(url, folder)]);
    expect(applied.flat()).toEqual(["1_first", "2_index"]);
  });

  it("stops at a marked migration that failed, until somebody has looked at it", async () => {
    write("1_index", "-- beseda: no transaction\nCREATE INDEX CONCURRENTLY lamp_id ON nothing (id)");
    await expect(migrate(url, folder)).rejects.toThrow(
      'The migration 1_index failed: relation "nothing" does not exist.',
    );
    await expect(migrate(url, folder)).rejects.toThrow("The migration 1_index failed half-way");
    await asOwner(url, "UPDATE _prisma_migrations SET rolled_back_at = now()");
    write("1_index", "-- beseda: no transaction\nSELECT 1");
    expect(await migrate(url, folder)).toEqual(["1_index"]);
  });

  it.each([
    [
      "a server that does not answer",
      "postgres://ann@127.0.0.1:1/lumen",
      /^DATABASE_URL: no PostgreSQL answers at 127\.0\.0\.1:1/,
    ],
    ["something that is no address", "lumen", /^DATABASE_URL is not an address like/],
    ["another kind of address", "https://lumen.example", /^DATABASE_URL is not an address like/],
  ])("says in one sentence that DATABASE_URL names %s", async (_what, address, sentence) => {
    await expect(migrate(address)).rejects.toThrow(sentence);
  });

  it("says in one sentence that the login or the database is unknown, and never tells the password", async () => {
    const known = new URL(inject("postgresUrl"));
    const stranger = Object.assign(new URL(known), { username: "stranger" });
    await expect(migrate(stranger.href)).rejects.toThrow(
      /^DATABASE_URL: PostgreSQL at \S+ refuses the login "stranger"/,
    );
    const elsewhere = Object.assign(new URL(known), { pathname: "/elsewhere" });
    const refusal = await migrate(elsewhere.href).catch((error: Error) => error.message);
    expect(refusal).toMatch(/^DATABASE_URL: there is no database "elsewhere"/);
    expect(refusal).not.toContain(known.password);
  });
});

describe("the application's role", () => {
  beforeEach(async () => {
    write("1_first", "CREATE TABLE lamp (id int GENERATED ALWAYS AS IDENTITY, name text)");
    await migrate(url, folder);
  });

  it("reads and writes rows", async () => {
    await asApplication("INSERT INTO lamp (name) VALUES ('Halden')");
    await asApplication("UPDATE lamp SET name = 'Nida'");
    expect(await asApplication("SELECT name FROM lamp")).toEqual([{ name: "Nida" }]);
    await asApplication("DELETE FROM lamp");
  });

  it("uses the worker's tables, which row-level security closes to others", async () => {
    await asApplication("SELECT graphile_worker.add_job('mail')");
    expect(await asApplication("SELECT task_identifier FROM graphile_worker.jobs")).toEqual([
      { task_identifier: "mail" },
    ]);
  });

  it.each([
    ["make a table", "CREATE TABLE lampshade (id int)"],
    ["change a table", "ALTER TABLE lamp ADD COLUMN watts int"],
    ["drop a table", "DROP TABLE lamp"],
    ["empty a table past its triggers", "TRUNCATE lamp"],
    ["rewrite the history of migrations", "DELETE FROM _prisma_migrations"],
    ["make a role", "CREATE ROLE intruder"],
  ])("may not %s", async (_deed, statement) => {
    await expect(asApplication(statement)).rejects.toThrow(/permission denied|must be owner/);
  });

  it("is made again by a login that may, and asked for from one that may not", async () => {
    const login = `clerk_${process.pid}`;
    await asOwner(inject("postgresUrl"), `CREATE ROLE ${login} LOGIN PASSWORD 'lamp'; GRANT ${login} TO CURRENT_USER`);
    onTestFinished(async () => {
      await asOwner(emptied, `DROP OWNED BY ${login} CASCADE; DROP ROLE ${login}`);
    });
    await asOwner(
      url,
      `GRANT CREATE ON DATABASE ${new URL(url).pathname.slice(1)} TO ${login}; ALTER SCHEMA public OWNER TO ${login}`,
    );
    await asOwner(url, "DROP SCHEMA graphile_worker CASCADE; DROP TABLE lamp, _prisma_migrations");
    const clerk = Object.assign(new URL(url), { username: login, password: "lamp" }).href;
    await expect(migrate(clerk, folder)).rejects.toThrow(`GRANT beseda_app TO ${login};`);
  });
});
