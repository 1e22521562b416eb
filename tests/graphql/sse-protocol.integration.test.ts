import { createClient } from "graphql-sse";
import { beforeAll, describe, expect, it } from "vitest";
import { newId } from "../../api/kernel/id.ts";
import { cursorOf } from "../../api/kernel/log/cursor.ts";
import { httpSeconds, renders } from "../../api/kernel/metrics.ts";
import { createPersonalToken } from "../../api/people/actions/create-personal-token.ts";
import { revokePersonalToken } from "../../api/people/actions/revoke-personal-token.ts";
import { type Api, startApi } from "../support/api.ts";
import type { Credentials } from "../support/bearers.ts";
import { openStream, type TestStream } from "../support/event-stream.ts";
import { eventually } from "../support/eventually.ts";
import { globalId } from "../support/ids.ts";
import { takeStock } from "../support/rows.ts";
import { begin, granted, note, say } from "../support/story.ts";
import { SHOP } from "../support/world.ts";

let api: Api;

beforeAll(async () => {
  api = await startApi();
});

const FOLLOW =
  "subscription ($after: String) { events(after: $after) { __typename cursor ... on MessageSent { message { body } } } }";
const TYPENAME =
  'event: next\ndata: {"data":{"__typename":"Query"},"extensions":{"cost":{"requested":11,"limit":50000}}}\n\nevent: complete\ndata: \n\n';

function get(parameters: Record<string, string>, as: Credentials = {}): Promise<TestStream> {
  return openStream(`${api.url}/graphql?${new URLSearchParams(parameters)}`, { method: "GET", headers: { ...as } });
}

/** A subscription that begins before anything that follows. */
async function follow(as: Credentials, variables?: object, headers?: Record<string, string>): Promise<TestStream> {
  const stream = await api.stream(as, FOLLOW, variables, headers);
  expect(stream.status).toBe(200);
  return stream;
}

/** A conversation whose beginning everyone has been told of. */
async function begun(who: "hannah" | "maria"): Promise<string> {
  const stream = await follow(api.as[who]);
  const { conversation } = await begin(api.world[who], "I begin.");
  await eventually(() => bodiesOf(stream).includes("I begin."));
  stream.close();
  return conversation.id;
}

const eventsOf = (stream: TestStream) => stream.events().map(({ data }) => JSON.parse(data).data.events);
const bodiesOf = (stream: TestStream) => eventsOf(stream).map((event) => event.message?.body);
const cursorNow = async (as: Credentials) => (await api.ask(as, "{ eventCursor }")).data!.eventCursor as string;
/** The stream without what every stream begins with. */
const toldBy = (stream: TestStream) => stream.text().replace(/^retry: \d+\n:\n\n/, "");

