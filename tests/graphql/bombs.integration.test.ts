import { getIntrospectionQuery } from "graphql";
import { beforeAll, describe, expect, it } from "vitest";
import { LIMITS, readDocument } from "../../api/edge/graphql/document.ts";
import { type Api, startApi } from "../support/api.ts";
import { doors } from "../support/line.ts";
import { takeStock } from "../support/rows.ts";
import type { Answer } from "../support/socket.ts";

let api: Api;

beforeAll(async () => {
  api = await startApi();
});

const times = (count: number, part: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => part(index)).join(" ");
/** The last message's conversation's last message's conversation, and so on. */
const deep = (depth: number) => `${"lastMessage { conversation { ".repeat(depth)}id${" } }".repeat(depth)}`;

// biome-ignore format: a table, aligned
const bombs: [string, string, object?][] = [
  ["a depth bomb",                       `{ conversations { nodes { ${deep(10)} } } }`],
  ["a depth bomb through a fragment",    `{ conversations { nodes { ...a } } } fragment a on Conversation { ${deep(10)} }`],
  ["a depth bomb of inline fragments",   `{ conversations { nodes { ... on Conversation { ${deep(10)} } } } }`],
  ["an alias bomb",                      `{ ${times(LIMITS.aliases + 1, (index) => `a${index}: viewer { id }`)} }`],
  ["an alias bomb of mutations",         `mutation { ${times(LIMITS.aliases + 1, (index) => `m${index}: startVisit(input: { inboxKey: "pk_x", clientId: "c${index}" }) { __typename }`)} }`],
  ["a directive bomb",                   `{ __typename ${times(LIMITS.directives + 1, () => "@include(if: true)")} }`],
  ["a bomb of unknown directives",       `{ __typename ${times(500, () => "@aa")} }`],
  ["a token bomb",                       `{ ${times(LIMITS.tokens, () => "id")} }`],
  ["a length bomb",                      `{ __typename } # ${"x".repeat(60_000)}`],
  ["a bomb of long pages",               "{ conversations(first: 100) { nodes { messages(first: 100) { nodes { id seq body author { id name } } } } } }"],
  ["the same with its sizes in variables", "query ($n: Int = 100) { conversations(first: $n) { nodes { messages(last: $n) { nodes { id seq body author { id name } } } } } }"],
  ["the same by pages of no given size", "{ conversations { nodes { messages { nodes { conversation { messages { nodes { id } } } } } } } }"],
  ["the same through fragments",         "{ conversations { edges { node { ...a } } } } fragment a on Conversation { messages { nodes { ...b } } } fragment b on Message { conversation { messages { nodes { id } } } }"],
  ["the same by a list of ids",          "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Conversation { messages(first: 100) { nodes { id body seq sentAt author { id } } } } } }", { ids: Array.from({ length: 100 }, () => "x") }],
  ["a bomb of subtasks",                 `{ task(key: "OPS-1") { ${"subtasks { parent { ".repeat(3)}id${" } }".repeat(3)} } }`],
  ["a bomb of links",                    `{ task(key: "OPS-1") { ${"links { task { ".repeat(3)}id${" } }".repeat(3)} } }`],
  ["a bomb of the tasks of talks",       `{ conversations(first: 1) { nodes { ${"tasks { conversation { ".repeat(3)}id${" } }".repeat(3)} } } }`],
  ["a bomb of whole projects",           "{ savedViews { project { tasks { nodes { id title } } } } }"],
  ["the same with its sizes in what comes", "query ($n: Int) { conversations(first: $n) { nodes { messages(last: $n) { nodes { id seq body author { id name } } } } } }", { n: 100 }],
  ["a cycle of fragments",               "{ viewer { ...a } } fragment a on Person { id ...b } fragment b on Person { id ...a }"],
  ["a fragment that holds itself",       "{ viewer { ...a } } fragment a on Person { id ...a }"],
  ["a cycle that nobody uses",           "{ viewer { id } } fragment a on Person { ...b } fragment b on Person { ...a }"],
];

/** An answer without the ids of its request. */
const plain = ({ data, errors }: Answer) => ({
  data,
  messages: errors?.map((error) => error.message),
  codes: errors?.map((error) => error.extensions.code),
});

