import { tracingChannel } from "node:diagnostics_channel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Traced } from "../../api/edge/graphql/operation.ts";
import { newId } from "../../api/kernel/id.ts";
import { operations } from "../../api/kernel/metrics.ts";
import { type Api, startApi } from "../support/api.ts";
import { doors } from "../support/line.ts";
import { eventually } from "../support/eventually.ts";

let api: Api;
let begun: Traced[];
let ended: Traced[];

const trace = tracingChannel<unknown, Traced>("beseda:graphql");
const hooks = {
  start: (traced: Traced) => void begun.push({ ...traced }),
  end: () => {},
  asyncStart: () => {},
  asyncEnd: (traced: Traced) => void ended.push(traced),
  error: () => {},
};

beforeAll(async () => {
  api = await startApi();
  trace.subscribe(hooks);
});

afterAll(() => trace.unsubscribe(hooks));

beforeEach(() => {
  begun = [];
  ended = [];
  operations.reset();
});

const counted = async () => (await operations.get()).values.map(({ labels, value }) => ({ ...labels, value }));
const nameOf = { HTTP: "http", WebSocket: "websocket", SSE: "sse" };

describe.each(doors)("an operation over %s", (door) => {
  const transport = nameOf[door];
  const startVisit = `mutation { startVisit(input: { inboxKey: "pk_x", clientId: "${newId()}" }) { __typename } }`;

  it.each([
    ["a query", "query Who { viewer { name } }", "query", "Who", "ok"],
    ["a mutation", startVisit, "mutation", null, "ok"],
    ["what is refused in execution", "{ conversations(first: 101) { nodes { id } } }", "query", null, "error"],
    ["a document that is no good", "{ nothing }", "none", null, "error"],
  ])("is counted once and traced once: %s", async (_what, query, kind, operationName, outcome) => {
    await api.through(door, api.as.ann, query);
    expect(await counted()).toEqual([{ transport, kind, outcome, value: 1 }]);
    const told = { transport, kind, operationName, requestId: expect.stringMatching(/./) };
    expect(begun).toEqual([told]);
    expect(ended).toEqual([expect.objectContaining({ ...told, outcome })]);
  });
});

it("is counted and traced as a subscription once it has begun, over WebSocket and SSE alike", async () => {
  const query = "subscription Events { events { cursor } }";
  const socket = await api.connect(api.as.ann);
  socket.follow(query);
  await api.stream(api.as.ann, query);
  await eventually(() => ended.length === 2);
  expect(await counted()).toEqual(
    expect.arrayContaining(
      ["websocket", "sse"].map((transport) => ({ transport, kind: "subscription", outcome: "ok", value: 1 })),
    ),
  );
  expect(ended.map(({ operationName }) => operationName)).toEqual(["Events", "Events"]);
});

it("is refused over plain HTTP when it is a subscription, with the ways that there are", async () => {
  const { errors } = await api.ask(api.as.ann, "subscription { events { cursor } }");
  expect(errors![0]!.message).toMatch(/WebSocket.*SSE/);
  expect(await counted()).toEqual([{ transport: "http", kind: "none", outcome: "error", value: 1 }]);
});
