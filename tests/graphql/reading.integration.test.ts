import { beforeAll, describe, expect, it } from "vitest";
import { type Api, startApi } from "../support/api.ts";
import type { Credentials } from "../support/bearers.ts";
import { globalId } from "../support/ids.ts";
import { begin, move, note, say } from "../support/story.ts";

let api: Api;
/** Hannah's conversations in the order of their beginning; the first one has had the last word since. */
const begun: string[] = [];
/** The bodies of the first conversation, as staff see them. */
const bodies = ["Is the lamp in stock?", "word 0", "a note 0", "word 1", "a note 1", "word 2", "a note 2"];

beforeAll(async () => {
  api = await startApi();
  const { hannah, ann } = api.world;
  for (let count = 0; count < 7; count++) begun.push((await begin(hannah)).conversation.id);
  for (let count = 0; count < 3; count++) {
    await say(ann, begun[0]!, `word ${count}`);
    await note(ann, begun[0]!, `a note ${count}`);
  }
  await move(ann, begun[1]!, "resolve");
  await move(ann, begun[2]!, "close");
});

type Connection = { nodes: { id: string; body: string }[]; pageInfo: Record<string, never> };

/** Walks a list page by page, forwards or backwards, and answers everything it met, in the list's order. */
async function walk(as: Credentials, list: (page: string) => string, [size, by]: [number, "first" | "last"]) {
  const met: { id: string; body: string }[] = [];
  let page = `${by}: ${size}`;
  for (;;) {
    const query = `{ ${list(page)} }`.replace("PAGE", "pageInfo { hasNextPage hasPreviousPage startCursor endCursor }");
    const { data, errors } = await api.ask(as, query);
    if (errors) throw new Error(JSON.stringify(errors));
    const { nodes, pageInfo } = (data!.conversations ?? data!.conversation.messages) as Connection;
    expect(nodes.length).toBeLessThanOrEqual(size);
    if (by === "first") met.push(...nodes);
    else met.unshift(...nodes);
    if (!(by === "first" ? pageInfo.hasNextPage : pageInfo.hasPreviousPage)) return met;
    page =
      by === "first"
        ? `first: ${size}, after: "${pageInfo.endCursor}"`
        : `last: ${size}, before: "${pageInfo.startCursor}"`;
  }
}

const sizes = [1, 2, 3, 7, 50].flatMap((size): [number, "first" | "last"][] => [
  [size, "first"],
  [size, "last"],
]);

describe("the list of conversations", () => {
  const list = (page: string) => `conversations(${page}) { nodes { id } PAGE }`;

  it.each(sizes)("by pages of %s, the %s of them first, holds each once, newest activity first", async (size, by) => {
    const order = [begun[0]!, ...begun.slice(1).reverse()].map((id) => ({ id: globalId("Conversation", id) }));
    for (const as of [api.as.ann, api.as.hannah]) expect(await walk(as, list, [size, by])).toEqual(order);
  });

  it("holds only what has the status that was asked for", async () => {
    const query = "{ conversations(filter: { status: [RESOLVED, CLOSED] }) { nodes { id status } } }";
    expect((await api.ask(api.as.ann, query)).data!.conversations.nodes).toEqual([
      { id: globalId("Conversation", begun[2]!), status: "CLOSED" },
      { id: globalId("Conversation", begun[1]!), status: "RESOLVED" },
    ]);
  });

  it("holds only what is of the view, or of the agent, that was asked for", async () => {
    const ids = async (as: Credentials, filter: string) =>
      (await api.ask(as, `{ conversations(filter: { ${filter} }) { nodes { id } } }`)).data!.conversations.nodes;
    const anns = [{ id: globalId("Conversation", begun[0]!) }];
    const ann = globalId("Agent", api.world.ann.agentId);
    expect(await ids(api.as.ann, "view: MINE")).toEqual(anns);
    expect(await ids(api.as.irina, "view: MINE")).toEqual([]);
    expect(await ids(api.as.irina, `assigneeId: "${ann}"`)).toEqual(anns);
    expect(await ids(api.as.irina, `assigneeId: "${ann}", status: [CLOSED]`)).toEqual([]);
    expect(await ids(api.as.irina, 'assigneeId: "none"')).toEqual([]);
    expect(await ids(api.as.irina, "view: UNASSIGNED, status: [OPEN]")).toHaveLength(4);
    expect(await ids(api.as.irina, "view: ALL")).toHaveLength(7);
  });

  it.each([
    ["a view", "hannah", "view: ALL"],
    ["an agent", "hannah", 'assigneeId: "x"'],
    ["both a view and an agent", "ann", 'view: MINE, assigneeId: "x"'],
  ] as const)("by %s is refused to %s", async (_by, who, filter) => {
    const { errors } = await api.ask(api.as[who], `{ conversations(filter: { ${filter} }) { nodes { id } } }`);
    expect(errors![0]!.extensions.code).toBe("BAD_USER_INPUT");
  });

  it("is counted by view and status for staff alone", async () => {
    const query = "{ conversationCounts(status: [OPEN, CLOSED]) { status mine unassigned all } }";
    const counts = async (as: Credentials) => (await api.ask(as, query)).data!.conversationCounts;
    expect(await counts(api.as.ann)).toEqual([
      { status: "OPEN", mine: 1, unassigned: 4, all: 5 },
      { status: "CLOSED", mine: 0, unassigned: 1, all: 1 },
    ]);
    expect(await counts(api.as.hannah)).toBeNull();
  });

  it("is empty for a visitor who said nothing, and for staff of another space", async () => {
    for (const as of [api.as.maria, api.as.ben, api.as.intruder]) {
      expect((await api.ask(as, "{ conversations { nodes { id } } }")).data!.conversations.nodes).toEqual([]);
    }
  });
});

describe("the messages of a conversation", () => {
  const list = (page: string) =>
    `conversation(id: "${globalId("Conversation", begun[0]!)}") { messages(${page}) { nodes { body } PAGE } }`;

  it.each(sizes)(
    "by pages of %s, the %s of them first, are all there once, oldest first, for either side",
    async (size, by) => {
      expect((await walk(api.as.ann, list, [size, by])).map(({ body }) => body)).toEqual(bodies);
      const shared = bodies.filter((body) => !body.startsWith("a note"));
      expect((await walk(api.as.hannah, list, [size, by])).map(({ body }) => body)).toEqual(shared);
    },
  );
});

describe("what the sides see of each other", () => {
  it("is never the clientId of the other side's messages", async () => {
    const query = `{ conversation(id: "${globalId("Conversation", begun[0]!)}") {
      messages { nodes { clientId author { __typename } } } } }`;
    const authors = async (as: Credentials) =>
      (await api.ask(as, query))
        .data!.conversation.messages.nodes.filter((message: { clientId: string | null }) => message.clientId !== null)
        .map((message: { author: { __typename: string } }) => message.author.__typename);
    expect(new Set(await authors(api.as.ann))).toEqual(new Set(["Agent"]));
    expect(new Set(await authors(api.as.hannah))).toEqual(new Set(["Contact"]));
  });

  it("is an agent's name, and to staff alone the address", async () => {
    const query = `{ node(id: "${globalId("Agent", api.world.ann.agentId)}") { ... on Agent { name email role } } }`;
    expect((await api.ask(api.as.hannah, query)).data!.node).toEqual({ name: "Ann Lind", email: null, role: "OWNER" });
    expect((await api.ask(api.as.irina, query)).data!.node.email).toMatch(/@lumen\.example$/);
  });
});
