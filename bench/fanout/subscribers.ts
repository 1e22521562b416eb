import { randomUUID } from "node:crypto";
import { answer } from "../answer.ts";
import { openWebSocket, type WebSocketClient } from "./websocket-client.ts";

/** Generator: many subscribers, each of whom must be given every message once, and each after those before it. */
export type Group = {
  path: string;
  headers: Record<string, string>;
  /** What to say after the handshake. */
  opening?: string;
  /** What to say when the server's words begin like this; $ID stands for the subscriber's own id. */
  replies: Record<string, string>;
  /** How the words begin by which the server lets a subscriber in; without them the handshake does. */
  settledBy?: string;
};

/** The number of the message that a frame brings, by the words its sender put into it, and its place in the conversation. */
const NUMBER = /"body":"Message (\d+) /;
const SEQ = /"seq":(\d+)/;
/** Sockets being opened at once. */
const OPENING = 128;
const LATE_MS = 30_000;

type Subscriber = { id: string; group: number; seq: number; got: Set<number>; socket?: WebSocketClient };
type Goal = { numbers: Set<number>; left: number; reached: PromiseWithResolvers<void> };

let port: number;
let groups: Group[];
const subscribers: Subscriber[] = [];
let goal: Goal | undefined;
/** The newest frame of each group, and what went wrong first. */
const newest: string[] = [];
let wrong: string | undefined;

answer({
  set: (given: { port: number; groups: Group[] }) => {
    ({ port, groups } = given);
  },
  join,
  expect,
  reached: () => goal!.reached.promise,
  newest: () => newest,
  refuseLoss,
});

/** Opens so many more, each in the group whose turn it is. When their subscriptions have begun is their server's to say. */
async function join(count: number): Promise<void> {
  let begun = subscribers.length;
  const end = begun + count;
  const loop = async () => {
    while (begun < end) await openOne(begun++ % groups.length);
  };
  await Promise.all(Array.from({ length: OPENING }, loop));
  refuseLoss();
}

/** Throws what went wrong first: a socket that the server closed, a message out of place. */
function refuseLoss(): void {
  if (wrong) throw new Error(wrong);
}

async function openOne(group: number): Promise<void> {
  const subscriber: Subscriber = { id: randomUUID(), group, seq: 0, got: new Set() };
  const { path, headers, opening, settledBy } = groups[group]!;
  const settled = Promise.withResolvers<void>();
  const early: string[] = [];
  const hear = (text: string) => {
    if (!subscriber.socket) return void early.push(text);
    if (settledBy && text.startsWith(settledBy)) settled.resolve();
    receive(subscriber, text);
  };
  subscriber.socket = await openWebSocket({ port, path, headers, hear, lost: fail });
  subscribers.push(subscriber);
  if (opening) subscriber.socket.send(opening);
  for (const text of early) hear(text);
  if (settledBy) await settled.promise;
}

function receive(subscriber: Subscriber, text: string): void {
  const number = Number(NUMBER.exec(text)?.[1]);
  if (Number.isNaN(number)) return reply(subscriber, text);
  const seq = Number(SEQ.exec(text)![1]);
  if (!goal?.numbers.has(number)) return fail(`Message ${number} came unasked.`);
  if (subscriber.got.has(number)) return fail(`Message ${number} came twice.`);
  if (seq <= subscriber.seq) return fail(`After number ${subscriber.seq} of the conversation came ${text}`);
  newest[subscriber.group] = text;
  subscriber.got.add(number);
  subscriber.seq = seq;
  if (--goal.left === 0) goal.reached.resolve();
}

/** Anything but messages belongs to the greeting, or is what the conversation began with, still under way. */
function reply(subscriber: Subscriber, text: string): void {
  for (const [beginning, words] of Object.entries(groups[subscriber.group]!.replies)) {
    if (text.startsWith(beginning)) return subscriber.socket!.send(words.replace("$ID", subscriber.id));
  }
  if (subscriber.seq > 0) fail(`Unexpected: ${text}`);
}

/** From now on every subscriber must be given these messages; `reached` settles when all have, or when something is wrong. */
function expect(numbers: number[]): void {
  for (const { got } of subscribers) got.clear();
  const reached = Promise.withResolvers<void>();
  goal = { numbers: new Set(numbers), left: numbers.length * subscribers.length, reached };
  const late = setTimeout(() => fail(`${goal!.left} deliveries were not there after ${LATE_MS} ms.`), LATE_MS);
  reached.promise.then(
    () => clearTimeout(late),
    () => clearTimeout(late),
  );
  if (wrong) fail(wrong);
}

function fail(reason: string): void {
  wrong ??= reason;
  goal?.reached.reject(new Error(wrong));
}
