import { isDeepStrictEqual } from "node:util";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { apart, inTransaction, sql } from "../../api/kernel/database.ts";
import { followers, operations, registry } from "../../api/kernel/metrics.ts";
import { type Api, startApi } from "../support/api.ts";
import { eventually } from "../support/eventually.ts";
import { globalId } from "../support/ids.ts";
import { begin } from "../support/story.ts";

const FOLLOW = "subscription ($id: ID) { events(conversationId: $id) { __typename } }";

let api: Api;
let id: string;
let before: { followers: number; held: number };

beforeAll(async () => {
  api = await startApi();
  id = globalId("Conversation", (await begin(api.world.hannah)).conversation.id);
});

beforeEach(async () => {
  before = await kept();
});

/** What the process keeps for those who follow. */
async function kept(): Promise<{ followers: number; held: number }> {
  const held = await registry.getSingleMetric("beseda_rights_held")!.get();
  return { followers: (await followers.get()).values[0]?.value ?? 0, held: held.values[0]!.value };
}

const leavesNothing = () => eventually(async () => isDeepStrictEqual(await kept(), before));

/** Open TCP connections of this process, whichever end of them it is. */
const lines = () => process.getActiveResourcesInfo().filter((kind) => kind === "TCPSocketWrap").length;

/** Subscriptions that this process has opened or refused. */
async function subscriptions(): Promise<number> {
  const { values } = await operations.get();
  return values.filter(({ labels }) => labels.kind === "subscription").reduce((sum, { value }) => sum + value, 0);
}

/** Lets every look for a conversation wait until `work` is done, and awaits the one subscription that waited. */
async function whileOneWaits(work: { ask: () => void; leave: () => Promise<unknown> }): Promise<void> {
  const opened = await subscriptions();
  await inTransaction(async (tx) => {
    await tx.sql`LOCK TABLE conversation IN ACCESS EXCLUSIVE MODE`;
    await apart(async () => {
      work.ask();
      await eventually(async () => {
        const waiting = await sql`SELECT FROM pg_locks WHERE NOT granted AND relation = 'conversation'::regclass`;
        return waiting.length > 0;
      });
      await work.leave();
    });
  });
  await eventually(async () => (await subscriptions()) > opened);
}

describe("a client that leaves while its subscription is being opened", () => {
  it("leaves nothing behind when its socket is closed", async () => {
    const socket = await api.connect(api.as.ann);
    await whileOneWaits({
      ask: () => socket.follow(FOLLOW, { id }),
      leave: () => {
        socket.close();
        return socket.closed;
      },
    });
    await leavesNothing();
  });

  it("leaves nothing behind when its line breaks", async () => {
    const socket = await api.connect(api.as.ann);
    const { held } = await kept();
    await whileOneWaits({
      ask: () => socket.follow(FOLLOW, { id }),
      leave: () => {
        socket.socket.terminate();
        return eventually(async () => (await kept()).held < held);
      },
    });
    await leavesNothing();
  });

  it("is sent nothing when it has given the subscription up and stays", async () => {
    const socket = await api.connect(api.as.ann);
    const { held } = await kept();
    let stop = () => {};
    await whileOneWaits({
      ask: () => {
        stop = socket.follow(FOLLOW, { id }).stop;
      },
      leave: async () => {
        stop();
        await socket.ask("{ viewer { __typename } }");
      },
    });
    expect(await kept()).toEqual({ followers: before.followers, held });
    socket.close();
    await leavesNothing();
  });

  it("leaves nothing behind when its event stream is given up", async () => {
    const leaving = new AbortController();
    let gone: Promise<unknown> = Promise.resolve();
    await whileOneWaits({
      ask: () => {
        const authorization = api.as.ann.authorization!;
        const headers = { "content-type": "application/json", accept: "text/event-stream", authorization };
        const body = JSON.stringify({ query: FOLLOW, variables: { id } });
        gone = fetch(`${api.url}/graphql`, { method: "POST", headers, body, signal: leaving.signal }).catch(() => {});
      },
      leave: async () => {
        const open = lines();
        leaving.abort();
        await gone;
        // Its own end of the line, and the server's.
        await eventually(() => lines() <= open - 2);
      },
    });
    await leavesNothing();
  });
});
