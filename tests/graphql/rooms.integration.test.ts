import { describe, expect, it } from "vitest";
import { updateRoom } from "../../api/chat/actions/update-room.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { paths } from "../../portal/paths.ts";
import { portalBrowser } from "../portal/portal-browser.ts";
import { agentBearer, type Credentials } from "../support/bearers.ts";
import { eventually } from "../support/eventually.ts";
import { globalId } from "../support/ids.ts";
import { directOf, join, openChannel, openGroup, takeOut } from "../support/rooms.ts";
import { api, as, bodiesOf, dora, FOLLOW, found, idOf, setScene } from "../support/rooms-scene.ts";
import { begin, granted, say } from "../support/story.ts";
import { addAgent } from "../support/world.ts";

setScene();

describe("a group", () => {
  it("is seen by who is in it, by every way", async () => {
    const id = await openGroup(api.world.ann, dora);
    const message = await say(api.world.ann, id, "Between us");
    const seen = JSON.parse(await found(as, id, message.id));
    for (const room of [seen.node, seen.conversation, seen.rooms.nodes[0]])
      expect(room).toMatchObject({
        ...{ id: idOf(id), kind: "GROUP", unreadCount: 1, lastMessage: { body: "Between us" } },
        room: {
          ...{ name: "Plans", memberCount: 2, role: "MEMBER" },
          members: {
            nodes: [
              { agent: { name: "Ann Lind" }, role: "OWNER" },
              { agent: { name: "Dora" }, role: "MEMBER" },
            ],
          },
        },
      });
    expect(seen.conversations.nodes).not.toContainEqual(expect.objectContaining({ id: idOf(id) }));
  });

  it("is not there for anyone else: colleague, owner, customer, other workspace", async () => {
    const id = await openGroup(dora);
    const message = await say(dora, id, "Unheard");
    const { ann, ben, intruder, hannah, stranger } = api.as;
    for (const caller of [ann, ben, intruder, hannah, stranger]) {
      const seen = await found(caller, id, message.id);
      expect(seen).not.toContain(idOf(id));
      expect(seen).not.toContain("Unheard");
      expect(JSON.parse(seen)).toMatchObject({ node: null, conversation: null, nodes: [null, null], message: null });
    }
  });
});

describe("a channel", () => {
  it("shows itself to colleagues before they join, and nothing that is said there", async () => {
    const id = await openChannel(dora, "Harbour");
    const message = await say(dora, id, "Within");
    const seen = await found(api.as.ben, id, message.id);
    expect(JSON.parse(seen)).toMatchObject({ node: null, rooms: { nodes: [] }, message: null });
    expect(seen).toContain(`{"conversationId":"${idOf(id)}","topic":"","name":"Harbour"}`);
    expect(seen).not.toContain("Within");
    for (const caller of [api.as.intruder, api.as.hannah])
      expect(await found(caller, id, message.id)).not.toContain(idOf(id));
  });

  it("is listed by name, page by page from either end, without archived ones", async () => {
    const { world } = api;
    const other = await addAgent(world.elsewhere, { name: "Nils", role: "owner", locale: "en" });
    const caller = await agentBearer(other);
    for (const name of ["delta", "Bravo", "charlie", "Alpha"]) await openChannel(other, name);
    const conversationId = await openChannel(other, "echo");
    granted(await updateRoom(other, { conversationId, isArchived: true }));
    const page = async (args: string) => {
      const query = `{ channels(${args}) { pageInfo { hasNextPage endCursor startCursor } nodes { name memberCount isMember } } }`;
      const { data } = await api.ask(caller, query);
      return { ...data!.channels.pageInfo, names: data!.channels.nodes.map(({ name }: { name: string }) => name) };
    };
    const first = await page("first: 3");
    expect(first).toMatchObject({ names: ["Alpha", "Bravo", "charlie"], hasNextPage: true });
    expect(await page(`first: 3, after: ${JSON.stringify(first.endCursor)}`)).toMatchObject({ names: ["delta"] });
    const last = await page("last: 2");
    expect(last.names).toEqual(["charlie", "delta"]);
    expect((await page(`last: 9, before: ${JSON.stringify(last.startCursor)}`)).names).toEqual(["Alpha", "Bravo"]);
    const all = (await api.ask(caller, "{ channels { nodes { memberCount isMember } } }")).data!.channels.nodes;
    expect(all).toEqual(Array.from({ length: 4 }, () => ({ memberCount: 1, isMember: true })));
  });

  it("takes no cursor that the database cannot hold", async () => {
    const { errors } = await api.ask(as, "query ($after: String) { channels(after: $after) { nodes { name } } }", {
      after: "\0",
    });
    expect(errors![0]!.extensions.code).toBe("BAD_USER_INPUT");
  });
});

