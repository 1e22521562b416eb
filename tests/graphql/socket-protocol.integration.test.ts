import { request } from "node:http";
import { createClient } from "graphql-ws";
import { beforeAll, describe, expect, it } from "vitest";
import WebSocket from "ws";
import { type Api, startApi } from "../support/api.ts";
import { eventually } from "../support/eventually.ts";
import { type Handshake, type HandshakeRefused, openSocket, type TestSocket } from "../support/socket.ts";
import { begin, say } from "../support/story.ts";
import { SHOP } from "../support/world.ts";

let api: Api;

beforeAll(async () => {
  api = await startApi();
});

const open = (handshake?: Handshake) => openSocket(api.socketUrl, handshake);
const init = { type: "connection_init" };
const subscribe = (id: string, query = "{ __typename }") => ({ id, type: "subscribe", payload: { query } });

/** How the server closed a socket that was sent these messages. */
async function codeAfter(...messages: (object | string)[]): Promise<number> {
  const socket = await open();
  for (const message of messages) socket.send(message);
  return (await socket.closed).code;
}

describe("a handshake", () => {
  const statusOf = (handshake: Handshake) =>
    open(handshake).then(
      (socket) => {
        socket.close();
        return 101;
      },
      (fault) => (fault as HandshakeRefused).status,
    );

  it("is taken from the shop, from our own pages, and from a program, which sends no origin", async () => {
    expect(await statusOf({ origin: SHOP })).toBe(101);
    expect(await statusOf({ origin: api.url })).toBe(101);
    expect(await statusOf({})).toBe(101);
  });

  it.each([
    ["a foreign site", "https://evil.example"],
    ["an opaque origin", "null"],
    ["a site that ends in ours", `https://evil.example#${SHOP}`],
    ["a site that begins with ours", `${SHOP}.evil.example`],
    ["our name under another", "https://evilshop.lumen.example"],
    ["another scheme", SHOP.replace("https", "http")],
    ["upper case", SHOP.toUpperCase()],
    ["a default port", `${SHOP}:443`],
    ["a slash at the end", `${SHOP}/`],
  ])("is refused as 403 from %s", async (_what, origin) => {
    expect(await statusOf({ origin })).toBe(403);
  });

  it("is refused from a foreign site also with a cookie or a token in its headers", async () => {
    const headers = { cookie: "beseda_session=x; __Host-beseda=x", ...(api.as.ann as Record<string, string>) };
    expect(await statusOf({ origin: "https://evil.example", headers })).toBe(403);
  });

  it("is refused as 404 anywhere else", async () => {
    await expect(openSocket(`${api.socketUrl}/other`)).rejects.toMatchObject({ status: 404 });
  });

  it.each(["graphql-ws", "soap", "graphql-transport-ws2"])(
    "in the subprotocol %s alone is closed with 4406",
    async (protocol) => {
      expect(await closeCodeIn(protocol)).toBe(4406);
    },
  );

  it("without a subprotocol is closed with 4406", async () => {
    const socket = await open({ protocol: [] });
    expect((await socket.closed).code).toBe(4406);
  });

  it("may offer other subprotocols beside ours", async () => {
    const socket = await open({ protocol: ["graphql-ws", "graphql-transport-ws"] });
    expect(socket.socket.protocol).toBe("graphql-transport-ws");
    socket.close();
  });
});

