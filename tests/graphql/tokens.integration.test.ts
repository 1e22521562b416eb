import { SignJWT } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { setClock } from "../../api/kernel/clock.ts";
import { newId } from "../../api/kernel/id.ts";
import { type Api, startApi } from "../support/api.ts";
import { doors } from "../support/line.ts";
import { type Credentials, visitorBearer } from "../support/bearers.ts";
import { globalId } from "../support/ids.ts";
import { takeStock } from "../support/rows.ts";
import { openSocket } from "../support/socket.ts";
import { begin } from "../support/story.ts";
import { addVisitor, SHOP } from "../support/world.ts";

let api: Api;
let own: string;

beforeAll(async () => {
  api = await startApi();
  own = globalId("Conversation", (await begin(api.world.hannah)).conversation.id);
});

const SEND = "mutation ($input: SendMessageInput!) { sendMessage(input: $input) { __typename } }";
const message = () => ({ input: { conversationId: own, clientId: newId(), body: "Hello" } });

type Given = Record<string, unknown>;

describe("a token", () => {
  const sign = (claims: Given, key: string) =>
    new SignJWT(claims).setProtectedHeader({ alg: "HS256" }).sign(new TextEncoder().encode(key.padEnd(32, "x")));

  /** The status and error over HTTP and SSE, and how WebSocket closed. All must say the same words. */
  async function turnedAway(as: Credentials) {
    const before = await takeStock();
    const { status, data, errors } = await api.ask(as, SEND, message());
    const stream = await api.stream(as, SEND, message());
    await stream.ended;
    expect([stream.status, JSON.parse(stream.text()).errors]).toEqual([status, errors]);
    const socket = await openSocket(api.socketUrl, { origin: as.origin });
    socket.send({ type: "connection_init", payload: { authorization: as.authorization } });
    const { code, reason } = await socket.closed;
    expect(socket.received).toEqual([]);
    expect(await takeStock()).toEqual(before);
    expect([data, reason]).toEqual([undefined, errors![0]!.message]);
    return { status, close: code, code: errors![0]!.extensions.code };
  }
  const unauthenticated = { status: 401, close: 4403, code: "UNAUTHENTICATED" };

  it("that has expired is refused", async () => {
    setClock(() => Date.now() - 16 * 60_000);
    const old = await visitorBearer(api.world.hannah);
    setClock();
    expect(await turnedAway(old)).toEqual(unauthenticated);
  });

  it("that was forged with another key, or tells its own algorithm, is refused", async () => {
    const { authorization } = api.as.hannah;
    const [head, body, signature] = authorization!.slice(7).split(".") as [string, string, string];
    const claims = JSON.parse(Buffer.from(body, "base64url").toString());
    const none = Buffer.from(JSON.stringify({ alg: "none" })).toString("base64url");
    const other = Buffer.from(JSON.stringify({ ...claims, cid: api.world.maria.contactId })).toString("base64url");
    const forged = [
      await sign(claims, "another key"),
      `${none}.${body}.`,
      `${head}.${other}.${signature}`,
      `${head}.${body}.`,
      "x.y.z",
      "bsd_pat_x",
    ];
    for (const token of forged)
      expect(await turnedAway({ authorization: `Bearer ${token}`, origin: SHOP })).toEqual(unauthenticated);
  });

  it.each(["Basic YTpi", "Bearer", "Bearer ", "bearer a b", `Bearer ${"x".repeat(5_000)}`])(
    "that is none (%s) is refused",
    async (authorization) => {
      expect(await turnedAway({ authorization: authorization.slice(0, 6_000), origin: SHOP })).toEqual(unauthenticated);
    },
  );

  it("of a visitor is refused on another page than its own, also on our own and without one", async () => {
    const { authorization } = api.as.hannah;
    for (const origin of [api.url, undefined]) {
      expect(await turnedAway({ authorization, origin })).toEqual({
        status: 403,
        close: 4403,
        code: "ORIGIN_NOT_ALLOWED",
      });
    }
  });

  it.each([
    "{ viewer { id } }",
    "{ conversations { nodes { id } } }",
    "{ eventCursor }",
    '{ node(id: "x") { id } }',
    '{ nodes(ids: ["x"]) { id } }',
    '{ conversation(id: "x") { id } }',
  ])("that is missing refuses %s over HTTP, WebSocket and SSE", async (query) => {
    for (const door of doors) {
      expect((await api.through(door, api.as.nobody, query)).errors![0]!.extensions.code).toBe("UNAUTHENTICATED");
    }
  });

  it.each(["WebSocket", "SSE"] as const)(
    "that is missing refuses a subscription over %s, and says so as an error of it",
    async (door) => {
      const { errors } = await api.through(door, api.as.nobody, "subscription { events { cursor } }");
      expect(errors![0]!.extensions.code).toBe("UNAUTHENTICATED");
    },
  );

  it("of an agent is refused on a page of a site on no list, and taken on the shop's, on our own and from a program", async () => {
    const { authorization } = api.as.ann;
    const as = { authorization, origin: "https://evil.example" };
    const before = await takeStock();
    for (const door of ["HTTP", "SSE"] as const) {
      const { data, errors } = await api.through(door, as, SEND, message());
      expect([data, errors![0]!.extensions.code]).toEqual([undefined, "ORIGIN_NOT_ALLOWED"]);
      for (const origin of [SHOP, api.url, undefined])
        expect((await api.through(door, { authorization, origin }, "{ viewer { name } }")).errors).toBeUndefined();
    }
    await expect(openSocket(api.socketUrl, as)).rejects.toMatchObject({ status: 403 });
    expect(await takeStock()).toEqual(before);
  });

  it("that was good ends its socket and its stream when it expires", async () => {
    const visitor = await addVisitor(api.world, "Passing");
    setClock(() => Date.now() - 15 * 60_000 + 1_500);
    const soonOver = await visitorBearer(visitor);
    setClock();
    const socket = await api.connect(soonOver);
    const stream = await api.stream(soonOver, "subscription { events { cursor } }");
    expect(await stream.ended).toBe(true);
    expect(stream.events()).toEqual([]);
    expect(await socket.closed).toEqual({ code: 4403, reason: "The token has expired." });
  });
});
