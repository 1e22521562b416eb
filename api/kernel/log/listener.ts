import { setTimeout as pause } from "node:timers/promises";
import { Gauge } from "prom-client";
import { subscribe } from "../bus.ts";
import { inTransaction, sql, type Transaction } from "../database.ts";
import { log } from "../logging.ts";
import { registry } from "../metrics.ts";
import { sleeper } from "../sleeper.ts";
import { type EventRow, type EventType, type LoggedEvent, toEvent } from "./event.ts";
import { conversationsParked, park } from "./parking.ts";

/**
 * Reacts to facts, once each and in order per conversation, also across crashes: its effect and its position commit
 * together. Effects are SQL in the given transaction; what must leave the house is a job recorded there.
 */
export type DurableListener<T extends EventType = EventType> = {
  name: string;
  hears: readonly T[];
  react(tx: Transaction, event: LoggedEvent<T>): Promise<void>;
};

const BATCH = 100;
const SWEEP_MS = 500;
/** A listener's rest after a batch: what is committed meanwhile is heard in one transaction. */
const REST_MS = 20;
/** Tries before an event is parked, with the rest of its conversation behind it. */
export const MOST_TRIES = 5;
const firstPauseMs = 50;

/** Runs the listeners in this process until `stop`. Several processes may: each batch is one process's, by its row lock. */
export function startListeners(listeners: DurableListener[]): { stop: () => Promise<void> } {
  const loops = listeners.map(startListener);
  return { stop: async () => void (await Promise.all(loops.map((loop) => loop.stop()))) };
}

function startListener(listener: DurableListener): { stop: () => Promise<void> } {
  const idle = sleeper();
  const unsubscribe = subscribe("log", idle.wake);
  const stopping = new AbortController();
  const { signal } = stopping;
  let tries = 0;

  const rest = async () => {
    await pause(REST_MS, undefined, { signal }).catch(() => {});
    await idle.sleep(SWEEP_MS);
  };

  async function serve(): Promise<void> {
    while (!signal.aborted) {
      const step = await hearBatch(listener, tries).catch((fault) => {
        log().warn({ err: fault, listener: listener.name }, "A durable listener could not work.");
        return { heard: 0, failed: false };
      });
      tries = step.failed ? (step.heard > 0 ? 1 : tries + 1) : 0;
      // Not ended by news: under traffic all tries would be over before what failed could pass.
      if (step.failed) await pause(firstPauseMs * 2 ** tries, undefined, { signal }).catch(() => {});
      else if (step.heard < BATCH) await rest();
    }
  }

  const ended = serve();
  return {
    stop: async () => {
      stopping.abort();
      unsubscribe();
      idle.wake();
      await ended;
    },
  };
}

/**
 * Hears up to a batch in one transaction. An event that fails ends the batch before it; after `MOST_TRIES` it is parked
 * and passed. Exported for tests.
 */
export async function hearBatch(listener: DurableListener, tries: number): Promise<Heard> {
  return tries > 0 ? hearOneByOne(listener, tries) : hearAtOnce(listener).catch(() => hearOneByOne(listener, tries));
}

type Heard = { heard: number; failed: boolean };

/**
 * Each conversation's events in order, different conversations' side by side, in few round trips: a savepoint for each
 * event would cost more than its effect. A fault undoes the batch, and it is heard again one by one.
 */
async function hearAtOnce(listener: DurableListener): Promise<Heard> {
  return inTransaction(async (tx) => {
    const { events, parkedConversations } = await nextBatch(tx, listener);
    const heard = events.filter((event) => listener.hears.includes(event.type));
    const hearConversation = async ([id, theirs]: [string, LoggedEvent[]]) => {
      for (const event of theirs) {
        if (parkedConversations.has(id)) await parkBehind(tx, listener, event);
        else await listener.react(tx, event);
      }
    };
    await Promise.all([...Map.groupBy(heard, (event) => event.conversationId)].map(hearConversation));
    await passTo(tx, listener, events.at(-1));
    return { heard: events.length, failed: false };
  });
}

async function hearOneByOne(listener: DurableListener, tries: number): Promise<Heard> {
  return inTransaction(async (tx) => {
    const { events, parkedConversations } = await nextBatch(tx, listener);
    let heard = 0;
    let fault: unknown;
    for (const event of events) {
      if (listener.hears.includes(event.type)) {
        if (parkedConversations.has(event.conversationId)) await parkBehind(tx, listener, event);
        else fault = await attempt(tx, listener, event);
        const isLastTry = heard === 0 && tries >= MOST_TRIES - 1;
        if (fault && !isLastTry) break;
        if (fault) {
          await park(tx, listener, event, String(fault));
          parkedConversations.add(event.conversationId);
          fault = undefined;
        }
      }
      heard++;
    }
    await passTo(tx, listener, events[heard - 1]);
    return { heard, failed: fault !== undefined };
  });
}

async function parkBehind(tx: Transaction, listener: DurableListener, event: LoggedEvent): Promise<void> {
  await park(tx, listener, event, "An earlier event of the conversation is parked.");
}

async function passTo(tx: Transaction, { name }: DurableListener, last: LoggedEvent | undefined): Promise<void> {
  if (last) await tx.sql`UPDATE listener SET position = ${last.position} WHERE name = ${name}`;
}

/** What the listener has to hear next, nothing while another process hears; its position is locked. In one round trip. */
async function nextBatch(tx: Transaction, { name }: DurableListener) {
  const [, claimed, events, parkedConversations] = await Promise.all([
    tx.sql`INSERT INTO listener (name, position) VALUES (${name}, 0) ON CONFLICT DO NOTHING`,
    tx.sql`SELECT FROM listener WHERE name = ${name} FOR UPDATE SKIP LOCKED`,
    tx.sql<EventRow>`
      SELECT * FROM event WHERE position > (SELECT position FROM listener WHERE name = ${name})
      ORDER BY position LIMIT ${BATCH}`,
    conversationsParked(tx, name),
  ]);
  return { events: claimed.length > 0 ? events.map(toEvent) : [], parkedConversations };
}

async function attempt(tx: Transaction, listener: DurableListener, event: LoggedEvent): Promise<unknown> {
  await tx.sql`SAVEPOINT before_event`;
  try {
    await listener.react(tx, event);
    await tx.sql`RELEASE SAVEPOINT before_event`;
    return undefined;
  } catch (fault) {
    await tx.sql`ROLLBACK TO SAVEPOINT before_event`;
    log().warn(
      { err: fault, listener: listener.name, position: event.position },
      "A durable listener failed on an event.",
    );
    return fault ?? new Error("unknown");
  }
}

const labels = { labelNames: ["listener" as const], registers: [registry] };
const parked = new Gauge({ name: "beseda_listener_parked", help: "Events parked until they are replayed.", ...labels });

new Gauge({
  name: "beseda_listener_backlog",
  help: "Events that a durable listener has not heard yet.",
  ...labels,
  async collect() {
    const rows = await sql<{ name: string; behind: number; parked: number }>`
      SELECT name, (SELECT position FROM log_head) - listener.position AS behind,
             (SELECT count(*) FROM parked_event WHERE listener = listener.name) AS parked
      FROM listener`.catch(() => []);
    for (const row of rows) {
      this.set({ listener: row.name }, row.behind);
      parked.set({ listener: row.name }, row.parked);
    }
  },
});
