import { type AuditResult, auditServer } from "graphql-http";
import { beforeAll, describe, expect, it } from "vitest";
import { type Api, startApi } from "../support/api.ts";
import { SHOP } from "../support/world.ts";

const OURS = "application/graphql-response+json";
let api: Api;
let audits: AuditResult[];

beforeAll(async () => {
  api = await startApi();
  audits = await auditServer({ url: `${api.url}/graphql`, fetchFn: fetch });
});

/** Sends what the test says and nothing else. */
async function post(body: BodyInit, headers: Record<string, string> = {}) {
  return answerOf(
    await fetch(`${api.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body,
    }),
  );
}

async function get(parameters: Record<string, string>, headers: Record<string, string> = {}) {
  return answerOf(
    await fetch(`${api.url}/graphql?${new URLSearchParams(parameters)}`, { headers: { accept: OURS, ...headers } }),
  );
}

async function answerOf(response: Response) {
  const text = await response.text();
  const type = response.headers.get("content-type") ?? "";
  return {
    status: response.status,
    type,
    headers: response.headers,
    text,
    body: type.includes("json") ? JSON.parse(text) : undefined,
  };
}

const json = (value: unknown) => JSON.stringify(value);
const typename = json({ query: "{ __typename }" });

describe("the GraphQL-over-HTTP specification", () => {
  it("is kept in each of its MUSTs, as its own audit sees them", async () => {
    const musts = audits.filter((audit) => audit.name.startsWith("MUST"));
    expect(musts.length).toBeGreaterThan(10);
    expect(musts.filter((audit) => audit.status !== "ok").map((audit) => audit.name)).toEqual([]);
  });

  it("is kept in its SHOULDs too", async () => {
    const failed = audits.filter((audit) => audit.name.startsWith("SHOULD") && audit.status !== "ok");
    expect(failed.map((audit) => `${audit.name}: ${(audit as { reason?: string }).reason}`)).toEqual([]);
  });
});

describe("an answer over HTTP", () => {
  it("comes as application/graphql-response+json to whoever accepts it", async () => {
    const { status, type, body } = await post(typename, { accept: OURS });
    expect({ status, type, body }).toMatchObject({
      status: 200,
      type: `${OURS}; charset=utf-8`,
      body: { data: { __typename: "Query" } },
    });
  });

  it("comes as application/json to whoever asks for that", async () => {
    const { status, type } = await post(typename, { accept: "application/json" });
    expect([status, type]).toEqual([200, "application/json; charset=utf-8"]);
  });

  it("comes as one of the two to whoever says nothing, or anything", async () => {
    expect((await post(typename, { accept: "*/*" })).type).toMatch(/^application\/(graphql-response\+)?json/);
  });

  it("is refused as 406 to whoever accepts neither", async () => {
    expect((await post(typename, { accept: "image/png" })).status).toBe(406);
  });

  it("carries the request's id, in the header and with errors", async () => {
    const { headers, body } = await post(json({ query: "{ viewer { id } }" }), { accept: OURS });
    expect(body.errors[0].extensions.requestId).toBe(headers.get("x-request-id"));
  });

  it("may be read by a page of the shop, by name and never with cookies", async () => {
    const { headers } = await post(typename, api.as.hannah as Record<string, string>);
    expect(headers.get("access-control-allow-origin")).toBe(SHOP);
    expect(headers.get("access-control-allow-credentials")).toBeNull();
    expect(headers.get("vary")).toMatch(/origin/i);
  });

  it("may not be read by a page that is on no list and brings a token", async () => {
    const foreign = { ...(api.as.ann as Record<string, string>), origin: "https://evil.example" };
    expect((await post(typename, foreign)).headers.get("access-control-allow-origin")).toBeNull();
  });

  it("to a preflight allows what the widget sends, to pages of the shop alone", async () => {
    const asked = {
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization, content-type, last-event-id",
    };
    const preflight = (origin: string) =>
      fetch(`${api.url}/graphql`, { method: "OPTIONS", headers: { origin, ...asked } });
    const shop = await preflight(SHOP);
    expect([shop.status, shop.headers.get("access-control-allow-headers")]).toEqual([
      204,
      "authorization, content-type, last-event-id",
    ]);
    expect((await preflight("https://evil.example")).headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("a query by GET", () => {
  it("is answered, with its variables and the operation it names", async () => {
    const query = "query a { __typename } query b($x: Boolean!) { __typename @include(if: $x) }";
    const { status, body } = await get({ query, operationName: "b", variables: json({ x: false }) });
    expect([status, body.data]).toEqual([200, {}]);
  });

  it("may not be a mutation: 405, with the method that may", async () => {
    const mutation = 'mutation { refreshVisit(input: { refreshToken: "x" }) { __typename } }';
    const { status, headers, body } = await get({ query: mutation }, api.as.hannah as Record<string, string>);
    expect([status, headers.get("allow")]).toEqual([405, "POST"]);
    expect(body.data).toBeUndefined();
  });

  it("is refused as 400 when its variables are no JSON", async () => {
    expect((await get({ query: "{ __typename }", variables: "{" })).status).toBe(400);
  });

  it("is refused as 400 without a query", async () => {
    expect((await get({ operationName: "a" })).status).toBe(400);
  });
});

describe("a request that is none", () => {
  it.each([
    ["malformed JSON", "{"],
    ["no JSON at all", "query { __typename }"],
    ["an empty body", ""],
    ["null", "null"],
    ["a number", "1"],
    ["a text", '"{ __typename }"'],
    ["a batch", json([{ query: "{ __typename }" }, { query: "{ __typename }" }])],
    ["an empty batch", "[]"],
    ["no query", json({ variables: {} })],
    ["a query that is no text", json({ query: { a: 1 } })],
    ["an empty query", json({ query: "" })],
    ["variables that are a list", json({ query: "{ __typename }", variables: [1] })],
    ["variables that are a text", json({ query: "{ __typename }", variables: "{}" })],
    ["an operation name that is no text", json({ query: "{ __typename }", operationName: 1 })],
    ["extensions that are no map", json({ query: "{ __typename }", extensions: 1 })],
    ["a query that does not parse", json({ query: "{" })],
    ["a query that does not validate", json({ query: "{ nothing }" })],
    ["an operation that is not there", json({ query: "{ __typename }", operationName: "other" })],
    ["several operations and no name", json({ query: "query a { __typename } query b { __typename }" })],
    ["a subscription", json({ query: "subscription { events { cursor } }" })],
    ["variables of another type", json({ query: "query ($id: ID!) { node(id: $id) { id } }", variables: { id: [1] } })],
    ["a missing variable", json({ query: "query ($id: ID!) { node(id: $id) { id } }" })],
  ])("is refused as 400: %s", async (_what, body) => {
    const answer = await post(body, { accept: OURS });
    expect(answer.status).toBe(400);
    expect(answer.body.data).toBeUndefined();
    for (const error of answer.body.errors)
      expect(error).toMatchObject({
        message: expect.stringMatching(/./),
        extensions: { code: expect.stringMatching(/^[A-Z_]+$/) },
      });
    expect(answer.text).not.toMatch(/node_modules|\.ts:\d|\bat \w+ \(/);
  });

  it.each([
    ["text/plain", typename],
    ["application/x-www-form-urlencoded", "query=%7B__typename%7D"],
    [
      "multipart/form-data; boundary=x",
      '--x\r\nContent-Disposition: form-data; name="query"\r\n\r\n{__typename}\r\n--x--',
    ],
    ["application/graphql", "{ __typename }"],
    ["application/xml", "<query/>"],
  ])("is refused as 415: %s, which a foreign page could send unasked", async (type, body) => {
    expect((await post(body, { "content-type": type })).status).toBe(415);
  });

  it("is refused as 413 when it is longer than any request of ours", async () => {
    expect((await post(json({ query: `{ __typename } # ${"x".repeat(200_000)}` }))).status).toBe(413);
  });

  it.each(["PUT", "DELETE", "PATCH"])("is refused as 405: %s", async (method) => {
    const response = await fetch(`${api.url}/graphql`, {
      method,
      headers: { "content-type": "application/json" },
      body: typename,
    });
    expect([response.status, response.headers.get("allow")]).toEqual([405, expect.stringContaining("POST")]);
  });
});