describe("a stream", () => {
  it("tells the result of a query as `next`, then `complete`, and ends", async () => {
    const stream = await api.stream(api.as.nobody, "{ __typename }");
    expect(await stream.ended).toBe(true);
    expect(stream.status).toBe(200);
    expect(stream.headers).toMatchObject({
      "content-type": "text/event-stream",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
      "x-request-id": expect.stringMatching(/./),
    });
    expect(toldBy(stream)).toBe(TYPENAME);
  });

  it("does so by GET too, as EventSource asks, without a header of its own", async () => {
    const query = "query a { __typename } query b { __typename }";
    const stream = await get({ query, operationName: "b" }, { origin: SHOP });
    await stream.ended;
    expect(toldBy(stream)).toBe(TYPENAME);
  });

  it("tells the result of a mutation, which is done once", async () => {
    const { conversation } = await begin(api.world.hannah);
    const input = { conversationId: globalId("Conversation", conversation.id), clientId: newId(), body: "By SSE" };
    const send = `mutation ($input: SendMessageInput!) {
      sendMessage(input: $input) { ... on SendMessagePayload { sentMessage { body } } } }`;
    for (const _twice of [1, 2]) {
      const { data } = await api.through("SSE", api.as.hannah, send, { input });
      expect(data).toEqual({ sendMessage: { sentMessage: { body: "By SSE" } } });
    }
    const messages = `query ($id: ID!) { conversation(id: $id) { messages { nodes { body } } } }`;
    const { data } = await api.ask(api.as.hannah, messages, { id: input.conversationId });
    expect(data!.conversation.messages.nodes.slice(1)).toEqual([{ body: "By SSE" }]);
  });

  it("is given to whoever prefers it alone", async () => {
    const typeFor = async (accept: string) => {
      const headers = { accept, "content-type": "application/json" };
      const stream = await openStream(`${api.url}/graphql`, { headers, body: '{"query":"{ __typename }"}' });
      await stream.ended;
      return stream.headers["content-type"];
    };
    expect(await typeFor("text/event-stream, */*;q=0.1")).toBe("text/event-stream");
    expect(await typeFor("application/json, text/event-stream")).toMatch(/json/);
    expect(await typeFor("*/*")).toMatch(/json/);
  });

  it("may be read by a page of the shop, and by no foreign one that brings a token", async () => {
    const stream = await follow(api.as.hannah);
    expect(stream.headers["access-control-allow-origin"]).toBe(SHOP);
    expect(stream.headers.vary).toMatch(/origin/i);
    for (const { authorization } of [api.as.hannah, api.as.ann]) {
      const foreign = await api.stream({ authorization, origin: "https://evil.example" }, FOLLOW);
      await foreign.ended;
      expect([foreign.status, foreign.headers["access-control-allow-origin"]]).toEqual([403, undefined]);
      expect(JSON.parse(foreign.text()).errors[0].extensions.code).toBe("ORIGIN_NOT_ALLOWED");
    }
  });
});

it("is not among the times of requests, which would be as long as people stay", async () => {
  const answered = async () =>
    (await httpSeconds.get()).values
      .filter(({ metricName }) => metricName === "beseda_http_request_seconds_count")
      .reduce((sum, { value }) => sum + value, 0);
  const before = await answered();
  const stream = await api.stream(api.as.nobody, "{ __typename }");
  await stream.ended;
  await api.ask(api.as.nobody, "{ __typename }");
  await eventually(async () => (await answered()) > before);
  expect(await answered()).toBe(before + 1);
});

describe("a request for a stream that is refused", () => {
  const json = { "content-type": "application/json" };
  const ask = async (request: Parameters<typeof openStream>[1]) => {
    const stream = await openStream(`${api.url}/graphql`, request);
    await stream.ended;
    return { status: stream.status, type: stream.headers["content-type"], body: JSON.parse(stream.text()) };
  };
  const inJson = (status: number, code: string) => ({
    ...{ status, type: expect.stringMatching(/^application\/graphql-response\+json/) },
    body: { errors: [expect.objectContaining({ extensions: expect.objectContaining({ code }) })] },
  });

  it.each([
    ["malformed JSON", 400, json, "{"],
    ["a query that is no text", 400, json, '{"query":1}'],
    ["a form", 415, { "content-type": "text/plain" }, '{"query":"{ __typename }"}'],
    ["what bears no good token", 401, { ...json, authorization: "Bearer x" }, '{"query":"{ __typename }"}'],
  ] as const)("for %s is answered %i in JSON, as over HTTP", async (_what, status, headers, body) => {
    expect(await ask({ headers, body })).toEqual(inJson(status, status === 401 ? "UNAUTHENTICATED" : "BAD_REQUEST"));
  });

  it("for its length is answered 413", async () => {
    const body = JSON.stringify({ query: `{ __typename } # ${"x".repeat(200_000)}` });
    // By fetch, which reads the answer although the server reads no more of the body.
    const headers = { ...json, accept: "text/event-stream" };
    const response = await fetch(`${api.url}/graphql`, { method: "POST", headers, body });
    const { status } = response;
    expect({ status, type: response.headers.get("content-type"), body: await response.json() }).toEqual(
      inJson(413, "REQUEST_ENTITY_TOO_LARGE"),
    );
  });

  it("for being a mutation by GET is answered 405, and nothing is written", async () => {
    const before = await takeStock();
    const query = `mutation { startVisit(input: { inboxKey: "${api.world.inboxKey}", clientId: "${newId()}" }) { __typename } }`;
    const stream = await get({ query }, { origin: SHOP });
    await stream.ended;
    expect([stream.status, stream.headers.allow]).toEqual([405, "POST"]);
    expect(await takeStock()).toEqual(before);
  });

  it("for its document is told so in the stream, since EventSource hears of nothing else", async () => {
    const stream = await api.stream(api.as.ann, "subscription { nothing }");
    expect(await stream.ended).toBe(true);
    expect([stream.status, stream.events().map(({ event }) => event)]).toEqual([200, ["next", "complete"]]);
    const { errors } = JSON.parse(stream.events()[0]!.data);
    expect(errors[0].extensions.code).toBe("GRAPHQL_VALIDATION_FAILED");
  });
});

