import { randomUUID } from "node:crypto";
import { answer } from "../answer.ts";
import { openWebSocket, type WebSocketClient } from "./websocket-client.ts";

/** Generator: many subscribers, each of which must be given every message once and in order. */
export type Group = {
  path: string;
  headers: Record<string, string>;
  count: number;
  /** What to say after the handshake; without it the socket only listens. */
  graphql?: { init: unknown; subscribe: unknown };
};

/** The number of the message that a frame brings, by the words its sender put into it. */
const NUMBER = /"body":"Message (\d+) /;

type Subscriber = { id: string; group: number; last: number; socket?: WebSocketClient };
type Goal = { number: number; left: number; reached: () => void; failed: (fault: Error) => void };

let subscribers: Subscriber[] = [];
let goal: Goal | undefined;
/** The newest frame of each group, and what went wrong first. */
const newest: string[] = [];
let wrong: string | undefined;

answer({ open, reach, newest: () => newest, close });

/** Opens all groups' subscribers, 25 at a time. When their subscriptions have begun is their server's to say. */
async function open({ port, groups }: { port: number; groups: Group[] }): Promise<void> {
  const wanted = groups.flatMap((group, index) => Array.from({ length: group.count }, () => ({ group, index })));
  for (let begun = 0; begun < wanted.length; begun += 25) {
    await Promise.all(
      wanted
        .slice(begun, begun + 25)
        .map(({ group, index }) => openOne(port, group, { id: randomUUID(), group: index, last: 0 })),
    );
  }
}

async function openOne(port: number, { path, headers, graphql }: Group, subscriber: Subscriber): Promise<void> {
  const { id } = subscriber;
  const acknowledged = Promise.withResolvers<void>();
  const hear = (text: string) => {
    if (text.startsWith('{"type":"connection_ack"')) {
      subscriber.socket!.send(JSON.stringify({ id, type: "subscribe", payload: graphql!.subscribe }));
      acknowledged.resolve();
    } else receive(subscriber, text);
  };
  subscriber.socket = await openWebSocket({ port, path, headers, hear, lost: fail });
  subscribers.push(subscriber);
  if (!graphql) return;
  subscriber.socket.send(JSON.stringify({ type: "connection_init", payload: graphql.init }));
  await acknowledged.promise;
}

function receive(subscriber: Subscriber, text: string): void {
  const number = Number(NUMBER.exec(text)?.[1]);
  // What the conversation began with may still be under way to the first who subscribe.
  if (Number.isNaN(number) && subscriber.last === 0) return;
  newest[subscriber.group] = text;
  if (number !== subscriber.last + 1) return fail(`After message ${subscriber.last} came ${text}`);
  subscriber.last = number;
  if (!goal || goal.number !== number) return fail(`Message ${number} came unasked.`);
  if (--goal.left === 0) goal.reached();
}

/** Resolves when every subscriber was given message `number`, next after the last and no other; else says what went wrong. */
function reach({ number }: { number: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error(`Message ${number} did not reach ${goal?.left} subscribers in 20 s.`)),
      20_000,
    );
    const settle = (how: () => void) => () => {
      clearTimeout(late);
      goal = undefined;
      how();
    };
    goal = {
      number,
      left: subscribers.length,
      reached: settle(resolve),
      failed: (fault) => settle(() => reject(fault))(),
    };
    if (wrong) goal.failed(new Error(wrong));
  });
}

function fail(reason: string): void {
  wrong ??= reason;
  goal?.failed(new Error(reason));
}

function close(): void {
  for (const { socket } of subscribers) socket?.close();
  subscribers = [];
}
