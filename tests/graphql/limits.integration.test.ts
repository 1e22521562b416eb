import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { REQUEST_COST } from "../../api/edge/graphql/cost.ts";
import { LIMITS } from "../../api/edge/graphql/document.ts";
import { FIELD_RATES, spend } from "../../api/edge/limits/rates.ts";
import { setClock } from "../../api/kernel/clock.ts";
import { newId } from "../../api/kernel/id.ts";
import { type Api, startApi } from "../support/api.ts";
import { doors } from "../support/line.ts";
import { type Credentials, agentBearer } from "../support/bearers.ts";
import { takeStock } from "../support/rows.ts";
import type { Answer } from "../support/socket.ts";
import { begin } from "../support/story.ts";
import { globalId } from "../support/ids.ts";
import { addAgent, SHOP } from "../support/world.ts";

let api: Api;
let clockAt: number;

beforeAll(async () => {
  api = await startApi({ settings: { RATE_LIMITS: "on" } });
});
beforeEach(() => {
  // Standing still, so that nothing flows back; later than any test before, so that every bucket is full.
  clockAt = Math.max(Date.now(), clockAt ?? 0) + 300_000;
  setClock(() => clockAt);
});
afterAll(() => setClock());

const HERE = "127.0.0.1";
const { burst: BURST, perSecond } = FIELD_RATES.sendMessage!;
/** Everyone from this address, as if they had asked for so much. */
const spendHere = (cost: number) =>
  expect(spend({ address: HERE, actor: null }, { cost, calls: new Map() })).toBe(undefined);

/** A new colleague of Ann's, whose rates nobody has touched. */
async function newcomer(): Promise<Credentials> {
  return agentBearer(await addAgent(api.world, { name: "New", role: "agent", locale: "en" }));
}

async function post(as: Credentials, query: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${api.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(as as Record<string, string>), ...headers },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Answer };
}

/** A mutation that sends so many messages, each under an alias of its own. */
function sends(conversation: string, count: number): string {
  const one = (index: number) =>
    `m${index}: sendMessage(input: { conversationId: "${conversation}", clientId: "${newId()}", body: "." }) { __typename }`;
  return `mutation { ${Array.from({ length: count }, (_, index) => one(index)).join(" ")} }`;
}

describe.each(doors)("over %s", (door) => {
  it("every answer tells what it cost, and what is left", async () => {
    const who = await newcomer();
    const query = "{ conversations(first: 4) { nodes { id } } }";
    const first = (await api.through(door, who, query)) as { extensions?: { cost: Record<string, number> } };
    const second = (await api.through(door, who, query)) as typeof first;
    const requested = REQUEST_COST + 1 + 4 * 2;
    expect(first.extensions!.cost).toEqual({ requested, limit: LIMITS.cost, remaining: expect.any(Number) });
    expect(second.extensions!.cost.remaining).toBe(first.extensions!.cost.remaining! - requested);
  });

  it("an operation that could cost too much is refused, told by how much, and not executed", async () => {
    const query = `{ conversations(first: 100) { nodes { messages(first: 100) { nodes { id seq body author { id name } } } } } }`;
    const { data, errors } = await api.through(door, await newcomer(), query);
    expect(data).toBeUndefined();
    const cost = { requested: REQUEST_COST + 1 + 100 * (1 + 1 + 100 * 7), limit: LIMITS.cost };
    expect(errors![0]!.extensions).toEqual({ code: "COST_EXCEEDED", cost });
  });

  it("a field's rate counts its calls behind aliases, and what is refused writes nothing", async () => {
    const who = await newcomer();
    const { conversation } = await begin(api.world.hannah);
    const id = globalId("Conversation", conversation.id);
    for (let sent = 0; sent + 20 <= BURST; sent += 20) {
      expect((await api.through(door, who, sends(id, 20))).errors).toBeUndefined();
    }
    const before = await takeStock();
    const { data: none, errors } = await api.through(door, who, sends(id, 5));
    expect(none).toBeUndefined();
    expect(errors![0]!.extensions).toEqual({ code: "RATE_LIMITED", limit: "sendMessage", retryAfter: 1 });
    expect(await takeStock()).toEqual(before);

    clockAt += (5 / perSecond) * 1_000;
    expect((await api.through(door, who, sends(id, 5))).errors).toBeUndefined();
    expect((await api.through(door, who, sends(id, 1))).errors![0]!.extensions.code).toBe("RATE_LIMITED");
  });

  it("an address that used up its points is refused whoever asks, even for nothing", async () => {
    spendHere(999_995);
    for (const who of [api.as.ann, api.as.nobody]) {
      const { errors } = await api.through(door, who, "{ __typename }");
      expect(errors![0]!.extensions).toMatchObject({ code: "RATE_LIMITED", limit: "address" });
    }
  });
});

