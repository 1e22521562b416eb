import { beforeAll, describe, expect, inject, it } from "vitest";
import { sql } from "../../api/kernel/database.ts";
import { type Credentials, agentBearer } from "../support/bearers.ts";
import { openStream } from "../support/event-stream.ts";
import { eventually } from "../support/eventually.ts";
import { type ServerProcess, startProcess } from "../support/process.ts";
import { HandshakeRefused, openSocket, type TestSocket } from "../support/socket.ts";
import { begin, say } from "../support/story.ts";
import { openWorld } from "../support/open-world.ts";
import type { World } from "../support/world.ts";

const FOLLOW = "subscription { events { __typename ... on MessageSent { message { body } } } }";

let world: World;
let ann: Credentials;
let web: ServerProcess;
let socket: ServerProcess;
let start: (role: string) => Promise<ServerProcess>;

beforeAll(async () => {
  const opened = await openWorld();
  world = opened;
  ann = await agentBearer(world.ann);
  const settings = { DATABASE_URL: opened.databaseUrl, REDIS_URL: inject("redisUrl"), SHUTDOWN_DELAY_SECONDS: "0" };
  start = (role) => startProcess({ ...settings, ROLES: role });
  [web, socket] = await Promise.all([start("web"), start("socket")]);
}, 60_000);

const statusOf = async (url: string, init?: RequestInit) => (await fetch(url, { redirect: "manual", ...init })).status;

function graphql({ url }: ServerProcess, query: string): Promise<number> {
  const headers = { "content-type": "application/json", authorization: ann.authorization! };
  return statusOf(`${url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query }) });
}

function handshake({ port }: ServerProcess): Promise<TestSocket> {
  return openSocket(`ws://127.0.0.1:${port}/graphql`);
}

/** A socket of Ann's past its acknowledgement. */
async function connect(process: ServerProcess): Promise<TestSocket> {
  const opened = await handshake(process);
  opened.send({ type: "connection_init", payload: ann });
  await eventually(() => opened.received.length > 0);
  return opened;
}

async function partsOf({ url }: ServerProcess): Promise<Record<string, { ok: boolean; state: string }>> {
  return ((await (await fetch(`${url}/ready`)).json()) as { parts: Record<string, { ok: boolean; state: string }> })
    .parts;
}

describe("a process with the role", () => {
  it("web answers pages and GraphQL, and refuses WebSockets with 404", async () => {
    expect(await statusOf(`${web.url}/portal/inbox`)).toBe(302);
    expect(await graphql(web, "{ viewer { name } }")).toBe(200);
    await expect(handshake(web)).rejects.toEqual(new HandshakeRefused(404));
    expect(await partsOf(web)).toMatchObject({ process: { ok: true, state: "web" }, log: { ok: true } });
  });

  it("socket takes WebSockets, and has no pages and no GraphQL over HTTP", async () => {
    const opened = await connect(socket);
    expect(await opened.ask("{ viewer { name } }")).toMatchObject({ data: { viewer: { name: "Ann Lind" } } });
    opened.close();
    expect(await graphql(socket, "{ viewer { name } }")).toBe(404);
    for (const path of ["/portal", "/schema.graphql", "/widget/v1/loader.js"])
      expect(await statusOf(socket.url + path, { headers: { accept: "text/html" } })).toBe(404);
    expect(await partsOf(socket)).toMatchObject({ process: { ok: true, state: "socket" }, log: { ok: true } });
  });
});

it("brings a message through four processes, each of which does its own duty and no other's", async () => {
  const headers = { "content-type": "application/json", ...ann } as Record<string, string>;
  const stream = await openStream(`${web.url}/graphql`, { headers, body: JSON.stringify({ query: FOLLOW }) });
  const opened = await connect(socket);
  const following = opened.follow(FOLLOW);
  await opened.ask("{ eventCursor }");

  const { conversation } = await begin(world.hannah, "Is it in stock?");
  await say(world.ann, conversation.id, "Yes, twelve.");
  expect(await sql`SELECT FROM event`).toHaveLength(0);

  const sequencer = await start("sequencer");
  await eventually(() => stream.text().includes("Yes, twelve."));
  await eventually(() => JSON.stringify(following.answers).includes("Yes, twelve."));
  expect(await sql`SELECT FROM listener WHERE position > 0`).toHaveLength(0);
  expect(await sql`SELECT first_reply_at AS at FROM ticket`).toEqual([{ at: null }]);

  const worker = await start("worker");
  await eventually(async () => (await sql<{ at: Date }>`SELECT first_reply_at AS at FROM ticket`)[0]!.at);
  for (const [process, state] of [
    [sequencer, "sequencer"],
    [worker, "worker"],
  ] as const) {
    expect(await partsOf(process)).toMatchObject({
      process: { ok: true, state },
      log: { ok: true, state: "0 waiting" },
    });
    expect(await statusOf(`${process.url}/health`)).toBe(200);
    expect(await (await fetch(`${process.url}/metrics`)).text()).toContain("beseda_log_sequenced_total");
    expect(await graphql(process, "{ viewer { name } }")).toBe(404);
    expect(await statusOf(`${process.url}/portal`)).toBe(404);
    await expect(handshake(process)).rejects.toEqual(new HandshakeRefused(404));
  }
  opened.close();
});
