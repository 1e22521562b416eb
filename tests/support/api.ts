import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, inject } from "vitest";
import { startServer } from "../../api/server.ts";
import { freePort } from "../../launch/ports.ts";
import { agentBearer, type Credentials, visitorBearer } from "./bearers.ts";
import { testDatabase } from "./database.ts";
import { openStream, type TestStream } from "./event-stream.ts";
import { type Door, openLine } from "./line.ts";
import { serverConfig } from "./server-config.ts";
import { type Answer, openSocket, type TestSocket } from "./socket.ts";
import { SHOP, seedWorld, type World } from "./world.ts";

type Cast = "ann" | "irina" | "ben" | "hannah" | "maria" | "intruder" | "stranger";

/** A running Beseda with the cast in it and a client for each of its doors. */
export type Api = {
  url: string;
  databaseUrl: string;
  socketUrl: string;
  world: World;
  /** Everyone's credentials; `nobody` has none, at the shop's site. */
  as: Record<Cast | "nobody", Credentials>;
  /** Asks over HTTP: POST, JSON. */
  ask: (as: Credentials, query: string, variables?: object) => Promise<Answer & { status: number }>;
  /** A socket past its `connection_init`, closed after the file. */
  connect: (as: Credentials) => Promise<TestSocket>;
  /** Asks for an event stream, by POST: a query, a mutation or a subscription. */
  stream: (as: Credentials, query: string, variables?: object, headers?: Record<string, string>) => Promise<TestStream>;
  /** Asks over any transport and answers what all can tell: data and errors. */
  through: (door: Door, as: Credentials, query: string, variables?: object) => Promise<Answer>;
};

type Options = { withRedis?: boolean; settings?: Record<string, string> };

/** Starts the real application with every role on a free port, on a fresh database, until the file ends. */
export async function startApi({ withRedis = false, settings = {} }: Options = {}): Promise<Api> {
  const database = await testDatabase();
  const stateDir = mkdtempSync(join(tmpdir(), "beseda-api-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = await startServer(
    serverConfig({
      ...{ databaseUrl: database.url, port, stateDir, settings },
      ...(withRedis && { redisUrl: inject("redisUrl") }),
    }),
  );
  const sockets: TestSocket[] = [];
  afterAll(async () => {
    for (const { socket } of sockets) socket.terminate();
    await server.close();
    rmSync(stateDir, { recursive: true, force: true });
  });
  const world = await seedWorld();
  return { url, databaseUrl: database.url, world, as: await credentials(world), ...clients(url, sockets) };
}

function clients(url: string, sockets: TestSocket[]) {
  const socketUrl = `${url.replace("http", "ws")}/graphql`;
  const ask: Api["ask"] = async (as, query, variables) => {
    const headers = { "content-type": "application/json", accept: "application/graphql-response+json", ...given(as) };
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers,
      body: JSON.stringify({ query, variables }),
    });
    return { status: response.status, ...((await response.json()) as Answer) };
  };
  const connect: Api["connect"] = async ({ authorization, origin }) => {
    const opened = await openSocket(socketUrl, { origin });
    sockets.push(opened);
    opened.send({ type: "connection_init", payload: authorization ? { authorization } : undefined });
    return opened;
  };
  const stream: Api["stream"] = (as, query, variables, headers) =>
    openStream(`${url}/graphql`, {
      headers: { "content-type": "application/json", ...given(as), ...headers },
      body: JSON.stringify({ query, variables }),
    });
  const through: Api["through"] = async (door, as, query, variables) => {
    const line = openLine(url, as);
    const { results, ended } = await line.ask(door, { query, variables });
    line.close();
    if (results.length !== 1) throw new Error(`There were ${results.length} results, then ${ended}.`);
    return results[0]!;
  };
  return { socketUrl, ask, stream, through, connect: (as: Credentials) => acknowledged(connect(as)) };
}

async function acknowledged(connecting: Promise<TestSocket>): Promise<TestSocket> {
  const socket = await connecting;
  if (socket.received.length > 0) return socket;
  await new Promise<void>((resolve, reject) => {
    socket.socket.once("message", () => resolve());
    void socket.closed.then(({ code, reason }) => reject(new Error(`Closed with ${code}: ${reason}`)));
  });
  return socket;
}

function given(as: Credentials): Record<string, string> {
  return Object.fromEntries(Object.entries(as).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

async function credentials(world: World): Promise<Api["as"]> {
  const { ann, irina, ben, intruder, hannah, maria, stranger } = world;
  return {
    ...{ ann: await agentBearer(ann), irina: await agentBearer(irina), ben: await agentBearer(ben) },
    ...{ intruder: await agentBearer(intruder), stranger: await visitorBearer(stranger) },
    ...{ hannah: await visitorBearer(hannah), maria: await visitorBearer(maria), nobody: { origin: SHOP } },
  };
}
