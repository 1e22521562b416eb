import { subscribe } from "../bus.ts";
import { sql } from "../database.ts";
import { log } from "../logging.ts";
import { logSeconds } from "../metrics.ts";
import { sleeper } from "../sleeper.ts";
import { type EventRow, type LoggedEvent, toEvent } from "./event.ts";

const BATCH = 1_000;
/** The longest an event waits in a process that no hint reaches, in ms. */
const SWEEP_MS = 500;

/** This process's place at the end of the log: every event passes here once, in order, without a gap. */
export type Tail = {
  /** The last position that was handed on. */
  position: () => number;
  /** The last one of an event that customers may see: it stands still while staff write private notes. */
  sharedPosition: () => number;
  /** The log's own name; a cursor of another log is worthless here. */
  logName: () => string;
  stop: () => Promise<void>;
};

/** The log's name and where it ends; `sharedPosition` is that of the last event that customers may see. */
export type Head = { name: string; position: number; sharedPosition: number };

/**
 * Opens the tail at a place of the log, as `readHead` answered it, and hands each batch after it to `deliver`, which must
 * not throw. Hints from the bus wake it; a sweep finds what a lost hint left lying.
 */
export function openTail(head: Head, deliver: (events: LoggedEvent[]) => Promise<void>): Tail {
  let { position, sharedPosition } = head;
  let stopped = false;
  const idle = sleeper();
  const unsubscribe = subscribe("log", (hint) => {
    if (Number(hint) > position) idle.wake();
  });

  async function pass(): Promise<void> {
    while (!stopped) {
      const events = await eventsAfter(position).catch((fault) => {
        log().warn({ err: fault }, "The tail of the log could not be read.");
        return [];
      });
      if (events.length > 0) {
        const seenAt = Date.now();
        for (const event of events) logSeconds.observe((seenAt - event.occurredAt.getTime()) / 1_000);
        position = events.at(-1)!.position;
        sharedPosition = events.findLast((event) => event.customerSeq !== null)?.position ?? sharedPosition;
        await deliver(events);
      }
      if (events.length < BATCH) await idle.sleep(SWEEP_MS);
    }
  }

  const ended = pass();
  return {
    position: () => position,
    sharedPosition: () => sharedPosition,
    logName: () => head.name,
    stop: async () => {
      stopped = true;
      unsubscribe();
      idle.wake();
      await ended;
    },
  };
}

/** The log's head, as the database says. */
export async function readHead(): Promise<Head> {
  const [head] = await sql<Head>`
    SELECT name, position, coalesce((
      SELECT event.position FROM event
      WHERE audience = 'everyone' AND event.position <= log_head.position ORDER BY event.position DESC LIMIT 1
    ), 0) AS "sharedPosition"
    FROM log_head WHERE id = 1`;
  if (!head) throw new Error("The log has no head: the database was not migrated.");
  return head;
}

async function eventsAfter(position: number): Promise<LoggedEvent[]> {
  const rows = await sql<EventRow>`SELECT * FROM event WHERE position > ${position} ORDER BY position LIMIT ${BATCH}`;
  return rows.map(toEvent);
}