describe("a subscription", () => {
  it("tells each event with its cursor for an id, and a sign with none", async () => {
    const conversationId = await begun("hannah");
    const stream = await follow(api.as.hannah);
    const typing = "mutation ($input: SetTypingInput!) { setTyping(input: $input) { __typename } }";
    const input = { conversationId: globalId("Conversation", conversationId), isTyping: true };
    await api.ask(api.as.ann, typing, { input });
    await eventually(() => stream.events().length === 1);
    await say(api.world.ann, conversationId, "Hello\r\n\nevent: complete");
    const [sign, sent] = await eventually(() => stream.events().length === 2 && stream.events());
    expect([sign!.event, sign!.id, JSON.parse(sign!.data).data.events.cursor]).toEqual(["next", undefined, null]);
    expect(sent).toMatchObject({ event: "next", id: eventsOf(stream)[1].cursor });
    expect(eventsOf(stream)[1].message.body).toBe("Hello\r\n\nevent: complete");
  });

  it("may be asked for by GET", async () => {
    const conversationId = await begun("hannah");
    const stream = await get({ query: FOLLOW }, api.as.hannah);
    await say(api.world.ann, conversationId, "By GET");
    await eventually(() => bodiesOf(stream).includes("By GET"));
  });

  it("resumes after Last-Event-ID without a gap or a double, whatever `after` says", async () => {
    const conversationId = await begun("hannah");
    const after = await cursorNow(api.as.ann);
    const [all, broken] = [await follow(api.as.irina, { after }), await follow(api.as.ann, { after })];
    const sent: string[] = [];
    const write = async (count: number) => {
      for (let made = 0; made < count; made++) sent.push((await say(api.world.hannah, conversationId, newId())).body);
    };
    await write(5);
    const heardBy = (stream: TestStream) => bodiesOf(stream).filter((body) => sent.includes(body));
    await eventually(() => heardBy(broken).length >= 3);
    broken.close();
    const id = broken.events().at(-1)!.id!;
    await write(5);
    const resumed = await follow(api.as.ann, { after }, { "last-event-id": id });
    await write(5);
    await eventually(() => [all, resumed].every((stream) => heardBy(stream).includes(sent.at(-1)!)));
    expect(heardBy(all)).toEqual(sent);
    expect([...heardBy(broken), ...heardBy(resumed)]).toEqual(sent);
  });

  it("tells a reader whose Last-Event-ID is of another log to refetch, with an id to go on from", async () => {
    const conversationId = await begun("hannah");
    const stream = await follow(api.as.ann, {}, { "last-event-id": cursorOf(newId(), 5) });
    const [reload] = await eventually(() => stream.events().length > 0 && eventsOf(stream));
    expect(reload).toMatchObject({ __typename: "ReloadRequired", cursor: stream.events()[0]!.id });
    stream.close();
    await say(api.world.hannah, conversationId, "After the reload");
    const resumed = await follow(api.as.ann, {}, { "last-event-id": reload.cursor });
    await eventually(() => bodiesOf(resumed).includes("After the reload"));
    expect(bodiesOf(resumed)).toEqual(["After the reload"]);
  });

  it("refuses a Last-Event-ID that is no cursor", async () => {
    const stream = await api.stream(api.as.ann, FOLLOW, {}, { "last-event-id": "7" });
    await stream.ended;
    expect(JSON.parse(stream.events()[0]!.data).errors[0].extensions.code).toBe("BAD_USER_INPUT");
  });

  it("tells a customer nothing of a private note", async () => {
    const conversationId = await begun("hannah");
    const stream = await follow(api.as.hannah);
    await note(api.world.ann, conversationId, "Secret");
    await say(api.world.ann, conversationId, "Open");
    await eventually(() => bodiesOf(stream).includes("Open"));
    expect(bodiesOf(stream)).toEqual(["Open"]);
    expect(stream.text()).not.toContain("Secret");
  });

  it("is executed once for all of its readers, by WebSocket and SSE together", async () => {
    const streams = [await follow(api.as.ann), await follow(api.as.irina), await follow(api.as.ann)];
    const socket = await api.connect(api.as.irina);
    const following = socket.follow(FOLLOW);
    const all = () => [...streams.map(bodiesOf), following.answers.map(({ data }) => data!.events.message?.body)];
    await socket.ask("{ eventCursor }");
    const conversationId = (await begin(api.world.maria, "Ready?")).conversation.id;
    await eventually(() => all().every((bodies) => bodies.at(-1) === "Ready?"));
    const before = (await renders.get()).values[0]!.value;
    await say(api.world.maria, conversationId, "Once");
    await eventually(() => all().every((bodies) => bodies.at(-1) === "Once"));
    expect((await renders.get()).values[0]!.value - before).toBe(1);
    expect(following.answers.at(-1)!.data!.events.cursor).toBe(streams[0]!.events().at(-1)!.id);
    socket.close();
  });

  it("ends for now, and opens no more, once its token is revoked", async () => {
    const { workspaceId, agentId } = api.world.ann;
    const made = granted(
      await createPersonalToken({ workspaceId, agentId, name: "Lost", scopes: ["read"], lifetimeDays: 1 }),
    );
    const lost = { authorization: `Bearer ${made.token}` };
    const stream = await follow(lost);
    granted(await revokePersonalToken(api.world.ann, { tokenId: made.tokenId }));
    expect(await stream.ended).toBe(true);
    expect([stream.events(), stream.retry()]).toEqual([[], expect.any(Number)]);
    await eventually(async () => (await api.stream(lost, FOLLOW)).status === 401);
  });

  it("is left when its reader goes away", async () => {
    const followers = async () => {
      const text = await (await fetch(`${api.url}/metrics`)).text();
      return Number(/^beseda_live_followers (\d+)$/m.exec(text)![1]);
    };
    await eventually(async () => (await followers()) === 0);
    const stream = await follow(api.as.ann);
    await eventually(async () => (await followers()) === 1);
    stream.close();
    await eventually(async () => (await followers()) === 0);
  });
});