describe("a document that is a bomb", () => {
  it.each(bombs)(
    "is refused before anything is executed, over HTTP, WebSocket and SSE alike: %s",
    async (_what, query, variables) => {
      const before = await takeStock();
      const [http, ...others] = await Promise.all(doors.map((door) => api.through(door, api.as.ann, query, variables)));
      expect(http!.data).toBeUndefined();
      expect(["GRAPHQL_VALIDATION_FAILED", "GRAPHQL_PARSE_FAILED", "BAD_REQUEST", "COST_EXCEEDED"]).toContain(
        http!.errors![0]!.extensions.code,
      );
      for (const other of others) expect(plain(other)).toEqual(plain(http!));
      expect(await takeStock()).toEqual(before);
    },
  );

  it.each(["WebSocket", "SSE"] as const)("is refused as a subscription over %s too", async (door) => {
    const bomb = `subscription { events { conversation { ${deep(10)} } } }`;
    const { errors } = await api.through(door, api.as.ann, bomb);
    expect(errors![0]!.extensions.code).toBe("GRAPHQL_VALIDATION_FAILED");
    expect(errors![0]!.message).toMatch(/depth/i);
  });
});

describe("the most laborious document that is let through", () => {
  it.each([
    ["fields that overlap", `{ ${times(190, () => "viewer { id name }")} }`],
    [
      "fragments that overlap",
      `{ viewer { ${times(95, (index) => `...f${index}`)} } } ${times(95, (index) => `fragment f${index} on Person { id }`)}`,
    ],
    ["arguments that overlap", `{ ${times(58, () => 'conversations(first: 1, after: "x") { nodes { id } }')} }`],
  ])("keeps the process busy for a moment only: %s", (_what, query) => {
    const before = process.cpuUsage();
    readDocument(query);
    const { user, system } = process.cpuUsage(before);
    // In microseconds. Some 20 ms on an idle machine; without the limit on tokens it is seconds.
    expect(user + system).toBeLessThan(400_000);
  });
});

describe("a document of ordinary size", () => {
  it.each(doors)("such as an introspection, for tools, is answered over %s", async (door) => {
    const { data, errors } = await api.through(door, api.as.ann, getIntrospectionQuery());
    expect(errors).toBeUndefined();
    expect(data!.__schema.types.length).toBeGreaterThan(20);
  });

  it("such as a full inbox with its threads is answered", async () => {
    const query = `{
      viewer { __typename id name }
      eventCursor
      conversations(first: 50) { pageInfo { hasNextPage endCursor } nodes {
        id number status seq unreadCount lastActivityAt contact { id name } inbox { id name }
        lastMessage { id body author { id name } }
        messages(last: 50) { pageInfo { hasPreviousPage startCursor } nodes { id seq body sentAt visibility author { __typename id name } } } } } }`;
    expect((await api.ask(api.as.ann, query)).errors).toBeUndefined();
  });

  it("such as a page of tasks with all of their parts is answered", async () => {
    const query = `{
      tasks { pageInfo { hasNextPage endCursor } nodes {
        id key title description state { key name } priority due { at date } project { key } parent { key }
        assignees { name } watchers { name } labels { name colour } checklist { text isDone } progress { total completed }
        subtasks { key title } links { kind task { key } } moves { key name } } } }`;
    expect((await api.ask(api.as.ann, query)).errors).toBeUndefined();
  });
});

describe("a page", () => {
  const nodes = (page: string) => `{ conversations${page} { nodes { id } } }`;

  it.each(["(first: 100)", "(last: 100)", "(first: 0)"])("may be asked for by %s", async (page) => {
    expect((await api.ask(api.as.ann, nodes(page))).errors).toBeUndefined();
  });

  it.each([
    "(first: 101)",
    "(first: 1000000000)",
    "(first: -1)",
    "(last: -1)",
    "(first: 99999999999)",
    '(after: "nowhere", first: 1)',
    '(before: "nowhere", last: 1)',
  ])("asked for by %s is refused as the caller's mistake, over HTTP, WebSocket and SSE alike", async (page) => {
    for (const door of doors) {
      const { errors } = await api.through(door, api.as.ann, nodes(page));
      expect(["BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"]).toContain(errors![0]!.extensions.code);
    }
  });

  it("of nodes holds up to 100 ids, and more are refused", async () => {
    const query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    const ids = Array.from({ length: 101 }, () => "x");
    expect((await api.ask(api.as.ann, query, { ids: ids.slice(1) })).data!.nodes).toHaveLength(100);
    for (const door of doors) {
      expect((await api.through(door, api.as.ann, query, { ids })).errors![0]!.extensions.code).toBe("BAD_USER_INPUT");
    }
  });
});
