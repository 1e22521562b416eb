import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum as Column,
  type ColumnType,
  type SqlDriverAdapter,
  type SqlQuery,
} from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import type pg from "pg";
import pgTypes from "pg-types";

type Parser = (text: string) => unknown;
const textArray = pgTypes.getTypeParser(1009) as (text: string) => string[];
const same: Parser = (text) => text;
const isoInstant: Parser = (text) => text.replace(" ", "T").replace(/([+-]\d\d)$/, "$1:00");

/**
 * The types PostgreSQL's catalogues use, by OID, as the engine wants them: adapter-pg cannot read "char", name and oid
 * (prisma/orm#27403).
 */
const catalogueTypes: Record<number, [ColumnType, Parser]> = {
  16: [Column.Boolean, (text) => text === "t"], //             bool
  18: [Column.Character, (text) => text || "\0"], //           "char"
  19: [Column.Text, same], //                                  name
  20: [Column.Int64, same], //                                 int8
  21: [Column.Int32, Number], //                               int2
  23: [Column.Int32, Number], //                               int4
  25: [Column.Text, same], //                                  text
  26: [Column.Int64, same], //                                 oid
  194: [Column.Text, same], //                                 pg_node_tree
  700: [Column.Float, Number], //                              float4
  701: [Column.Double, Number], //                             float8
  1000: [Column.BooleanArray, textArray],
  1002: [Column.CharacterArray, (text) => textArray(text).map((character) => character || "\0")],
  1003: [Column.TextArray, textArray], //                      name[]
  1005: [Column.Int32Array, (text) => textArray(text).map(Number)],
  1007: [Column.Int32Array, (text) => textArray(text).map(Number)],
  1009: [Column.TextArray, textArray],
  1015: [Column.TextArray, textArray], //                      varchar[]
  1016: [Column.Int64Array, textArray],
  1028: [Column.Int64Array, textArray], //                     oid[]
  1042: [Column.Text, same], //                                char(n)
  1043: [Column.Text, same], //                                varchar
  1114: [Column.DateTime, isoInstant],
  1184: [Column.DateTime, isoInstant],
  1700: [Column.Numeric, same],
};

/**
 * Prisma's schema engine in WebAssembly, which needs no download, for a datamodel text. It replays migrations in the
 * shadow database, wiping it first; that must be another one than the main database, to which nothing is written.
 */
export async function schemaEngine(datamodel: string, urls: { main: string; shadow: string }) {
  if (sameDatabase(urls.main, urls.shadow))
    throw new Error("The shadow database is wiped: it must not be the main one.");
  instantiate();
  const main = new PrismaPg({ connectionString: urls.main });
  const shadow = new PrismaPg({ connectionString: urls.shadow });
  const adapter = bindMigrationAwareSqlAdapterFactory({
    provider: main.provider,
    adapterName: main.adapterName,
    connect: async () => readingCatalogues(await main.connect()),
    connectToShadowDb: async () => {
      const connection = await shadow.connect();
      await connection.executeScript("DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public;");
      return readingCatalogues(connection);
    },
  });
  return await bindings.SchemaEngine.new({ datamodels: [["schema.prisma", datamodel]] }, () => {}, adapter);
}

let isInstantiated = false;

/**
 * The package's own entry expects a bundler that imports .wasm; Node is given the module by hand. Once only: the bindings
 * keep views of the first instance's memory.
 */
function instantiate(): void {
  if (isInstantiated) return;
  isInstantiated = true;
  const require = createRequire(import.meta.url);
  const folder = dirname(require.resolve("@prisma/schema-engine-wasm"));
  const module = new WebAssembly.Module(readFileSync(join(folder, "schema_engine_bg.wasm")));
  const imports = { "./schema_engine_bg.js": bindings as unknown as WebAssembly.ModuleImports };
  const instance = new WebAssembly.Instance(module, imports);
  const own = bindings as unknown as { __wbg_set_wasm(exports: WebAssembly.Exports): void };
  own.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as (() => void) | undefined)?.();
}

function sameDatabase(one: string, other: string): boolean {
  const [a, b] = [new URL(one), new URL(other)];
  return a.host === b.host && a.pathname === b.pathname;
}

function readingCatalogues(adapter: SqlDriverAdapter): SqlDriverAdapter {
  const { client } = adapter as unknown as { client: pg.Pool };
  const types = { getTypeParser: (oid: number) => catalogueTypes[oid]?.[1] ?? same };
  adapter.queryRaw = async ({ sql, args }: SqlQuery) => {
    const result = await client.query({ text: sql, values: args, rowMode: "array", types } as pg.QueryArrayConfig);
    return {
      columnNames: result.fields.map((field) => field.name),
      columnTypes: result.fields.map((field) => catalogueTypes[field.dataTypeID]?.[0] ?? Column.Text),
      rows: result.rows,
    };
  };
  // adapter-pg cuts a script at every semicolon, those in comments and texts too.
  adapter.executeScript = async (script) => {
    await client.query(script);
  };
  return adapter;
}
