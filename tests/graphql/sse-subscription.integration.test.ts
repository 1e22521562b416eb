import { describe, expect, it } from "vitest";
import { newId } from "../../api/kernel/id.ts";
import { cursorOf } from "../../api/kernel/log/cursor.ts";
import { renders } from "../../api/kernel/metrics.ts";
import { revokePersonalToken } from "../../api/people/actions/revoke-personal-token.ts";
import type { TestStream } from "../support/event-stream.ts";
import { tokenFor } from "../support/bearers.ts";
import { eventually } from "../support/eventually.ts";
import { globalId } from "../support/ids.ts";
import { api, begun, bodiesOf, cursorNow, eventsOf, FOLLOW, follow, get, setScene } from "../support/sse-scene.ts";
import { begin, granted, note, say } from "../support/story.ts";

setScene();

describe("a subscription", () => {
  it("tells each event with its cursor for an id, and a sign with none", async () => {
    const conversationId = await begun("hannah");
    const stream = await follow(api.as.hannah);
    const typing = "mutation ($input: SetTypingInput!) { setTyping(input: $input) { __typename } }";
    const input = { conversationId: globalId("Conversation", conversationId), isTyping: true };
    await api.ask(api.as.ann, typing, { input });
    await eventually(() => stream.events().length === 1);
    await say(api.world.ann, conversationId, "Hello\r\n\nevent: complete");
    // Who answers has read: that is a sign too.
    const [typed, read, sent] = await eventually(() => stream.events().length === 3 && stream.events());
    for (const sign of [typed!, read!])
      expect([sign.event, sign.id, JSON.parse(sign.data).data.events.cursor]).toEqual(["next", undefined, null]);
    expect(sent).toMatchObject({ event: "next", id: eventsOf(stream)[2].cursor });
    expect(eventsOf(stream)[2].message.body).toBe("Hello\r\n\nevent: complete");
  });

  it("may be asked for by GET", async () => {
    const conversationId = await begun("hannah");
    const stream = await get({ query: FOLLOW }, api.as.hannah);
    await say(api.world.ann, conversationId, "By GET");
    await eventually(() => bodiesOf(stream).includes("By GET"));
  });

  it("resumes after Last-Event-ID without a gap or a double, whatever `after` says", async () => {
    const conversationId = await begun("hannah");
    const after = await cursorNow(api.as.ann);
    const [all, broken] = [await follow(api.as.irina, { after }), await follow(api.as.ann, { after })];
    const sent: string[] = [];
    const write = async (count: number) => {
      for (let made = 0; made < count; made++) sent.push((await say(api.world.hannah, conversationId, newId())).body);
    };
    await write(5);
    const heardBy = (stream: TestStream) => bodiesOf(stream).filter((body) => sent.includes(body));
    await eventually(() => heardBy(broken).length >= 3);
    broken.close();
    const id = broken.events().at(-1)!.id!;
    await write(5);
    const resumed = await follow(api.as.ann, { after }, { "last-event-id": id });
    await write(5);
    await eventually(() => [all, resumed].every((stream) => heardBy(stream).includes(sent.at(-1)!)));
    expect(heardBy(all)).toEqual(sent);
    expect([...heardBy(broken), ...heardBy(resumed)]).toEqual(sent);
  });

  it("tells a reader whose Last-Event-ID is of another log to refetch, with an id to go on from", async () => {
    const conversationId = await begun("hannah");
    const stream = await follow(api.as.ann, {}, { "last-event-id": cursorOf(newId(), 5) });
    const [reload] = await eventually(() => stream.events().length > 0 && eventsOf(stream));
    expect(reload).toMatchObject({ __typename: "ReloadRequired", cursor: stream.events()[0]!.id });
    stream.close();
    await say(api.world.hannah, conversationId, "After the reload");
    const resumed = await follow(api.as.ann, {}, { "last-event-id": reload.cursor });
    await eventually(() => bodiesOf(resumed).includes("After the reload"));
    expect(bodiesOf(resumed)).toEqual(["After the reload"]);
  });

  it("refuses a Last-Event-ID that is no cursor", async () => {
    const stream = await api.stream(api.as.ann, FOLLOW, {}, { "last-event-id": "7" });
    await stream.ended;
    expect(JSON.parse(stream.events()[0]!.data).errors[0].extensions.code).toBe("BAD_USER_INPUT");
  });

  it("tells a customer nothing of a private note", async () => {
    const conversationId = await begun("hannah");
    const stream = await follow(api.as.hannah);
    await note(api.world.ann, conversationId, "Secret");
    await say(api.world.ann, conversationId, "Open");
    await eventually(() => bodiesOf(stream).includes("Open"));
    expect(bodiesOf(stream).filter(Boolean)).toEqual(["Open"]);
    expect(stream.text()).not.toContain("Secret");
  });

  it("is executed once for all of its readers, by WebSocket and SSE together", async () => {
    const streams = [await follow(api.as.ann), await follow(api.as.irina), await follow(api.as.ann)];
    const socket = await api.connect(api.as.irina);
    const following = socket.follow(FOLLOW);
    const all = () => [...streams.map(bodiesOf), following.answers.map(({ data }) => data!.events.message?.body)];
    await socket.ask("{ eventCursor }");
    const conversationId = (await begin(api.world.maria, "Ready?")).conversation.id;
    await eventually(() => all().every((bodies) => bodies.at(-1) === "Ready?"));
    const before = (await renders.get()).values[0]!.value;
    await say(api.world.maria, conversationId, "Once");
    await eventually(() => all().every((bodies) => bodies.at(-1) === "Once"));
    expect((await renders.get()).values[0]!.value - before).toBe(1);
    expect(following.answers.at(-1)!.data!.events.cursor).toBe(streams[0]!.events().at(-1)!.id);
    socket.close();
  });

  it("is executed once also for readers who come back with a cursor each, to one conversation or to all", async () => {
    const conversationId = await begun("hannah");
    const first = await cursorNow(api.as.ann);
    await say(api.world.hannah, conversationId, "Missed by one");
    const second = await cursorNow(api.as.ann);
    const one = globalId("Conversation", conversationId);
    const streams = await Promise.all([
      ...[follow(api.as.ann, { after: first }), follow(api.as.ann, { after: second })],
      follow(api.as.irina, { after: first, conversationId: one }),
    ]);
    await eventually(() => [0, 2].every((index) => bodiesOf(streams[index]!).includes("Missed by one")));
    const before = (await renders.get()).values[0]!.value;
    await say(api.world.hannah, conversationId, "For all");
    await eventually(() => streams.every((stream) => bodiesOf(stream).includes("For all")));
    expect((await renders.get()).values[0]!.value - before).toBe(1);
  });

  it("ends for now, and opens no more, once its token is revoked", async () => {
    const made = await tokenFor(api.world.ann, ["read"]);
    const lost = { authorization: `Bearer ${made.token}` };
    const stream = await follow(lost);
    granted(await revokePersonalToken(api.world.ann, { tokenId: made.tokenId }));
    expect(await stream.ended).toBe(true);
    expect([stream.events(), stream.retry()]).toEqual([[], expect.any(Number)]);
    await eventually(async () => (await api.stream(lost, FOLLOW)).status === 401);
  });

  it("is left when its reader goes away", async () => {
    const followers = async () => {
      const text = await (await fetch(`${api.url}/metrics`)).text();
      return Number(/^beseda_live_followers (\d+)$/m.exec(text)![1]);
    };
    await eventually(async () => (await followers()) === 0);
    const stream = await follow(api.as.ann);
    await eventually(async () => (await followers()) === 1);
    stream.close();
    await eventually(async () => (await followers()) === 0);
  });
});
