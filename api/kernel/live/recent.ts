import { LRUCache } from "lru-cache";
import type { ReaderClass } from "../actor.ts";
import { gather } from "../gather.ts";
import type { LoggedEvent } from "../log/event.ts";
import { renders } from "../metrics.ts";
import { isFor, namesFor, namesOf, readNewest, readTopic, type Topic } from "./topic.ts";
import type { View } from "./view.ts";

/** Events at hand for those who come back: a storm of readers after an outage is served from them without a query. */
const MOST_EVENTS = 4_096;
/** Dropped so many at a time, since each time moves the whole ring. */
const MARGIN = 512;
/** Ready payloads at hand, in UTF-16 code units, and how long, in ms: a text that was erased must not stay in memory. */
const MOST_PAYLOAD = 16 * 1024 * 1024;
const PAYLOAD_MS = 60_000;
/** How long what was read for one who was away longer answers the others of the same topic too, in ms. */
const OLDER_MS = 10_000;
const MOST_TOPICS = 1_000;

/** The newest events of the log, in order, and by the names of the topics that hear them. */
export type Recent = {
  /** Takes what the log's tail brings. */
  add: (events: LoggedEvent[]) => void;
  /** What the class may see of the topic after a position, in order; "too many" when more than `most`. */
  missed: (topic: Topic, options: { readers: ReaderClass; after: number; most: number }) => Promise<Missed>;
};
export type Missed = LoggedEvent[] | "too many";

type Older = { after: number; until: number; events: Promise<LoggedEvent[]> };

/** Opens the ring with the newest events up to `end`. */
export async function openRecent(end: number): Promise<Recent> {
  const ring: LoggedEvent[] = [];
  const byName = new Map<string, LoggedEvent[]>();
  /** Every event after this position is in the ring. */
  let begin = end;
  const olderByTopic = new LRUCache<string, Older>({ max: MOST_TOPICS, ttl: OLDER_MS });

  function add(events: LoggedEvent[]): void {
    for (const event of events) {
      ring.push(event);
      for (const name of namesFor(event)) {
        const list = byName.get(name);
        if (list) list.push(event);
        else byName.set(name, [event]);
      }
    }
    if (ring.length > MOST_EVENTS + MARGIN) for (const event of ring.splice(0, ring.length - MOST_EVENTS)) drop(event);
  }

  function drop(event: LoggedEvent): void {
    begin = event.position;
    for (const name of namesFor(event)) {
      const list = byName.get(name)!;
      list.shift();
      if (list.length === 0) byName.delete(name);
    }
  }

  function inRing(topic: Topic, readers: ReaderClass, after: number): LoggedEvent[] {
    const lists = namesOf(topic).map((name) => byName.get(name) ?? []);
    const events = lists.length === 1 ? lists[0]! : lists.flat().sort((a, b) => a.position - b.position);
    const isTheirs = (event: LoggedEvent) => readers === "staff" || event.customerSeq !== null;
    return events.filter((event) => event.position > after && isTheirs(event) && isFor(topic, event));
  }

  /** One query for a topic, not one for each of its readers. */
  function older(topic: Topic, readers: ReaderClass, { after, most }: { after: number; most: number }): Older {
    const key = [...namesOf(topic), readers].join(" ");
    const known = olderByTopic.get(key);
    if (known && known.after <= after && known.until >= begin) return known;
    const read = { after, until: begin, events: readTopic(topic, { readers, after, until: begin, limit: most + 1 }) };
    read.events.catch(() => olderByTopic.delete(key));
    olderByTopic.set(key, read);
    return read;
  }

  const firsts = await readNewest(end, MOST_EVENTS);
  if (firsts.length > 0) begin = firsts[0]!.position - 1;
  add(firsts);
  return {
    add,
    missed: async (topic, { readers, after, most }) => {
      const before = after < begin ? older(topic, readers, { after, most }) : undefined;
      const read = (await before?.events) ?? [];
      const missed = [
        ...read.filter((event) => event.position > after),
        ...inRing(topic, readers, before?.until ?? after),
      ];
      return read.length > most || missed.length > most ? "too many" : missed;
    },
  };
}

type Ready = { payload: string | null };
type Wanted = { view: View; event: LoggedEvent };
type Render = (wanted: Wanted) => Promise<string | null>;

const payloads = new LRUCache<string, Ready, Wanted & { render: Render }>({
  maxSize: MOST_PAYLOAD,
  sizeCalculation: ({ payload }) => 100 + (payload?.length ?? 0),
  ttl: PAYLOAD_MS,
  ignoreFetchAbort: true,
  fetchMethod: async (_key, _stale, { context: { view, event, render } }) => {
    renders.inc();
    return { payload: await render({ view, event }) };
  },
});

/** The event's payload for a view, made once for all who hear it now or within a minute. Rejects when it cannot be made. */
export function payloadOf(view: View, event: LoggedEvent): Promise<string | null> {
  return madeOnce({ view, event }, renderNow);
}

/** The same for one who missed it: whoever comes back in a storm shares what making theirs asks of the database. */
export function missedPayloadOf(view: View, event: LoggedEvent): Promise<string | null> {
  return madeOnce({ view, event }, renderTogether);
}

async function madeOnce({ view, event }: Wanted, render: Render): Promise<string | null> {
  return (await payloads.fetch(`${event.position} ${view.key}`, { context: { view, event, render } }))!.payload;
}

function renderNow({ view, event }: Wanted): Promise<string | null> {
  return view.render(event);
}

/** Begun in one tick, so that Prisma makes one statement of what they load alike. */
const startTogether = gather((wanted: Wanted[]) => Promise.allSettled(wanted.map(renderNow)));

async function renderTogether(wanted: Wanted): Promise<string | null> {
  const rendered = await startTogether(wanted);
  if (rendered.status === "rejected") throw rendered.reason;
  return rendered.value;
}
