import { describe, expect, it } from "vitest";
import { newId } from "../../api/kernel/id.ts";
import { httpSeconds } from "../../api/kernel/metrics.ts";
import { openStream, type TestStream } from "../support/event-stream.ts";
import { eventually } from "../support/eventually.ts";
import { globalId } from "../support/ids.ts";
import { takeStock } from "../support/rows.ts";
import { api, FOLLOW, follow, get, setScene } from "../support/sse-scene.ts";
import { begin } from "../support/story.ts";
import { SHOP } from "../support/world.ts";

setScene();

const TYPENAME =
  'event: next\ndata: {"data":{"__typename":"Query"},"extensions":{"cost":{"requested":11,"limit":50000}}}\n\nevent: complete\ndata: \n\n';

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
