import { describe, expect, it } from "vitest";
import { agentBearer, type Credentials } from "../support/bearers.ts";
import { eventually } from "../support/eventually.ts";
import { globalId } from "../support/ids.ts";
import { openGroup, takeOut } from "../support/rooms.ts";
import { api, as, dora, FOLLOW, idOf, setScene } from "../support/rooms-scene.ts";
import { reply, say } from "../support/story.ts";
import { addAgent } from "../support/world.ts";

setScene();

const THREAD = `id replyCount seq isFollowing unreadCount participants { name } root { id body } conversation { id }
  replies { nodes { body isBroadcast threadRoot { id } thread { id } } }`;

/** All that a caller finds of a thread, by every way that leads there. */
async function foundOf(caller: Credentials, conversationId: string, rootId: string) {
  const query = `query ($id: ID!, $thread: ID!, $root: ID!) {
    conversation(id: $id) { messages { nodes { body thread { ${THREAD} } } } }
    node(id: $thread) { ... on Thread { ${THREAD} } } root: node(id: $root) { ... on Message { thread { ${THREAD} } } }
    threads { nodes { ${THREAD} } } unread: threads(unreadOnly: true) { nodes { id } } unreadThreadCount }`;
  const ids = { id: idOf(conversationId), thread: globalId("Thread", rootId), root: globalId("Message", rootId) };
  const { data, errors } = await api.ask(caller, query, ids);
  if (errors) throw new Error(JSON.stringify(errors));
  return data!;
}

const send = `mutation ($input: SendMessageInput!) { sendMessage(input: $input) {
  ... on SendMessagePayload { sentMessage { isBroadcast threadRoot { id thread { replyCount isFollowing } } } }
  ... on UserError { code path } } }`;

