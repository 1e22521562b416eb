import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, inject } from "vitest";
import { readConfig } from "../../api/config.ts";
import type { AgentActor, VisitorActor } from "../../api/kernel/actor.ts";
import { createPersonalToken } from "../../api/people/actions/create-personal-token.ts";
import type { TokenScope } from "../../api/people/token.ts";
import { issueVisit } from "../../api/people/visitor-token.ts";
import { startServer } from "../../api/server.ts";
import { freePort } from "../../launch/ports.ts";
import { testDatabase } from "./database.ts";
import { openStream, type TestStream } from "./event-stream.ts";
import { type Answer, openSocket, type TestSocket } from "./socket.ts";
import { granted } from "./story.ts";
import { SECRET, SHOP, seedWorld, type World } from "./world.ts";

/** What a caller brings: a bearer token and the site it calls from. */
export type Credentials = { authorization?: string | undefined; origin?: string | undefined };

type Cast = "ann" | "irina" | "ben" | "hannah" | "maria" | "intruder" | "stranger";

/** A running Beseda with the cast in it and a client for each of its doors. */
export type Api = {
  url: string;
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

/** The transports that must answer alike. */
export const doors = ["HTTP", "WebSocket", "SSE"] as const;
export type Door = (typeof doors)[number];

/** Starts the real application with every role on a free port, on a fresh database, until the file ends. */
export async function startApi({ withRedis = false } = {}): Promise<Api> {
  const database = await testDatabase();
  const stateDir = mkdtempSync(join(tmpdir(), "beseda-api-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = await startServer(
    readConfig({
      DATABASE_URL: database.url,
      ...(withRedis && { REDIS_URL: inject("redisUrl") }),
      ...{
        PORT: String(port),
        PUBLIC_URL: url,
        SECRET,
        STATE_DIR: stateDir,
        LOG_LEVEL: "silent",
        SHUTDOWN_SECONDS: "1",
      },
    }),
  );
  const sockets: TestSocket[] = [];
  afterAll(async () => {
    for (const { socket } of sockets) socket.terminate();
    await server.close();
    rmSync(stateDir, { recursive: true, force: true });
  });
  const world = await seedWorld();
  return { url, world, as: await credentials(world), ...clients(url, sockets) };
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
    if (door === "HTTP") {
      const { status: _status, ...answer } = await ask(as, query, variables);
      return answer;
    }
    if (door === "SSE") return toldBy(await stream(as, query, variables));
    const socket = await acknowledged(connect(as));
    const answer = await socket.ask(query, variables);
    socket.close();
    return answer;
  };
  return { socketUrl, ask, stream, through, connect: (as: Credentials) => acknowledged(connect(as)) };
}

/** The one result of a stream that is told out, or the JSON of a request that was answered with no stream. */
async function toldBy(stream: TestStream): Promise<Answer> {
  await stream.ended;
  if (stream.headers["content-type"] !== "text/event-stream") return JSON.parse(stream.text());
  const [next, complete, ...rest] = stream.events();
  if (next?.event !== "next" || complete?.event !== "complete" || rest.length > 0)
    throw new Error(`The stream told something else: ${stream.text()}`);
  return JSON.parse(next.data);
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

/** A personal token of the agent's, as a program carries it. */
export async function agentBearer(agent: AgentActor, scopes: TokenScope[] = ["read", "write"]): Promise<Credentials> {
  const { workspaceId, agentId } = agent;
  const made = await createPersonalToken({ workspaceId, agentId, name: "Test", scopes, lifetimeDays: 1 });
  return { authorization: `Bearer ${granted(made).token}` };
}

/** The visitor's access token, at the shop's site. */
export async function visitorBearer(visitor: VisitorActor): Promise<Credentials> {
  const { accessToken } = await issueVisit({ ...visitor, generation: 1 });
  return { authorization: `Bearer ${accessToken}`, origin: visitor.origin };
}
