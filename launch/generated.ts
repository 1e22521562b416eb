import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { getIntrospectionQuery } from "graphql";
import { operations } from "../widget/operations.ts";
import { embedText } from "./embed.ts";

const contract = "widget/EMBED.md";
const knownDocuments = "api/edge/graphql/known-documents.json";

/** The committed files that are printed from code: each with its text as it should be. */
export async function generated(): Promise<Map<string, string>> {
  const { sdl } = await import("../api/schema.ts");
  const { exampleEnvironment } = await import("../api/config.ts");
  return new Map([
    ["api/schema.graphql", sdl],
    [".env.example", exampleEnvironment()],
    [contract, embedText(readFileSync(contract, "utf8"))],
    [knownDocuments, withOurs(readFileSync(knownDocuments, "utf8"))],
  ]);
}

/** The documents that were known before, since widgets of old stay in browsers, and those that our own pages send now. */
function withOurs(before: string): string {
  const sent = [...Object.values(operations), getIntrospectionQuery(graphiql)];
  const named = sent.map((text) => [`sha256:${createHash("sha256").update(text).digest("hex")}`, text]);
  return `${JSON.stringify({ ...JSON.parse(before), ...Object.fromEntries(named) }, null, 2)}\n`;
}

/** How GraphiQL asks for the schema, which it does before it has a token. */
const graphiql = { schemaDescription: false, inputValueDeprecation: false };