describe("a socket", () => {
  it("outlives what is refused to it", async () => {
    const socket = await api.connect(api.as.ann);
    spendHere(999_995);
    expect((await socket.ask("{ __typename }")).errors![0]!.extensions.code).toBe("RATE_LIMITED");
    clockAt += 1_000;
    expect((await socket.ask("{ __typename }")).data).toEqual({ __typename: "Query" });
  });
});

describe("an answer over HTTP", () => {
  it("tells in its headers what the rates are and what is left of them", async () => {
    spendHere(600_000);
    const { headers } = await post(await newcomer(), "{ __typename }");
    expect(headers.get("ratelimit-policy")).toBe(
      '"address";q=1000000;qu="points";w=50, "actor";q=200000;qu="points";w=40',
    );
    expect(headers.get("ratelimit")).toBe('"address";r=399989;t=31, "actor";r=199989;t=1');
  });

  it("is 429 with Retry-After when a rate is used up, and may be read by the shop's pages", async () => {
    spendHere(1_000_000);
    const { status, headers, body } = await post({ origin: SHOP }, "{ __typename }");
    expect([status, headers.get("retry-after")]).toEqual([429, "1"]);
    expect(headers.get("access-control-expose-headers")).toMatch(/retry-after/);
    expect(body.errors![0]!.extensions).toEqual({ code: "RATE_LIMITED", limit: "address", retryAfter: 1 });
  });

  it("counts an address that claims to be another one still as itself", async () => {
    spendHere(1_000_000);
    for (const claimed of ["198.51.100.1", "198.51.100.2", "2001:db8::1"]) {
      expect((await post({}, "{ __typename }", { "x-forwarded-for": claimed })).status).toBe(429);
    }
  });

  it("is charged also when the request is refused otherwise", async () => {
    const left = async (query: string, as: Credentials = {}) => {
      const { headers } = await post(as, query);
      return Number(/"address";r=(\d+)/.exec(headers.get("ratelimit")!)![1]);
    };
    const before = await left("{ __typename }");
    for (const [index, refused] of ["{ nothing }", "{", "subscription { events { cursor } }"].entries()) {
      expect(await left(refused)).toBeLessThanOrEqual(before - REQUEST_COST * (index + 1));
    }
    expect(await left("{ __typename }", { authorization: "Bearer nonsense" })).toBeLessThan(before - REQUEST_COST * 3);
  });
});

describe("making rooms", () => {
  const made: [string, () => string][] = [
    ["createChannel", () => `{ clientId: "${newId()}", name: "${newId()}" }`],
    ["createGroup", () => `{ clientId: "${newId()}", name: "Plans" }`],
    ["openDirectMessages", () => `{ agentIds: ["${globalId("Agent", api.world.irina.agentId)}"] }`],
  ];

  it.each(made)("by %s is limited for each agent", async (field, inputOf) => {
    const { burst } = FIELD_RATES[field]!;
    const [who, other] = [await newcomer(), await newcomer()];
    const calls = (count: number) =>
      `mutation { ${Array.from({ length: count }, (_, at) => `m${at}: ${field}(input: ${inputOf()}) { __typename }`).join(" ")} }`;
    for (let left = burst; left > 0; left -= 20)
      expect((await post(who, calls(Math.min(left, 20)))).body.errors).toBeUndefined();
    const { status, body } = await post(who, calls(1));
    expect([status, body.errors![0]!.extensions.limit]).toEqual([429, field]);
    expect((await post(other, calls(1))).body.errors).toBeUndefined();
  });
});
