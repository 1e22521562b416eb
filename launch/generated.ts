import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { getIntrospectionQuery } from "graphql";
import { documents } from "../widget/documents.ts";
import { embedText } from "./embed.ts";

const contract = "widget/EMBED.md";
const commandsDocs = "docs/commands.md";
const knownDocuments = "api/edge/graphql/known-documents.json";
const documentIds = "widget/document-ids.ts";

/** The committed files that are printed from code: each with its text as it should be. */
export async function generated(): Promise<Map<string, string>> {
  const { sdl } = await import("../api/schema.ts");
  const { exampleEnvironment } = await import("../api/config.ts");
  const { commandsPage } = await import("./commands-page.ts");
  return new Map([
    ["api/schema.graphql", sdl],
    [".env.example", exampleEnvironment()],
    [contract, embedText(readFileSync(contract, "utf8"))],
    [commandsDocs, commandsPage(readFileSync(commandsDocs, "utf8"))],
    [knownDocuments, withOurs(readFileSync(knownDocuments, "utf8"))],
    [documentIds, idsText()],
  ]);
}

/** The documents that were known before, since widgets of old stay in browsers, and those that our own pages send now. */
function withOurs(before: string): string {
  const introspection = getIntrospectionQuery(graphiql);
  const named = {
    ...Object.fromEntries(Object.values(documents).map((text) => [idOf(text), text])),
    [`sha256:${sha256(introspection).toString("hex")}`]: introspection,
  };
  return `${JSON.stringify({ ...JSON.parse(before), ...named }, null, 2)}\n`;
}

function idsText(): string {
  const lines = Object.entries(documents).map(([name, text]) => `  ${name}: "${idOf(text)}",\n`);
  return `/** What the API knows the widget's documents by: printed from documents.ts by \`npm run generate\`. */
export const documentIds = {\n${lines.join("")}};\n`;
}

/** So much of a hash as tells the documents of all releases apart: each character is one of the widget's bytes. */
function idOf(text: string): string {
  return sha256(text).toString("base64url").slice(0, 8);
}

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

/** How GraphiQL asks for the schema, which it does before it has a token. */
const graphiql = { schemaDescription: false, inputValueDeprecation: false };
