import type { ReaderClass } from "../actor.ts";
import { subscribe } from "../bus.ts";
import type { LoggedEvent } from "../log/event.ts";
import { openTail, readHead, type Tail } from "../log/tail.ts";
import { log } from "../logging.ts";
import { cutReaders, deliveries, followers, renders } from "../metrics.ts";
import { missedPayloadOf, openRecent, payloadOf, type Recent } from "./recent.ts";
import { type Held, type Holder, hold, letGo } from "./rights.ts";
import { readSignal, type Signal } from "./signal.ts";
import { namesFor, namesOf, type Topic } from "./topic.ts";
import type { Sink, View } from "./view.ts";

/** One who follows. It keeps no more than delivering and leaving need: most of a process's memory is idle readers. */
export class Reader implements Holder {
  readonly view: View;
  readonly sink: Sink;
  readonly names: string[];
  readonly held: Held;
  position: number;
  gone = false;

  constructor(topic: Topic, { view, sink, position }: { view: View; sink: Sink; position: number }) {
    this.view = view;
    this.sink = sink;
    this.position = position;
    this.names = namesOf(topic);
    this.held = hold(topic.right, this);
  }

  loseRight(): void {
    cut(this, "revoked");
  }
}

type Group = { view: View; readers: Set<Reader> };

/** Events of one resume before the reader is told to refetch instead. */
const MOST_MISSED = 2_000;
const PAGE = 200;

/** Topic name -> its readers, by view; of those a topic has few. */
const topics = new Map<string, Group[]>();
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
  const reader = new Reader(topic, { view, sink, position });
  followers.inc();
  if (reader.position === tail.position()) attach(reader);
  else void catchUp(reader, topic, after === "lost");
  return reader;
}

async function catchUp(reader: Reader, topic: Topic, isLost: boolean): Promise<void> {
  try {
    if (isLost || (await isBeyondLog(reader.position))) await tellToReload(reader);
    while (!reader.gone) {
      const end = tail.position();
      // Looked at and attached without a pause between, so that nothing can pass unseen.
      if (reader.position >= end) return attach(reader);
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

function attach(reader: Reader): void {
  if (reader.gone) return;
  for (const name of reader.names) {
    const groups = topics.get(name);
    const group = groups?.find(({ view }) => view.key === reader.view.key);
    if (group) group.readers.add(reader);
    else topics.set(name, [...(groups ?? []), { view: reader.view, readers: new Set([reader]) }]);
  }
}

/** The end of following; nothing more is delivered. */
export function leave(reader: Reader): void {
  if (reader.gone) return;
  reader.gone = true;
  followers.dec();
  letGo(reader.held, reader);
  for (const name of reader.names) {
    const groups = topics.get(name);
    const group = groups?.find(({ view }) => view.key === reader.view.key);
    if (!group?.readers.delete(reader) || group.readers.size > 0) continue;
    if (groups!.length === 1) topics.delete(name);
    else
      topics.set(
        name,
        groups!.filter((other) => other !== group),
      );
  }
}

function cut(reader: Reader, reason: Parameters<Sink["end"]>[0]): void {
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
  recent.add(events);
  const ready = events.map((event) => {
    const wants = (view: View) => hears(view, event);
    return makeReady(namesFor(event), { wants, make: (view) => payloadOf(view, event) });
  });
  for (const [index, event] of events.entries()) {
    for (const { group, payload } of await ready[index]!) {
      for (const reader of group.readers) {
        if (event.position > reader.position) hand(reader, payload, event.position);
      }
    }
  }
}

async function deliverSignal(signal: Signal): Promise<void> {
  const wants = (view: View) => view.readers === signal.readers;
  const ready = await makeReady(namesFor(signal), { wants, make: (view) => renderSignal(view, signal) });
  for (const { group, payload } of ready) {
    if (payload instanceof Error) continue;
    for (const reader of group.readers) hand(reader, payload, reader.position);
  }
}

type Making = { wants: (view: View) => boolean; make: (view: View) => Promise<string | null> };

function makeReady(names: string[], { wants, make }: Making): Promise<Ready[]> {
  const payloads = new Map<string, Promise<string | null | Error>>();
  const ready: Promise<Ready>[] = [];
  for (const name of names) {
    for (const group of topics.get(name) ?? []) {
      if (!wants(group.view)) continue;
      const payload = payloads.get(group.view.key) ?? make(group.view).catch((fault: Error) => fault);
      payloads.set(group.view.key, payload);
      ready.push(payload.then((made) => ({ group, payload: made })));
    }
  }
  return Promise.all(ready);
}

function renderSignal(view: View, signal: Signal): Promise<string | null> {
  renders.inc();
  return view.render(signal);
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
