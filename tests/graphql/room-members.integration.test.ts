import { describe, expect, it } from "vitest";
import { saveDraft } from "../../api/chat/actions/save-draft.ts";
import { newId } from "../../api/kernel/id.ts";
import { eventually } from "../support/eventually.ts";
import { letIn, openGroup, takeOut } from "../support/rooms.ts";
import { api, as, bodiesOf, dora, FOLLOW, following, found, idOf, setScene } from "../support/rooms-scene.ts";
import { granted, say } from "../support/story.ts";

const SEND =
  "mutation ($input: SendMessageInput!) { sendMessage(input: $input) { __typename ... on UserError { code } } }";

setScene();

describe("someone who is taken out of a group", () => {
  it("sees no more of it by any way, and has nothing unread or begun there", async () => {
    const id = await openGroup(api.world.ann, dora);
    const message = await say(api.world.ann, id, "Between us");
    granted(await saveDraft(dora, { conversationId: id, clientId: newId(), body: "I", visibility: "everyone" }));
    expect(await found(as, id, message.id)).toContain("Between us");
    await takeOut(api.world.ann, id, dora);
    const seen = await found(as, id, message.id);
    expect(JSON.parse(seen)).toMatchObject({ node: null, conversation: null, rooms: { nodes: [] }, message: null });
    await letIn(api.world.ann, id, dora);
    expect(JSON.parse(await found(as, id, message.id)).node).toMatchObject({ unreadCount: 0, draft: null });
  });

  it.each(["all that is theirs", "the group alone"])("is ended over WebSocket, following %s", async (what) => {
    const [id, other] = [await openGroup(api.world.ann, dora), await openGroup(api.world.ann, dora)];
    const { socket, open } = await following(as, id, what === "the group alone" ? id : undefined);
    await takeOut(api.world.ann, id, dora);
    expect(await socket.closed).toEqual({ code: 1013, reason: "Resume from your cursor" });
    await say(api.world.ann, id, "Without you");
    expect(bodiesOf(open)).not.toContain("Without you");

    const again = await following(as, other);
    await say(api.world.ann, id, "Still without you");
    await say(api.world.ann, other, "With you");
    await eventually(() => bodiesOf(again.open).includes("With you"));
    expect(JSON.stringify(again.open.answers)).not.toContain(idOf(id));
  });

  it("is ended over SSE", async () => {
    const id = await openGroup(api.world.ann, dora);
    const stream = await api.stream(as, FOLLOW);
    await say(api.world.ann, id, "With you");
    await eventually(() => stream.text().includes("With you"));
    await takeOut(api.world.ann, id, dora);
    await stream.ended;
    await say(api.world.ann, id, "Without you");
    expect(stream.text()).not.toContain("Without you");
    expect(stream.text()).not.toContain('"role":null');
  });

  it("cannot follow it again, nor send what was sent before once more", async () => {
    const id = await openGroup(api.world.ann, dora);
    const input = { conversationId: idOf(id), clientId: newId(), body: "Once" };
    expect((await api.ask(as, SEND, { input })).data!.sendMessage.__typename).toBe("SendMessagePayload");
    await takeOut(api.world.ann, id, dora);
    expect((await api.ask(as, SEND, { input })).data!.sendMessage).toEqual({
      ...{ __typename: "NotFound", code: "conversation_not_found" },
    });
    const open = (await api.connect(as)).follow(FOLLOW, { conversationId: idOf(id) });
    const { errors } = await eventually(() => open.answers[0]);
    expect(errors![0]!.extensions.code).toBe("NOT_FOUND");
  });

  it("is told by a retry of its making that it is not there", async () => {
    const query = `mutation ($input: CreateGroupInput!) { createGroup(input: $input) { __typename
      ... on CreateGroupPayload { conversation { id } } ... on UserError { code } } }`;
    const input = { clientId: newId(), name: "Mine" };
    const { conversation } = (await api.ask(as, query, { input })).data!.createGroup;
    const leave = `mutation ($id: ID!) { leaveRoom(input: { conversationId: $id }) { ... on LeaveRoomPayload { conversationId } } }`;
    const left = await api.ask(as, leave, { id: conversation.id });
    expect(left.data!.leaveRoom.conversationId).toBe(conversation.id);
    expect((await api.ask(as, query, { input })).data!.createGroup).toEqual({
      ...{ __typename: "NotFound", code: "conversation_not_found" },
    });
  });
});

describe("someone who comes into a room", () => {
  it("is told to come again, and is told of it from their cursor on; the others hear of it at once", async () => {
    const { ann } = api.world;
    const [id, own] = [await openGroup(ann), await openGroup(ann, dora)];
    await say(ann, id, "Long ago");
    const cursor = (await api.ask(as, "{ eventCursor }")).data!.eventCursor;
    const [mine, anns] = [await following(as, own), await following(api.as.ann, id)];
    await letIn(ann, id, dora, "viewer");
    expect(await mine.socket.closed).toMatchObject({ code: 1013 });
    const again = (await api.connect(as)).follow(FOLLOW, { after: cursor });
    const told = { agent: { name: "Dora" }, previousRole: null, role: "VIEWER", member: { role: "VIEWER" } };
    for (const open of [again, anns.open]) {
      const event = await eventually(() =>
        open.answers.map(({ data }) => data!.events).find(({ __typename }) => __typename === "MemberChanged"),
      );
      expect(event).toMatchObject({ ...told, conversation: { id: idOf(id), room: { memberCount: 2 } } });
    }
    const query = "query ($id: ID!) { conversation(id: $id) { unreadCount messages { nodes { body } } } }";
    const { data } = await api.ask(as, query, { id: idOf(id) });
    expect(data!.conversation.unreadCount).toBe(0);
    expect(data!.conversation.messages.nodes[0].body).toBe("Long ago");
  });

  it("as a viewer is refused to write, in words", async () => {
    const id = await openGroup(api.world.ann);
    await letIn(api.world.ann, id, dora, "viewer");
    const input = { conversationId: idOf(id), clientId: newId(), body: "May I?" };
    expect((await api.ask(as, SEND, { input })).data!.sendMessage).toEqual({
      ...{ __typename: "NotPermitted", code: "not_permitted" },
    });
  });
});