describe("a socket", () => {
  it("is closed with 4401 for a subscribe before connection_init", async () => {
    expect(await codeAfter(subscribe("1"))).toBe(4401);
  });

  it("is closed with 4401 for a subscribe before the acknowledgement", async () => {
    const { authorization } = api.as.ann;
    expect(await codeAfter({ ...init, payload: { authorization } }, subscribe("1"))).toBe(4401);
  });

  it("is closed with 4429 for a second connection_init, also before the first was acknowledged", async () => {
    expect(await codeAfter(init, init)).toBe(4429);
    const socket = await api.connect(api.as.ann);
    socket.send(init);
    expect((await socket.closed).code).toBe(4429);
  });

  it("is closed with 4409 for a second operation under an id in use", async () => {
    const socket = await api.connect(api.as.ann);
    for (const _twice of [1, 2]) socket.send(subscribe("same", "subscription { events { cursor } }"));
    expect((await socket.closed).code).toBe(4409);
  });

  it("is closed with 4408 when nothing is initialised in time", { timeout: 10_000 }, async () => {
    const socket = await open();
    expect((await socket.closed).code).toBe(4408);
  });

  it.each([
    ["garbage", "garbage"],
    ["an empty text", ""],
    ["a number", "1"],
    ["null", "null"],
    ["a batch", JSON.stringify([init, init])],
    ["no type", "{}"],
    ["an unknown type", { type: "start" }],
    ["a prototype's name as type", { type: "__proto__" }],
    ["another prototype's name as type", { type: "constructor" }],
    ["a message that only the server sends", { type: "connection_ack" }],
    ["a subscribe without payload", { id: "1", type: "subscribe" }],
    ["a subscribe without id", { type: "subscribe", payload: { query: "{ __typename }" } }],
    ["a subscribe with a query that is no text", { id: "1", type: "subscribe", payload: { query: 1 } }],
    [
      "a subscribe with variables that are no map",
      { id: "1", type: "subscribe", payload: { query: "{ __typename }", variables: 1 } },
    ],
    ["a payload that is no map", { type: "connection_init", payload: "Bearer x" }],
  ])("is closed with 4400 and nothing told for %s", async (_what, message) => {
    const socket = await open();
    socket.send(message);
    const { code, reason } = await socket.closed;
    expect(code).toBe(4400);
    expect(reason).toMatch(/^(Invalid message received|Unexpected message)$/);
    expect(socket.received).toEqual([]);
  });

  it("is closed with 4400 for bytes that are no text", async () => {
    const socket = await open();
    socket.socket.send(Buffer.from(JSON.stringify(init)), { binary: true });
    expect((await socket.closed).code).toBe(4400);
  });

  it("is closed for a message longer than any of ours, before it is read", async () => {
    const socket = await open();
    socket.send({ ...init, payload: { filler: "x".repeat(200_000) } });
    expect((await socket.closed).code).toBe(1009);
  });

  it("is closed with 4403 for a token that is not good, with the words that HTTP says too", async () => {
    const bad = { authorization: "Bearer bsd_pat_nothing" };
    const { errors } = await api.ask(bad, "{ __typename }");
    const socket = await open();
    socket.send({ ...init, payload: bad });
    expect(await socket.closed).toEqual({ code: 4403, reason: errors![0]!.message });
  });

  it("answers a ping, also before it is initialised", async () => {
    const socket = await open();
    socket.send({ type: "ping", payload: { at: 1 } });
    expect(await eventually(() => socket.received[0])).toEqual({ type: "pong", payload: { at: 1 } });
    socket.close();
  });

  it("answers a ping of the WebSocket itself with its own words", async () => {
    const { socket, close } = await open();
    const words = new Promise((resolve) => socket.once("pong", (bytes) => resolve(String(bytes))));
    socket.ping("Are you there?");
    expect(await words).toBe("Are you there?");
    close();
  });

  it("sends nothing of an operation after its complete", async () => {
    const { conversation } = await begin(api.world.hannah);
    const socket = await api.connect(api.as.hannah);
    const [stopped, going] = [socket.follow(FOLLOW), socket.follow(FOLLOW)];
    await told(socket);
    stopped.stop();
    await socket.ask("{ __typename }");
    await say(api.world.ann, conversation.id, "Hello");
    await eventually(() => going.answers.length > 0);
    expect(stopped.answers).toEqual([]);
  });

  it("holds up to 50 operations, and refuses one more without closing", async () => {
    const socket = await api.connect(api.as.ann);
    const open = Array.from({ length: 51 }, () => socket.follow(FOLLOW));
    const errors = await eventually(() => open[50]!.answers[0]?.errors);
    expect(errors[0]!.extensions.code).toBe("TOO_MANY_OPERATIONS");
    expect(open.slice(0, 50).flatMap((one) => one.answers)).toEqual([]);
  });

  it("serves the unmodified client of graphql-ws", async () => {
    const { conversation } = await begin(api.world.maria);
    const { origin, authorization } = api.as.maria;
    class FromShop extends WebSocket {
      constructor(url: string, protocols: string) {
        super(url, protocols, { origin });
      }
    }
    const client = createClient({ url: api.socketUrl, webSocketImpl: FromShop, connectionParams: { authorization } });
    const events = client.iterate<{ events: { message?: { body: string } } }>({ query: FOLLOW });
    const hello = (async () => {
      for await (const { data } of events) if (data?.events.message?.body === "Hello, Мария") return "heard";
    })();
    const query = client.iterate({ query: "{ viewer { name } }" });
    expect((await query.next()).value).toMatchObject({ data: { viewer: { name: "Мария" } } });
    await say(api.world.ann, conversation.id, "Hello, Мария");
    expect(await hello).toBe("heard");
    await client.dispose();
  });
});

/** The code of the frame that closes a socket; asked by hand, since clients hang up on a server that chose no protocol of theirs. */
function closeCodeIn(protocol: string): Promise<number> {
  const headers = {
    ...{ connection: "Upgrade", upgrade: "websocket", "sec-websocket-version": "13" },
    ...{ "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==", "sec-websocket-protocol": protocol },
  };
  return new Promise((resolve, reject) => {
    const asked = request(`${api.url}/graphql`, { headers });
    asked.on("upgrade", (_response, socket, head) => {
      const read = (frame: Buffer) => {
        socket.destroy();
        resolve(frame[0] === 0x88 ? frame.readUInt16BE(2) : 0);
      };
      if (head.length > 0) read(head);
      else socket.once("data", read);
    });
    asked.on("error", reject).end();
  });
}

const FOLLOW = "subscription { events { ... on MessageSent { message { body } } } }";

/** Settles when what the socket was sent before has been taken up: messages are read in turn. */
async function told(socket: TestSocket): Promise<void> {
  await socket.ask("{ eventCursor }");
}
