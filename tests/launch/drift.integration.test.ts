import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { driftOn, writeMigration } from "../../launch/drift.ts";
import { testDatabase } from "../support/database.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "beseda-drift-test-"));
  cpSync("prisma/schema.prisma", join(root, "prisma/schema.prisma"));
  cpSync("migrations", join(root, "migrations"), { recursive: true });
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

const urls = { main: (await testDatabase()).url, shadow: (await testDatabase()).url };
const drift = () => driftOn(root, urls);

describe("the drift check", () => {
  it("finds that the project's own schema and migrations agree", async () => {
    expect(await drift()).toBeUndefined();
  });

  it("tells a column that only the migrations know, and does not mind what a schema cannot say", async () => {
    writeMigration(
      root,
      "unsaid",
      `ALTER TABLE workspace ADD CONSTRAINT named CHECK (name <> ';');
       CREATE INDEX partial ON workspace (name) WHERE locale = 'ru';
       CREATE INDEX computed ON workspace (lower(name)); -- a semicolon; in a comment`,
    );
    expect(await drift()).toBeUndefined();
    writeMigration(root, "unwanted", "ALTER TABLE workspace ADD COLUMN colour text");
    expect(await drift()).toContain('DROP COLUMN "colour"');
  });

  it("tells the whole schema where there is no migration, and nothing once that is written down", async () => {
    rmSync(join(root, "migrations"), { recursive: true });
    const sql = await drift();
    expect(sql).toContain('CREATE TABLE "workspace"');
    expect(writeMigration(root, "all_at_once", sql!)).toMatch(/migrations\/\d{14}_all_at_once\/migration\.sql$/);
    expect(await drift()).toBeUndefined();
  });

  it("refuses to wipe the main database as its shadow", async () => {
    await expect(driftOn(root, { main: urls.main, shadow: `${urls.main}?x=1` })).rejects.toThrow(
      "must not be the main one",
    );
  });
});
