import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createMigration, findDrift } from "../../launch/drift.ts";
import { schemaEngine } from "../../launch/schema-engine.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "beseda-drift-test-"));
  cpSync("prisma/schema.prisma", join(root, "prisma/schema.prisma"));
  cpSync("migrations", join(root, "migrations"), { recursive: true });
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Adds to the migrations what no schema asks for. */
function append(sql: string): void {
  const last = readdirSync(join(root, "migrations"))
    .filter((name) => /^\d/.test(name))
    .sort()
    .at(-1)!;
  cpSync(join(root, "migrations", last), join(root, "migrations", "99991231235959_more"), { recursive: true });
  writeFileSync(join(root, "migrations", "99991231235959_more", "migration.sql"), sql);
}

describe("the drift check", () => {
  it("finds that the project's own schema and migrations agree", async () => {
    expect(await findDrift(root)).toBeUndefined();
  });

  it("tells a column that only the migrations know, and does not mind what a schema cannot say", async () => {
    append(`
      ALTER TABLE workspace ADD CONSTRAINT named CHECK (name <> '');
      CREATE INDEX partial ON workspace (name) WHERE locale = 'ru';
      CREATE INDEX computed ON workspace (lower(name));
    `);
    expect(await findDrift(root)).toBeUndefined();
    append("ALTER TABLE workspace ADD COLUMN colour text");
    expect(await findDrift(root)).toContain('DROP COLUMN "colour"');
  });

  it("writes the missing migration, after which nothing is missing", async () => {
    rmSync(join(root, "migrations"), { recursive: true });
    expect(await createMigration("all_at_once", root)).toMatch(/migrations\/\d{14}_all_at_once\/migration\.sql$/);
    expect(await findDrift(root)).toBeUndefined();
    expect(await createMigration("nothing", root)).toBeUndefined();
  });

  it("refuses to wipe the main database as its shadow", async () => {
    const url = "postgres://ann@127.0.0.1:1/lumen";
    await expect(schemaEngine("", { main: url, shadow: `${url}?x=1` })).rejects.toThrow("must not be the main one");
  });
});
