import type { ReaderClass } from "../actor.ts";
import { subscribe } from "../bus.ts";
import type { LoggedEvent } from "../log/event.ts";
import { openTail, readHead, type Tail } from "../log/tail.ts";
import { log } from "../logging.ts";
import { cutReaders, deliveries, followers, renders } from "../metrics.ts";
import { readSignal, type Signal } from "./signal.ts";
import { namesFor, namesOf, readTopic, type Topic } from "./topic.ts";
import type { LiveEvent, Sink, View } from "./view.ts";

type Reader = { topic: Topic; view: View; sink: Sink; position: number; gone: boolean };
type Group = { view: View; readers: Set<Reader> };

/** Events of one resume before the reader is told to refetch instead. */
const MOST_MISSED = 2_000;
const PAGE = 200;

/** Topic name -> view key -> its readers. */
const topics = new Map<string, Map<string, Group>>();
let tail: Tail;
let unsubscribe: () => void;

/** Opens the live core of the process at the log's present end. */
export async function openLive(): Promise<void> {
  tail = await openTail(deliverBatch);
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
 * comes. Delivery may repeat what a snapshot already holds, never skip. Returns how to stop.
 */
export function follow(options: { topic: Topic; view: View; after: Start; sink: Sink }): () => void {
  const { topic, view, after, sink } = options;
  const position = after === "now" ? tail.position() : after === "lost" ? -1 : after;
  const reader: Reader = { topic, view, sink, position, gone: false };
  followers.inc();
  if (reader.position === tail.position()) attach(reader);
  else void catchUp(reader, after === "lost" ? MOST_MISSED : 0);
  return () => leave(reader);
}

async function catchUp(reader: Reader, alreadyMissed: number): Promise<void> {
  let missed = alreadyMissed;
  try {
    if (await isBeyondLog(reader.position)) {
      reader.position = -1;
      missed = MOST_MISSED;
    }
    while (!reader.gone) {
      const end = tail.position();
      // Looked at and attached without a pause between, so that nothing can pass unseen.
      if (reader.position >= end) return attach(reader);
      if (missed >= MOST_MISSED) {
        const reload = await reader.view.render({ type: "reload", position: logEnd(reader.view.readers).position });
        if (reload !== null && !reader.gone) reader.sink.deliver(reload);
        reader.position = end;
        continue;
      }
      // Of what the class may see alone, so that private notes neither count as missed nor call for a reload.
      const { readers } = reader.view;
      const page = await readTopic(reader.topic, { readers, after: reader.position, until: end, limit: PAGE });
      const payloads = await Promise.all(page.map((event) => render(reader.view, event)));
      for (const payload of payloads) {
        if (payload === null || reader.gone) continue;
        reader.sink.deliver(payload);
        deliveries.inc();
      }
      missed += page.length;
      reader.position = page.length < PAGE ? end : page.at(-1)!.position;
      if (reader.sink.isLagging()) await reader.sink.drained();
    }
  } catch (fault) {
    log().warn({ err: fault }, "A live reader could not catch up.");
    cut(reader, "resume");
  }
}

/** Whether no log of ours reached this far: the database was restored from an older copy. Another process may be ahead. */
async function isBeyondLog(position: number): Promise<boolean> {
  return position > tail.position() && position > (await readHead()).position;
}

function attach(reader: Reader): void {
  if (reader.gone) return;
  for (const name of namesOf(reader.topic)) {
    const groups = topics.get(name) ?? new Map<string, Group>();
    topics.set(name, groups);
    const group = groups.get(reader.view.key) ?? { view: reader.view, readers: new Set() };
    groups.set(reader.view.key, group);
    group.readers.add(reader);
  }
}

function leave(reader: Reader): void {
  if (reader.gone) return;
  reader.gone = true;
  followers.dec();
  for (const name of namesOf(reader.topic)) {
    const groups = topics.get(name);
    const group = groups?.get(reader.view.key);
    if (!group?.readers.delete(reader) || group.readers.size > 0) continue;
    groups!.delete(reader.view.key);
    if (groups!.size === 0) topics.delete(name);
  }
}

function cut(reader: Reader, reason: "lagging" | "resume"): void {
  if (reader.gone) return;
  leave(reader);
  cutReaders.inc({ reason });
  reader.sink.end(reason);
}

function hears(view: View, event: { customerSeq: number | null }): boolean {
  return view.readers === "staff" || event.customerSeq !== null;
}

/** One event, made ready for everyone who hears it: each view's payload once, whatever the number of topics and readers. */
type Ready = { group: Group; payload: string | null | Error };

async function deliverBatch(events: LoggedEvent[]): Promise<void> {
  const ready = events.map((event) => makeReady(namesFor(event), (view) => hears(view, event), event));
  for (const [index, event] of events.entries()) {
    for (const { group, payload } of await ready[index]!) {
      for (const reader of group.readers) {
        if (event.position > reader.position) hand(reader, payload, event.position);
      }
    }
  }
}

async function deliverSignal(signal: Signal): Promise<void> {
  const ready = await makeReady(namesFor(signal), (view) => isFor(view, signal.readers), signal);
  for (const { group, payload } of ready) {
    if (payload instanceof Error) continue;
    for (const reader of group.readers) hand(reader, payload, reader.position);
  }
}

function isFor(view: View, readers: ReaderClass): boolean {
  return view.readers === readers;
}

function makeReady(names: string[], wants: (view: View) => boolean, event: LiveEvent): Promise<Ready[]> {
  const payloads = new Map<string, Promise<string | null | Error>>();
  const ready: Promise<Ready>[] = [];
  for (const name of names) {
    for (const group of topics.get(name)?.values() ?? []) {
      if (!wants(group.view)) continue;
      const payload = payloads.get(group.view.key) ?? render(group.view, event).catch((fault: Error) => fault);
      payloads.set(group.view.key, payload);
      ready.push(payload.then((made) => ({ group, payload: made })));
    }
  }
  return Promise.all(ready);
}

function render(view: View, event: LiveEvent): Promise<string | null> {
  renders.inc();
  return view.render(event);
}

function hand(reader: Reader, payload: string | null | Error, position: number): void {
  // A payload that could not be made must not be skipped: the reader resumes and asks for it again.
  if (payload instanceof Error) return cut(reader, "resume");
  reader.position = position;
  if (payload === null) return;
  if (reader.sink.isLagging()) return cut(reader, "lagging");
  reader.sink.deliver(payload);
  deliveries.inc();
}