describe("the rooms of an agent", () => {
  it("are all of theirs, newest activity first, page by page, and none of others", async () => {
    const { ann, irina } = api.world;
    const ids = [await openGroup(ann, dora), await directOf(dora, irina), await openChannel(dora)];
    await openGroup(ann);
    for (const id of [ids[1]!, ids[0]!, ids[2]!]) await say(dora, id);
    const query =
      "query ($after: String) { rooms(first: 2, after: $after) { pageInfo { hasNextPage endCursor } nodes { id } } }";
    const first = (await api.ask(as, query)).data!.rooms;
    const rest = (await api.ask(as, query, { after: first.pageInfo.endCursor })).data!.rooms;
    const told = [...first.nodes, ...rest.nodes].map(({ id }: { id: string }) => id);
    expect(told).toEqual([ids[2]!, ids[0]!, ids[1]!].map(idOf));
    expect([first.pageInfo.hasNextPage, rest.pageInfo.hasNextPage]).toEqual([true, false]);
  });
});

describe("a customer", () => {
  it("is told nothing by anything of rooms: their cursor stays where it is, and staff's moves", async () => {
    const { ann, ben } = api.world;
    await begin(api.world.hannah);
    const channel = await openChannel(ann);
    const end = async (caller: Credentials) => (await api.ask(caller, "{ eventCursor }")).data!.eventCursor;
    const heard = (await api.connect(api.as.hannah)).follow(FOLLOW);
    await eventually(async () => {
      await begin(api.world.hannah, "Ready?");
      return bodiesOf(heard).length > 0;
    });
    // What is on its way of that has come once a further message has.
    const { conversation } = await begin(api.world.hannah, "Settled");
    await eventually(() => bodiesOf(heard).includes("Settled"));
    const [customers, staffs] = [await end(api.as.hannah), await end(api.as.ann)];
    const count = heard.answers.length;
    await join(ben, channel);
    for (const id of [channel, await openGroup(ann, ben), await directOf(ann, ben)]) await say(ann, id, "Among us");
    granted(await updateRoom(ann, { conversationId: channel, topic: "Customers" }));
    await takeOut(ann, channel, ben);
    await eventually(async () => (await end(api.as.ann)) !== staffs);
    expect(await end(api.as.hannah)).toBe(customers);
    await say(ann, conversation.id, "To you");
    await eventually(() => bodiesOf(heard).includes("To you"));
    expect(heard.answers.slice(count).map(({ data }) => data!.events.conversation.id)).toEqual(
      heard.answers.slice(count).map(() => idOf(conversation.id)),
    );
  });

  it("does not meet an agent who only wrote in rooms", async () => {
    for (const _one of [1, 2]) await addAgent(api.world, { name: "Other", role: "agent", locale: "en" });
    await say(dora, await openGroup(dora), "Among us");
    const { data } = await api.ask(api.as.hannah, "query ($id: ID!) { node(id: $id) { id } }", {
      id: globalId("Agent", dora.agentId),
    });
    expect(data!.node).toBeNull();
  });

  it("finds no rooms and no channels, and may do nothing with them", async () => {
    const { data } = await api.ask(api.as.hannah, "{ rooms { nodes { id } } channels { nodes { name } } }");
    expect(data).toEqual({ rooms: { nodes: [] }, channels: { nodes: [] } });
  });
});

describe("the portal's page of a group", () => {
  it("is there for who is in it, and for nobody else", async () => {
    const id = await openGroup(api.world.ann);
    const statusFor = async (agent: AgentActor) =>
      (await (await portalBrowser(api.url, agent)).get(paths.conversation(id))).status;
    expect([await statusFor(api.world.ann), await statusFor(dora), await statusFor(api.world.intruder)]).toEqual([
      200, 404, 404,
    ]);
  });
});

describe("the portal's list of channels", () => {
  it("begins where it begins for an address that the database cannot hold", async () => {
    const browser = await portalBrowser(api.url, dora);
    expect((await browser.get(paths.channels("\0"))).status).toBe(200);
  });
});
