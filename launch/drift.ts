import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { schemaEngine } from "./schema-engine.ts";
import { startThrowaway } from "./throwaway.ts";

const schemaFile = "prisma/schema.prisma";
const folder = "migrations";
const lockFile = { path: "migration_lock.toml", content: 'provider = "postgresql"\n' };

/**
 * The SQL that would bring the database made by `migrations/` to `prisma/schema.prisma`; undefined when they agree.
 * Things a Prisma schema cannot say (checks, partial indexes, roles, grants) are not compared. Works on a throwaway
 * PostgreSQL, so that no database of anyone is read or wiped.
 */
export async function findDrift(root = "."): Promise<string | undefined> {
  const { postgres, stop } = await startThrowaway();
  try {
    return await driftOn(root, { main: postgres.url, shadow: await makeShadow(postgres.url) });
  } finally {
    await stop();
  }
}

/** The same on two given databases, of which the shadow is wiped; they must not be one. */
export async function driftOn(root: string, urls: { main: string; shadow: string }): Promise<string | undefined> {
  const content = readFileSync(join(root, schemaFile), "utf8");
  const engine = await schemaEngine(content, urls);
  const filters = { externalTables: [], externalEnums: [] };
  const { stdout, exitCode } = await engine.diff({
    from: { tag: "migrations", ...migrationList(join(root, folder)) },
    to: { tag: "schemaDatamodel", files: [{ path: schemaFile, content }] },
    script: true,
    shadowDatabaseUrl: null,
    exitCode: true,
    filters,
  } as Parameters<typeof engine.diff>[0]);
  return exitCode === 2 ? (stdout ?? "") : undefined;
}

/** Writes SQL as the newest migration, to be read before it is committed, and answers its file. */
export function writeMigration(root: string, name: string, sql: string): string {
  const stamp = new Date().toISOString().replaceAll(/\D/g, "").slice(0, 14);
  const directory = join(root, folder, `${stamp}_${name}`);
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "migration.sql"), sql);
  writeFileSync(join(root, folder, lockFile.path), lockFile.content);
  return join(directory, "migration.sql");
}

async function makeShadow(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("CREATE DATABASE shadow");
  await client.end();
  return Object.assign(new URL(url), { pathname: "/shadow" }).href;
}

function migrationList(baseDir: string) {
  const names = existsSync(baseDir) ? readdirSync(baseDir).filter((name) => /^\d+_/.test(name)) : [];
  return {
    baseDir,
    lockfile: lockFile,
    shadowDbInitScript: "",
    migrationDirectories: names.sort().map((path) => {
      const value = readFileSync(join(baseDir, path, "migration.sql"), "utf8");
      return { path, migrationFile: { path: "migration.sql", content: { tag: "ok", value } } };
    }),
  };
}

if (import.meta.main) {
  const [verb, name] = process.argv.slice(2);
  if (verb === "create" && /^[a-z0-9_]+$/.test(name ?? "")) {
    const sql = await findDrift();
    const told = sql && `${writeMigration(".", name as string, sql)} is written: read it before you commit it.`;
    process.stdout.write(`${told ?? "Nothing to migrate."}\n`);
  } else if (verb === "check") {
    const sql = await findDrift();
    if (sql !== undefined) process.stderr.write(`prisma/schema.prisma and migrations/ disagree by:\n${sql}\n`);
    process.exitCode = sql === undefined ? 0 : 1;
  } else {
    process.stderr.write(
      "Usage: npm run migration -- NAME (lower-case letters, digits, underscores), or drift.ts check.\n",
    );
    process.exitCode = 2;
  }
}