describe("a thread", () => {
  it("is found by every way that leads there, and its replies are not in the conversation unless broadcast", async () => {
    const { ann } = api.world;
    const id = await openGroup(ann, dora);
    const root = await say(dora, id, "A third case");
    await reply(ann, root, { body: "Which lamp?" });
    await reply(ann, root, { body: "Halden, all", isBroadcast: true });
    const seen = await foundOf(as, id, root.id);
    expect(seen.conversation.messages.nodes.map(({ body }: { body: string }) => body)).toEqual([
      "A third case",
      "Halden, all",
    ]);
    const thread = {
      ...{ id: globalId("Thread", root.id), replyCount: 2, isFollowing: true, unreadCount: 2, seq: root.staffSeq + 2 },
      participants: [{ name: "Ann Lind" }],
      root: { id: globalId("Message", root.id), body: "A third case" },
      conversation: { id: idOf(id) },
      replies: {
        nodes: [
          { body: "Which lamp?", isBroadcast: false, threadRoot: { id: globalId("Message", root.id) }, thread: null },
          { body: "Halden, all", isBroadcast: true, threadRoot: { id: globalId("Message", root.id) }, thread: null },
        ],
      },
    };
    for (const one of [seen.conversation.messages.nodes[0].thread, seen.node, seen.root.thread, seen.threads.nodes[0]])
      expect(one).toEqual(thread);
    expect(seen).toMatchObject({ unread: { nodes: [{ id: thread.id }] }, unreadThreadCount: 1 });
  });

  it("is there for nobody else, and for nobody who has been taken out, at once", async () => {
    const { ann, irina } = api.world;
    const id = await openGroup(ann, irina, dora);
    const root = await say(dora, id, "Between us");
    await reply(irina, root, { body: "Unheard" });
    expect((await foundOf(as, id, root.id)).unreadThreadCount).toBe(1);
    await takeOut(ann, id, dora);
    for (const caller of [as, api.as.ben, api.as.intruder, api.as.hannah]) {
      const seen = await foundOf(caller, id, root.id);
      expect(seen).toMatchObject({ conversation: null, node: null, root: null });
      expect(JSON.stringify(seen)).not.toContain(globalId("Thread", root.id));
    }
    expect(await foundOf(as, id, root.id)).toMatchObject({ threads: { nodes: [] }, unreadThreadCount: 0 });
  });

  it("is written in by the id of its root, and refused by name", async () => {
    const id = await openGroup(dora);
    const root = await say(dora, id, "Begin");
    const written = (threadId: string, more = {}) =>
      api.ask(as, send, {
        input: { conversationId: idOf(id), clientId: crypto.randomUUID(), body: "Go on", threadId, ...more },
      });
    const thread = (replyCount: number) => ({
      threadRoot: { id: globalId("Message", root.id), thread: { replyCount, isFollowing: true } },
    });
    const first = (await written(globalId("Message", root.id))).data!.sendMessage;
    expect(first.sentMessage).toEqual({ isBroadcast: false, ...thread(1) });
    const second = (await written(globalId("Message", root.id), { alsoInConversation: true })).data!.sendMessage;
    expect(second.sentMessage).toEqual({ isBroadcast: true, ...thread(2) });
    const refused = (await written(globalId("Agent", root.id))).data!.sendMessage;
    expect(refused).toEqual({ code: "thread_not_found", path: ["input", "threadId"] });
  });

  it("is followed and read by each for themselves", async () => {
    const { ann } = api.world;
    const id = await openGroup(ann, dora);
    const root = await say(dora, id, "Begin");
    const { staffSeq: seq } = await reply(ann, root);
    const threadId = globalId("Thread", root.id);
    const done = async (mutation: string, input: object) => {
      const title = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}`;
      const query = `mutation ($input: ${title}Input!) { ${mutation}(input: $input) {
        ... on ${title}Payload { thread { isFollowing unreadCount } } ... on UserError { code } } }`;
      return (await api.ask(as, query, { input: { threadId, ...input } })).data![mutation];
    };
    expect(await done("markThreadRead", { seq })).toEqual({ thread: { isFollowing: true, unreadCount: 0 } });
    expect(await done("setThreadFollowing", { isFollowing: false })).toMatchObject({ thread: { isFollowing: false } });
    expect((await foundOf(as, id, root.id)).threads.nodes).toEqual([]);
    expect((await foundOf(await agentBearer(ann), id, root.id)).node.isFollowing).toBe(true);
  });

  it("tells each reply with the thread as it is", async () => {
    const id = await openGroup(dora);
    const root = await say(dora, id, "Begin");
    const socket = await api.connect(as);
    const { data } = await api.ask(as, "{ eventCursor }");
    const open = socket.follow(
      FOLLOW.replace("message { body }", "message { body } threadRoot { body thread { replyCount } }"),
      { after: data!.eventCursor },
    );
    await reply(dora, root, { body: "One" });
    await reply(dora, root, { body: "Two" });
    const told = () => open.answers.map(({ data: answer }) => answer?.events).filter((event) => event?.threadRoot);
    await eventually(() => told().length === 2);
    expect(told().map(({ message }) => message.body)).toEqual(["One", "Two"]);
    expect(told()[1]).toMatchObject({ threadRoot: { body: "Begin", thread: { replyCount: 2 } } });
    socket.close();
  });
});

describe("the threads that one follows", () => {
  it("come newest reply first, page by page from either end", async () => {
    const nils = await addAgent(api.world, { name: "Nils", role: "agent", locale: "en" });
    const caller = await agentBearer(nils);
    const id = await openGroup(nils, dora);
    const roots = [];
    for (const body of ["one", "two", "three", "four"]) roots.push(await say(nils, id, body));
    for (const root of roots) await reply(dora, root);
    await reply(dora, roots[1]!);
    const page = async (args: string) => {
      const { data } = await api.ask(
        caller,
        `{ threads(${args}) { pageInfo { startCursor endCursor } nodes { root { body } } } }`,
      );
      const { pageInfo, nodes } = data!.threads;
      return { ...pageInfo, bodies: nodes.map(({ root }: { root: { body: string } }) => root.body) };
    };
    const first = await page("first: 3");
    expect(first.bodies).toEqual(["two", "four", "three"]);
    expect((await page(`first: 3, after: "${first.endCursor}"`)).bodies).toEqual(["one"]);
    expect((await page(`last: 2`)).bodies).toEqual(["three", "one"]);
    expect((await api.ask(caller, `{ threads(after: "x") { nodes { id } } }`)).errors![0]!.extensions.code).toBe(
      "BAD_USER_INPUT",
    );
  });
});
