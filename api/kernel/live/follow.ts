import type { ReaderClass } from "../actor.ts";
import { subscribe } from "../bus.ts";
import { membersOf } from "../few.ts";
import type { LoggedEvent } from "../log/event.ts";
import { openTail, readHead, type Tail } from "../log/tail.ts";
import { log } from "../logging.ts";
import { deliveries, followers } from "../metrics.ts";
import { missedPayloadOf, openRecent, payloadOf, type Recent } from "./recent.ts";
import { attach, cut, hand, makeReady, Reader, renderOnce } from "./reader.ts";
import { readSignal, type Signal } from "./signal.ts";
import { namesFor, namesOf, type Topic } from "./topic.ts";
import type { Sink, View } from "./view.ts";

/** Events of one resume before the reader is told to refetch instead. */
const MOST_MISSED = 2_000;
const PAGE = 200;

let tail: Tail;
let recent: Recent;
let unsubscribe: () => void;

/** Opens the live core of the process at the log's present end. */
export async function openLive(): Promise<void> {
  const head = await readHead();
  recent = await openRecent(head.position);
  tail = openTail(head, deliverBatch);
  unsubscribe = subscribe("signal", (text) => void deliverSignal(readSignal(text)));
}

/** Stops hearing the log. Readers are the transports' to close. */
export async function closeLive(): Promise<void> {
  unsubscribe();
  await tail.stop();
}

/**
 * The log's name and this process's place in it: what a snapshot must read before its state. For customers it is the place
 * of the last event that they could see, since a place that moves without one would tell of a private note.
 */
export function logEnd(readers: ReaderClass = "staff"): { logName: string; position: number } {
  return { logName: tail.logName(), position: readers === "staff" ? tail.position() : tail.sharedPosition() };
}

/** Where a reader begins: from now on, after a position, or with the advice to refetch since its place is unknown here. */
export type Start = "now" | "lost" | number;

/**
 * Sends the reader what follows `after`, without a gap and in order: first what it missed, read from the log, then what
 * comes. Delivery may repeat what a snapshot already holds, never skip. Ends with the right to the topic, or by `leave`.
 */
export function follow(options: { topic: Topic; view: View; after: Start; sink: Sink }): Reader {
  const { topic, view, after, sink } = options;
  const position = after === "now" ? tail.position() : after === "lost" ? -1 : after;
  const reader = new Reader(topic.right, { view, sink, position });
  followers.inc();
  if (reader.position === tail.position()) attach(reader, namesOf(topic));
  else void catchUp(reader, topic, after === "lost");
  return reader;
}

async function catchUp(reader: Reader, topic: Topic, isLost: boolean): Promise<void> {
  try {
    if (isLost || (await isBeyondLog(reader.position))) await tellToReload(reader);
    while (!reader.gone) {
      const end = tail.position();
      // Looked at and attached without a pause between, so that nothing can pass unseen.
      if (reader.position >= end) return attach(reader, namesOf(topic));
      // Of what the class may see alone, so that private notes neither count as missed nor call for a reload.
      const { readers } = reader.view;
      const missed = await recent.missed(topic, { readers, after: reader.position, most: MOST_MISSED });
      if (missed === "too many") await tellToReload(reader);
      else await send(reader, missed, end);
    }
  } catch (fault) {
    log().warn({ err: fault }, "A live reader could not catch up.");
    cut(reader, "resume");
  }
}

/** Sends what was missed up to `end`, no faster than the reader takes it. */
async function send(reader: Reader, missed: LoggedEvent[], end: number): Promise<void> {
  for (let sent = 0; sent < missed.length && !reader.gone; sent += PAGE) {
    const page = missed.slice(sent, sent + PAGE);
    const payloads = await Promise.all(page.map((event) => missedPayloadOf(reader.view, event)));
    for (const [index, payload] of payloads.entries()) {
      if (reader.gone) return;
      reader.position = page[index]!.position;
      if (payload === null) continue;
      reader.sink.deliver(payload);
      deliveries.inc();
      if (reader.sink.isLagging()) await reader.sink.drained();
    }
  }
  reader.position = Math.max(reader.position, end);
}

async function tellToReload(reader: Reader): Promise<void> {
  const { position } = logEnd(reader.view.readers);
  const end = tail.position();
  const reload = await reader.view.render({ type: "reload", position });
  if (reload !== null && !reader.gone) reader.sink.deliver(reload);
  reader.position = end;
}

/** Whether no log of ours reached this far: the database was restored from an older copy. Another process may be ahead. */
async function isBeyondLog(position: number): Promise<boolean> {
  return position > tail.position() && position > (await readHead()).position;
}

function hears(view: View, event: { customerSeq: number | null }): boolean {
  return view.readers === "staff" || event.customerSeq !== null;
}

async function deliverBatch(events: LoggedEvent[]): Promise<void> {
  recent.add(events);
  const ready = events.map((event) => {
    const wants = (view: View) => hears(view, event);
    return makeReady(namesFor(event), { wants, make: (view) => payloadOf(view, event) });
  });
  for (const [index, event] of events.entries()) {
    for (const { group, payload } of await ready[index]!) {
      for (const reader of membersOf(group.readers)) {
        if (event.position > reader.position) hand(reader, payload, event.position);
      }
    }
  }
}

async function deliverSignal(signal: Signal): Promise<void> {
  const wants = (view: View) => view.readers === signal.readers;
  const ready = await makeReady(namesFor(signal), { wants, make: (view) => renderOnce(view, signal) });
  for (const { group, payload } of ready) {
    if (payload instanceof Error) continue;
    for (const reader of membersOf(group.readers)) hand(reader, payload, reader.position);
  }
}
