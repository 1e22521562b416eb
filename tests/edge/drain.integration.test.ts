import { beforeAll, describe, expect, it } from "vitest";
import { inTransaction, sql } from "../../api/kernel/database.ts";
import { agentBearer, type Credentials } from "../support/bearers.ts";
import { openStream } from "../support/event-stream.ts";
import { eventually } from "../support/eventually.ts";
import { globalId } from "../support/ids.ts";
import { type ServerProcess, startProcess } from "../support/process.ts";
import { openSocket } from "../support/socket.ts";
import { begin, say } from "../support/story.ts";
import { openWorld } from "../support/open-world.ts";
import type { World } from "../support/world.ts";

const FOLLOW = "subscription { events { __typename } }";
const SEND = `mutation ($id: ID!, $clientId: String!) {
  sendMessage(input: { conversationId: $id, clientId: $clientId, body: "Meanwhile" }) { __typename }
}`;

let world: World & { databaseUrl: string };
let ann: Credentials;

beforeAll(async () => {
  world = await openWorld();
  ann = await agentBearer(world.ann);
});

function post({ url }: ServerProcess, query: string, variables = {}): Promise<Response> {
  const headers = { "content-type": "application/json", authorization: ann.authorization! };
  return fetch(`${url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query, variables }) });
}

/** Holds the row of a conversation, or of its ticket, until it is let go. */
async function hold(table: "conversation" | "ticket", conversationId: string): Promise<() => Promise<void>> {
  const letGo = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  const holding = inTransaction(async (tx) => {
    if (table === "ticket") await tx.sql`SELECT FROM ticket WHERE conversation_id = ${conversationId} FOR UPDATE`;
    else await tx.sql`SELECT FROM conversation WHERE id = ${conversationId} FOR UPDATE`;
    held.resolve();
    await letGo.promise;
  });
  await held.promise;
  return () => {
    letGo.resolve();
    return holding;
  };
}

/** A statement somewhere waits for what is held. */
async function isWaitedFor(): Promise<void> {
  await eventually(async () => {
    const waiting = await sql`
      SELECT FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND datname = current_database()`;
    return waiting.length > 0;
  });
}

describe("a process that is asked to end", () => {
  it("says so at /ready at once, serves on for a while, sends streams and sockets away, and answers what is open", async () => {
    const process = await startProcess({ DATABASE_URL: world.databaseUrl, SHUTDOWN_DELAY_SECONDS: "1" });
    const headers = { "content-type": "application/json", ...ann } as Record<string, string>;
    const stream = await openStream(`${process.url}/graphql`, { headers, body: JSON.stringify({ query: FOLLOW }) });
    const sockets = await Promise.all([1, 2, 3].map(() => openSocket(`ws://127.0.0.1:${process.port}/graphql`)));
    const { conversation } = await begin(world.hannah);
    const letGo = await hold("conversation", conversation.id);
    const input = { id: globalId("Conversation", conversation.id), clientId: conversation.id };
    const answer = post(process, SEND, input);
    await isWaitedFor();

    const ended = process.end();
    const ready = await eventually(async () => {
      const asked = await fetch(`${process.url}/ready`);
      return asked.ok ? undefined : asked;
    });
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ ok: false, parts: { process: { state: "stopping" } } });
    const query = await post(process, "{ viewer { name } }");
    expect(query.status).toBe(200);
    expect(query.headers.get("connection")).toBe("close");

    const told = (await Promise.all(sockets.map(({ closed }) => closed))).map(({ code, reason }) => {
      expect(code).toBe(1012);
      return Number(/^retry: (\d+)$/.exec(reason)![1]);
    });
    expect(await stream.ended).toBe(true);
    for (const ms of [...told, stream.retry()]) {
      expect(ms).toBeGreaterThanOrEqual(1_000);
      expect(ms).toBeLessThan(5_000);
    }
    expect(new Set(told).size).toBeGreaterThan(1);
    await expect(fetch(`${process.url}/health`)).rejects.toThrow();

    await letGo();
    expect(await (await answer).json()).toMatchObject({ data: { sendMessage: { __typename: "SendMessagePayload" } } });
    const { code, ms } = await ended;
    expect(code).toBe(0);
    expect(ms).toBeLessThan(5_000);
  });

  it("ends in time whatever hangs", async () => {
    const settings = { SHUTDOWN_SECONDS: "2", SHUTDOWN_DELAY_SECONDS: "0" };
    const { conversation } = await begin(world.hannah);
    await say(world.ann, conversation.id);
    const letGo = await hold("ticket", conversation.id);
    const process = await startProcess({ DATABASE_URL: world.databaseUrl, ...settings });
    // What its listener hears now wants the ticket.
    await isWaitedFor();
    const { code, ms } = await process.end();
    await letGo();
    expect(code).toBe(1);
    expect(ms).toBeGreaterThan(1_900);
    expect(ms).toBeLessThan(4_000);
  });
});
