import { setImmediate as turn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { beforeAll, expect, it } from "vitest";
import { type Api, startApi } from "../support/api.ts";
import type { TestStream } from "../support/event-stream.ts";
import { eventually } from "../support/eventually.ts";
import type { TestSocket } from "../support/socket.ts";
import { begin, say } from "../support/story.ts";

let api: Api;
let conversationId: string;

beforeAll(async () => {
  api = await startApi();
  conversationId = (await begin(api.world.hannah)).conversation.id;
});

const MESSAGES = 300;
const MOST_HELD = 15 * 1024 * 1024;
const BODY = "Л".repeat(10_000);
/** A payload of some 200 kB, so that the network's own buffers fill soon; all of them would be 60 MB. */
const copies = Array.from({ length: 10 }, (_, index) => `copy${index}: body`).join(" ");
const LONG = `subscription ($after: String) { events(after: $after) { cursor ... on MessageSent { message { id ${copies} } } } }`;
const SHORT = "subscription { events { cursor ... on MessageSent { message { id } } } }";

it("cuts a socket that never reads with 1013 before it costs memory; others are served meanwhile, and it resumes without a loss", async () => {
  const [slow, quick] = [await api.connect(api.as.ann), await api.connect(api.as.irina)];
  slow.follow(LONG);
  quick.follow(SHORT);
  await eventually(async () => {
    await say(api.world.hannah, conversationId, "Ready?");
    return messageIds(slow).length > 0 && messageIds(quick).length > 0;
  });
  const { id: last } = await say(api.world.hannah, conversationId, "Ready.");
  await eventually(() => messageIds(slow).includes(last) && messageIds(quick).includes(last));
  slow.socket.pause();

  const before = bytesHeld();
  const sent: string[] = [];
  for (let count = 0; count < MESSAGES; count++) sent.push((await say(api.world.hannah, conversationId, BODY)).id);
  await eventually(() => messageIds(quick).includes(sent.at(-1)!), 15_000);
  expect(after(last, quick)).toEqual(sent);
  expect(bytesHeld() - before).toBeLessThan(MOST_HELD);

  slow.socket.resume();
  expect(await slow.closed).toMatchObject({ code: 1013 });
  const heard = after(last, slow);
  expect(heard.length).toBeLessThan(MESSAGES);
  expect(heard).toEqual(sent.slice(0, heard.length));

  const again = await api.connect(api.as.ann);
  again.follow(LONG, { after: slow.received.at(-1)!.payload.data.events.cursor });
  await eventually(() => messageIds(again).length === MESSAGES - heard.length, 15_000);
  expect(messageIds(again)).toEqual(sent.slice(heard.length));
  for (const socket of [quick, again]) {
    socket.close();
    await socket.closed;
  }
}, 60_000);

// Sooner than the pulse, which ends whoever answers no ping of ours for 25 s.
it("cuts a socket that pings and never reads the answers", async () => {
  const { socket, closed } = await api.connect(api.as.ann);
  socket.pause();
  const words = Buffer.alloc(125);
  while (socket.readyState === socket.OPEN) {
    for (let count = 0; count < 1_000; count++) socket.ping(words);
    await turn();
  }
  expect(await closed).toMatchObject({ code: 1006 });
}, 20_000);

it("cuts an event stream that nobody reads before it costs memory; others are served meanwhile, and it resumes without a loss", async () => {
  const [slow, quick] = [await api.stream(api.as.ann, LONG), await api.stream(api.as.irina, SHORT)];
  const { id: last } = await say(api.world.hannah, conversationId, "Ready.");
  await eventually(() => [slow, quick].every((stream) => idsIn(stream).includes(last)));
  slow.pause();

  const before = bytesHeld();
  const sent: string[] = [];
  for (let count = 0; count < MESSAGES; count++) sent.push((await say(api.world.hannah, conversationId, BODY)).id);
  await eventually(() => idsIn(quick).includes(sent.at(-1)!), 15_000);
  expect(idsAfter(last, quick)).toEqual(sent);
  expect(bytesHeld() - before).toBeLessThan(MOST_HELD);

  slow.resume();
  await slow.ended;
  const heard = idsAfter(last, slow);
  expect(heard.length).toBeLessThan(MESSAGES);
  expect(heard).toEqual(sent.slice(0, heard.length));

  const again = await api.stream(api.as.ann, LONG, {}, { "last-event-id": slow.events().at(-1)!.id! });
  await eventually(() => again.events().length === MESSAGES - heard.length, 15_000);
  expect(idsIn(again)).toEqual(sent.slice(heard.length));
}, 60_000);

function idsIn(stream: TestStream): string[] {
  return messageIds({ received: stream.events().map(({ data }) => ({ payload: JSON.parse(data) })) });
}

function idsAfter(id: string, stream: TestStream): string[] {
  return idsIn(stream).slice(idsIn(stream).indexOf(id) + 1);
}

function messageIds({ received }: Pick<TestSocket, "received">): string[] {
  const globalIds = received.map((message) => message.payload?.data?.events?.message?.id).filter(Boolean);
  return globalIds.map((id: string) => Buffer.from(id, "base64url").toString().split(":")[1]!);
}

function after(id: string, socket: TestSocket): string[] {
  return messageIds(socket).slice(messageIds(socket).indexOf(id) + 1);
}

/** What buffers hold in this process, in bytes, once garbage is gone; frames that wait for a socket are buffers. */
function bytesHeld(): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  return process.memoryUsage().arrayBuffers;
}
