import { EventEmitter } from "node:events";
import { Redis } from "ioredis";
import { newId } from "./id.ts";
import { log } from "./logging.ts";
import { busUp } from "./metrics.ts";

/**
 * Hints between processes: "outbox" (there is something to move), "log" (its new end), "signal" (typing and such),
 * "rights" (a key that was taken away), "spent" (what was taken from rates), "presence" (who is there).
 * A hint may be lost, doubled or late; nothing true depends on one. Redis drops slow subscribers and forgets everything
 * at a restart, which is why no more than this travels over it.
 */
export type Channel = "outbox" | "log" | "signal" | "rights" | "spent" | "presence";

const PREFIX = "beseda:";
const here = new EventEmitter().setMaxListeners(0);
const self = newId();
let publisher: Redis | undefined;
let subscriber: Redis | undefined;

/** Joins the processes on this Redis; without one, hints stay in this process. Never fails: a missing Redis is polled around. */
export function openBus(redisUrl: string | undefined): void {
  if (!redisUrl) return;
  publisher = connect(redisUrl);
  subscriber = connect(redisUrl);
  subscriber.on("ready", () => {
    busUp.set(1);
    void subscriber?.psubscribe(`${PREFIX}*`).catch(() => {});
  });
  subscriber.on("close", () => busUp.set(0));
  subscriber.on("pmessage", (_pattern: string, channel: string, message: string) => {
    const [sender, hint] = split(message);
    if (sender !== self) here.emit(channel.slice(PREFIX.length), hint);
  });
}

function connect(redisUrl: string): Redis {
  const redis = new Redis(redisUrl, {
    // A hint that cannot go now is worth nothing later: never queue it.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResubscribe: false,
    // A Redis that keeps the connection and does not answer would gather hints here without end.
    socketTimeout: 5_000,
    retryStrategy: (attempt) => Math.min(100 * attempt, 1_000),
  });
  let complained = false;
  redis.on("ready", () => {
    complained = false;
  });
  redis.on("error", (error) => {
    if (!complained) log().warn({ err: error }, "Redis cannot be reached; events cross processes by polling.");
    complained = true;
  });
  return redis;
}

/** Gives a hint to every process, this one included and at once. */
export function publish(channel: Channel, hint: string): void {
  here.emit(channel, hint);
  if (publisher?.status === "ready") publisher.publish(PREFIX + channel, `${self} ${hint}`).catch(() => {});
}

function split(message: string): [string, string] {
  const space = message.indexOf(" ");
  return [message.slice(0, space), message.slice(space + 1)];
}

/** Hears the hints of a channel until the returned function is called. */
export function subscribe(channel: Channel, hear: (hint: string) => void): () => void {
  here.on(channel, hear);
  return () => here.off(channel, hear);
}

/** How hints travel: "process" without Redis, else whether Redis is there. */
export function busState(): "process" | "up" | "down" {
  if (!subscriber) return "process";
  return subscriber.status === "ready" ? "up" : "down";
}

/** Leaves the bus. */
export function closeBus(): void {
  publisher?.disconnect();
  subscriber?.disconnect();
  publisher = undefined;
  subscriber = undefined;
}
