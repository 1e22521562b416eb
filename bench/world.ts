import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { migrate } from "../api/migrate.ts";
import { seedDemo } from "../launch/demo.ts";
import { startPostgres } from "../launch/embedded-postgres.ts";
import { freePort } from "../launch/ports.ts";
import { type Part, startPart } from "./part.ts";

/** The site whose visitors write. */
export const ORIGIN = "https://shop.example";

/** A visitor with a conversation of their own. */
export type Talk = { accessToken: string; conversationId: string };

/** A fresh installation to be measured: PostgreSQL as the product ships it, and the API in a process of its own. */
export type World = {
  databaseUrl: string;
  api: Part;
  port: number;
  agentToken: string;
  inboxKey: string;
  /** What was asked of PostgreSQL about its durability. */
  durability: string;
  /** Ends the API's process and starts another in its place. */
  restart: () => Promise<void>;
  close: () => Promise<void>;
};

/** Opens an empty shop in a temporary folder, with the product in the given part, set up otherwise where told; `close` removes everything. */
export async function openWorld(api = "api.ts", settings: Record<string, string> = {}): Promise<World> {
  const directory = mkdtempSync(join(tmpdir(), "beseda-bench-"));
  const opened = new AsyncDisposableStack();
  opened.defer(() => rmSync(directory, { recursive: true, force: true }));
  try {
    const postgres = await startPostgres({ directory: join(directory, "postgres") });
    opened.defer(() => postgres.stop());
    const furnished = await furnish(opened, { databaseUrl: postgres.url, directory, api, settings });
    return Object.assign(furnished, { close: () => opened.disposeAsync() });
  } catch (fault) {
    await opened.disposeAsync();
    throw fault;
  }
}

async function furnish(
  opened: AsyncDisposableStack,
  {
    databaseUrl,
    directory,
    api: file,
    settings,
  }: { databaseUrl: string; directory: string; api: string; settings: Record<string, string> },
) {
  await migrate(databaseUrl);
  const { inboxKey, integratorToken } = await seedDemo({
    databaseUrl,
    stateFolder: directory,
    shopOrigin: ORIGIN,
    isEmpty: true,
    remembered: undefined,
  });
  const port = await freePort();
  const startApi = async () => {
    const api = await startPart(file, {
      ...{
        DATABASE_URL: databaseUrl,
        PORT: String(port),
        STATE_DIR: directory,
        SECRET: "s".repeat(48),
        LOG_LEVEL: "warn",
      },
      // The load comes from one address, faster than limits let anyone.
      ...{ RATE_LIMITS: "off", DOCUMENTS: "any", SOCKETS_PER_SECOND: "100000" },
      // Production, as its competitors run; nobody signs in here, so its identity provider is never asked.
      ...{ PUBLIC_URL: "https://beseda.example", OIDC_ISSUER: "https://sso.example", REDIS_URL: "" },
      ...settings,
    });
    await api.ask("ready");
    return api;
  };
  const world = {
    ...{ databaseUrl, port, agentToken: integratorToken, inboxKey },
    durability: await durabilityOf(databaseUrl),
    api: await startApi(),
    restart: async () => {
      await world.api.stop();
      world.api = await startApi();
    },
  };
  opened.defer(() => world.api.stop());
  return world;
}

async function durabilityOf(databaseUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query(
    "SELECT name || '=' || setting AS setting FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes', 'server_version') ORDER BY name",
  );
  await client.end();
  return rows.map((row) => row.setting).join(", ");
}

/** Asks the API over HTTP; throws what it answered when that is not the wanted payload. */
export async function ask<T>(world: World, query: string, input: unknown, accessToken?: string): Promise<T> {
  const response = await fetch(`http://127.0.0.1:${world.port}/graphql`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      origin: ORIGIN,
      ...(accessToken && { authorization: `Bearer ${accessToken}` }),
    },
    body: JSON.stringify({ query, variables: { input } }),
  });
  const { data, errors } = (await response.json()) as {
    data?: Record<string, { __typename: string }>;
    errors?: unknown;
  };
  const result = Object.values(data ?? {})[0];
  if (!result?.__typename.endsWith("Payload")) throw new Error(JSON.stringify(errors ?? result));
  return result as T;
}

const VISIT =
  "mutation ($input: StartVisitInput!) { startVisit(input: $input) { __typename ... on StartVisitPayload { visit { accessToken } } } }";
const START =
  "mutation ($input: StartConversationInput!) { startConversation(input: $input) { __typename ... on StartConversationPayload { conversation { id } } } }";

/** Lets that many visitors in, each of whom begins a conversation. Their tokens are good for 15 minutes. */
export async function startTalks(world: World, count: number): Promise<Talk[]> {
  const talks: Talk[] = [];
  const startOne = async (number: number): Promise<void> => {
    const { visit } = await ask<{ visit: { accessToken: string } }>(world, VISIT, {
      inboxKey: world.inboxKey,
      clientId: `visit-${number}`,
    });
    const input = { clientId: `first-${number}`, body: "Hello, my lamp flickers." };
    const { conversation } = await ask<{ conversation: { id: string } }>(world, START, input, visit.accessToken);
    talks.push({ accessToken: visit.accessToken, conversationId: conversation.id });
  };
  for (let begun = 0; begun < count; begun += 16) {
    await Promise.all(Array.from({ length: Math.min(16, count - begun) }, (_, index) => startOne(begun + index)));
  }
  return talks;
}
