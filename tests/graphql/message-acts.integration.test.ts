import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Message } from "../../prisma/generated/client/client.ts";
import { type Api, startApi } from "../support/api.ts";
import type { Credentials } from "../support/bearers.ts";
import { globalId } from "../support/ids.ts";
import { eventually } from "../support/eventually.ts";
import { edit, pin, remove, sign } from "../support/acts.ts";
import { begin, note, say } from "../support/story.ts";

let api: Api;
let conversationId: string;
/** Ann's, to Hannah. */
let message: Message;

beforeAll(async () => {
  api = await startApi();
});
beforeEach(async () => {
  conversationId = (await begin(api.world.hannah)).conversation.id;
  message = await say(api.world.ann, conversationId, "Here it is");
});

const SEEN = `id body editedAt deletedAt versions { number body writtenAt } pin { agent { name } pinnedAt }
  reactions { emoji count agentIds }`;
const FOLLOW = `subscription ($id: ID) { events(conversationId: $id) { __typename seq
  ... on MessageEvent { message { body deletedAt } by { name } } ... on ReactionChanged { emoji isOn } ... on PinChanged { isPinned } } }`;

async function seenBy(caller: Credentials, { id } = message) {
  const query = `query ($id: ID!, $in: ID!) { node(id: $id) { ... on Message { ${SEEN} } }
    conversation(id: $in) { seq lastMessage { id body } pins { edges { cursor } nodes { id body } } } }`;
  const variables = { id: globalId("Message", id), in: globalId("Conversation", conversationId) };
  const { data, errors } = await api.ask(caller, query, variables);
  if (errors) throw new Error(JSON.stringify(errors));
  return data!;
}

async function ask(caller: Credentials, name: string, input: object) {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}`;
  const query = `mutation ($input: ${type}Input!) { ${name}(input: $input) { __typename
    ... on ${type}Payload { changedMessage { body reactions { emoji } pin { pinnedAt } deletedAt } } ... on UserError { code path } } }`;
  const given = { messageId: globalId("Message", message.id), ...input };
  const { data, errors } = await api.ask(caller, query, { input: given });
  if (errors) throw new Error(JSON.stringify(errors));
  return data![name];
}

describe("what became of a message", () => {
  it("is done through the API, which answers the message as it is then", async () => {
    const { ann } = api.as;
    expect(await ask(ann, "editMessage", { body: "There it is" })).toMatchObject({
      changedMessage: { body: "There it is" },
    });
    expect(await ask(ann, "addReaction", { emoji: ":+1:" })).toMatchObject({
      changedMessage: { reactions: [{ emoji: "👍" }] },
    });
    expect(await ask(ann, "removeReaction", { emoji: "👍" })).toMatchObject({ changedMessage: { reactions: [] } });
    expect(await ask(ann, "pinMessage", {})).toMatchObject({
      changedMessage: { pin: { pinnedAt: expect.any(String) } },
    });
    expect(await ask(ann, "unpinMessage", {})).toMatchObject({ changedMessage: { pin: null } });
    expect(await ask(ann, "deleteMessage", {})).toMatchObject({
      changedMessage: { body: "", deletedAt: expect.any(String) },
    });
    expect(await ask(ann, "editMessage", { body: "No" })).toMatchObject({ __typename: "NotFound" });
  });

  it("is seen by staff with all that it said and who set which sign", async () => {
    await edit(api.world.ann, message, "There it is");
    await sign(api.world.irina, message, "👍");
    await sign(api.world.ann, message, "👍");
    await pin(api.world.irina, message);
    const { node, conversation } = await seenBy(api.as.ann);
    const [ann, irina] = [api.world.ann, api.world.irina];
    expect(node).toEqual({
      ...{ id: globalId("Message", message.id), body: "There it is", deletedAt: null },
      editedAt: expect.any(String),
      versions: [{ number: 1, body: "Here it is", writtenAt: message.sentAt.toISOString() }],
      pin: { agent: { name: irina.name }, pinnedAt: expect.any(String) },
      reactions: [
        {
          ...{ emoji: "👍", count: 2 },
          agentIds: [globalId("Agent", irina.agentId), globalId("Agent", ann.agentId)],
        },
      ],
    });
    expect(conversation.pins.nodes).toEqual([{ id: globalId("Message", message.id), body: "There it is" }]);
  });

  it("is seen by the customer only where it is an edit or a deletion of what they see", async () => {
    const hidden = await note(api.world.ann, conversationId);
    const before = await seenBy(api.as.hannah);
    await sign(api.world.irina, message, "👍");
    await pin(api.world.irina, message);
    await edit(api.world.ann, hidden, "Otherwise");
    await remove(api.world.ann, hidden);
    expect(await seenBy(api.as.hannah)).toEqual(before);
    await edit(api.world.ann, message, "There it is");
    const { node, conversation } = await seenBy(api.as.hannah);
    expect(node).toEqual({ ...before.node, body: "There it is", editedAt: expect.any(String) });
    expect(conversation).toEqual({
      ...before.conversation,
      seq: before.conversation.seq + 1,
      lastMessage: { id: node.id, body: "There it is" },
    });
  });

  it("is told to whoever may see it, in numbers without a gap", async () => {
    const id = globalId("Conversation", conversationId);
    const staff = (await api.connect(api.as.irina)).follow(FOLLOW, { id });
    const customer = (await api.connect(api.as.hannah)).follow(FOLLOW, { id });
    const told = ({ answers }: typeof staff) => answers.map(({ data }) => data!.events);
    await eventually(async () => {
      await say(api.world.ann, conversationId, "Ready?");
      return told(staff).length > 0 && told(customer).length > 0;
    });
    await sign(api.world.ann, message, "👍");
    await edit(api.world.ann, message, "There it is");
    await pin(api.world.ann, message);
    await remove(api.world.ann, message);
    await eventually(() => told(customer).at(-1)?.__typename === "MessageDeleted");
    await eventually(() => told(staff).at(-1)?.__typename === "MessageDeleted");
    const kinds = (one: typeof staff) => told(one).map(({ __typename }) => __typename);
    expect(kinds(staff).slice(-4)).toEqual(["ReactionChanged", "MessageEdited", "PinChanged", "MessageDeleted"]);
    expect(kinds(customer).slice(-3)).toEqual(["MessageSent", "MessageEdited", "MessageDeleted"]);
    expect(told(customer).at(-1)).toMatchObject({ message: { body: "" }, by: { name: api.world.ann.name } });
    for (const reader of [staff, customer]) {
      const seqs = told(reader).map(({ seq }) => seq);
      expect(seqs).toEqual(seqs.map((_, index) => seqs[0] + index));
    }
  });
});
