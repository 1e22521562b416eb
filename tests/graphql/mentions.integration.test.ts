import { describe, expect, it } from "vitest";
import { markRead } from "../../api/chat/actions/mark-read.ts";
import { globalId } from "../support/ids.ts";
import { openGroup, takeOut } from "../support/rooms.ts";
import { api, as, dora, following, idOf, setScene } from "../support/rooms-scene.ts";
import { begin, granted, note, say } from "../support/story.ts";
import { sql } from "../../api/kernel/database.ts";

setScene();

const MINE = `{ unreadMentionCount mentions { nodes { body mentions { handle agent { name handle } } } } }`;
const callDora = async () => {
  const handle = `dora-${dora.agentId.slice(-12)}`;
  await sql`UPDATE agent SET handle = ${handle} WHERE id = ${dora.agentId}`;
  return handle;
};

describe("mentions", () => {
  it("are told with whom they name, and counted until they are read", async () => {
    const handle = await callDora();
    const id = await openGroup(api.world.ann, dora);
    const { staffSeq: seq } = await say(api.world.ann, id, `@${handle}, lunch? @here`);
    const { data } = await api.ask(as, MINE);
    expect(data).toEqual({
      unreadMentionCount: 1,
      mentions: {
        nodes: [
          {
            body: `@${handle}, lunch? @here`,
            mentions: [
              { handle, agent: { name: "Dora", handle } },
              { handle: "here", agent: null },
            ],
          },
        ],
      },
    });
    const room = async () =>
      (await api.ask(as, "query ($id: ID!) { conversation(id: $id) { unreadMentionCount } }", { id: idOf(id) })).data;
    expect(await room()).toEqual({ conversation: { unreadMentionCount: 1 } });
    granted(await markRead(dora, { conversationId: id, seq }));
    expect(await room()).toEqual({ conversation: { unreadMentionCount: 0 } });
    expect((await api.ask(as, MINE)).data).toMatchObject({ unreadMentionCount: 0, mentions: { nodes: [{}] } });
    await takeOut(api.world.ann, id, dora);
    expect((await api.ask(as, MINE)).data).toMatchObject({ mentions: { nodes: [] } });
  });

  it("come with the message to who follows it", async () => {
    const handle = await callDora();
    const id = await openGroup(api.world.ann, dora);
    const { socket } = await following(as, id, id);
    const open = socket.follow(
      "subscription ($id: ID!) { events(conversationId: $id) { ... on MessageSent { message { mentions { handle } content { ... on TextParagraph { spans { text mention { agent { name } } } } } } } } }",
      { id: idOf(id) },
    );
    await say(api.world.ann, id, `Well, @${handle}?`);
    await expect
      .poll(() => open.answers.at(-1)?.data)
      .toEqual({
        events: {
          message: {
            mentions: [{ handle }],
            content: [
              {
                spans: [
                  { text: "Well, ", mention: null },
                  { text: `@${handle}`, mention: { agent: { name: "Dora" } } },
                  { text: "?", mention: null },
                ],
              },
            ],
          },
        },
      });
  });

  it("are nothing to a customer, who learns nobody's handle", async () => {
    const { conversation } = await begin(api.world.hannah, "@ann, hello");
    await note(api.world.irina, conversation.id, "@ann, look");
    const seen = `{ unreadMentionCount mentions { nodes { id } } viewer { id }
      conversations { nodes { unreadMentionCount messages { nodes { body mentions { handle } author { ... on Agent { handle } } } } } } }`;
    await say(api.world.ann, conversation.id, "Hello");
    const { data } = await api.ask(api.as.hannah, seen);
    expect(data).toMatchObject({ unreadMentionCount: 0, mentions: { nodes: [] } });
    expect(data!.conversations.nodes[0].messages.nodes).toEqual([
      { body: "@ann, hello", mentions: [], author: {} },
      { body: "Hello", mentions: [], author: { handle: null } },
    ]);
  });

  it("are refused a cursor that is none", async () => {
    for (const after of ["x", globalId("Message", dora.agentId)]) {
      const { errors } = await api.ask(as, `{ mentions(after: "${after}") { nodes { id } } }`);
      expect(errors?.[0]?.extensions?.code).toBe("BAD_USER_INPUT");
    }
  });
});

describe("what a message says", () => {
  it("comes as parts, each with its marks", async () => {
    const id = await openGroup(api.world.ann, dora);
    const body =
      "Hi **bold _both_** ~~no~~ `x` [see](https://lumen.example)\n> said\n\n2. one\n3. two\n```ts\nlet a;\n```";
    await say(api.world.ann, id, body);
    const query = `query ($id: ID!) { conversation(id: $id) { lastMessage { content { __typename
      ... on TextParagraph { spans { text marks href } } ... on TextQuote { spans { text } }
      ... on TextList { start items { spans { text } } } ... on TextCode { language text } } } } }`;
    const { data } = await api.ask(as, query, { id: idOf(id) });
    const plain = { marks: [], href: null };
    expect(data!.conversation.lastMessage.content).toEqual([
      {
        __typename: "TextParagraph",
        spans: [
          { ...plain, text: "Hi " },
          { ...plain, text: "bold ", marks: ["BOLD"] },
          { ...plain, text: "both", marks: ["BOLD", "ITALIC"] },
          { ...plain, text: " " },
          { ...plain, text: "no", marks: ["STRIKE"] },
          { ...plain, text: " " },
          { ...plain, text: "x", marks: ["CODE"] },
          { ...plain, text: " " },
          { ...plain, text: "see", href: "https://lumen.example/" },
        ],
      },
      { __typename: "TextQuote", spans: [{ text: "said" }] },
      { __typename: "TextList", start: 2, items: [{ spans: [{ text: "one" }] }, { spans: [{ text: "two" }] }] },
      { __typename: "TextCode", language: "ts", text: "let a;" },
    ]);
  });
});