describe("the unmodified client of graphql-sse", () => {
  it("is served queries, mutations and subscriptions", async () => {
    const conversationId = await begun("maria");
    const client = createClient({
      url: `${api.url}/graphql`,
      headers: () => ({ ...(api.as.maria as Record<string, string>) }),
      retryAttempts: 0,
    });
    const query = client.iterate({ query: "{ viewer { name } }" });
    expect(await query.next()).toMatchObject({ done: false, value: { data: { viewer: { name: "Мария" } } } });
    expect(await query.next()).toEqual({ done: true });

    const mutation = client.iterate({
      query: 'mutation { refreshVisit(input: { refreshToken: "x" }) { __typename } }',
    });
    expect((await mutation.next()).value).toMatchObject({ data: { refreshVisit: { __typename: "VisitEnded" } } });

    const wrong = client.iterate({ query: "{ nothing }" });
    expect((await wrong.next()).value!.errors![0]!.message).toMatch(/nothing/);

    const after = await cursorNow(api.as.maria);
    const events = client.iterate<{ events: { message: { body: string } } }>({ query: FOLLOW, variables: { after } });
    for (const body of ["Hello, Мария", "a\nline and\r\nanother"]) {
      await say(api.world.ann, conversationId, body);
      expect((await events.next()).value?.data?.events.message.body).toBe(body);
    }
    client.dispose();
  });

  it("is told by a status that its token is no good", async () => {
    const client = createClient({
      ...{ url: `${api.url}/graphql`, retryAttempts: 0 },
      headers: { authorization: "Bearer bsd_pat_nothing" },
    });
    await expect(client.iterate({ query: FOLLOW }).next()).rejects.toMatchObject({ response: { status: 401 } });
    client.dispose();
  });
});
