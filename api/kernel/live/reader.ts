import { type Few, including, membersOf, without } from "../few.ts";
import { cutReaders, deliveries, followers, renders } from "../metrics.ts";
import { type Held, type Holder, hold, letGo } from "./rights.ts";
import type { LiveEvent, Sink, View } from "./view.ts";

/** One who follows. It keeps no more than delivering and leaving need: most of a process's memory is idle readers. */
export class Reader implements Holder {
  readonly view: View;
  readonly sink: Sink;
  readonly held: Held;
  groups: Few<Group> = undefined;
  position: number;
  gone = false;
  onLeave: (() => void) | undefined = undefined;

  constructor(right: readonly string[], { view, sink, position }: { view: View; sink: Sink; position: number }) {
    this.view = view;
    this.sink = sink;
    this.position = position;
    this.held = hold(right, this, sink.held);
  }

  loseRight(): void {
    cut(this, "revoked");
  }
}

/** Those who follow a name with one view. */
export type Group = { name: string; view: View; readers: Few<Reader> };

/** Name of what is followed -> its readers, by view. */
const topics = new Map<string, Few<Group>>();

/** Whether anybody in this process follows the name. */
export function isFollowed(name: string): boolean {
  return topics.has(name);
}

/** From now on the reader hears whatever is told under these names, in the same tick. */
export function attach(reader: Reader, names: readonly string[]): void {
  if (reader.gone) return;
  for (const name of names) {
    const group = groupOf(name, reader.view);
    group.readers = including(group.readers, reader);
    reader.groups = including(reader.groups, group);
  }
}

function groupOf(name: string, view: View): Group {
  const groups = topics.get(name);
  for (const group of membersOf(groups)) if (group.view.key === view.key) return group;
  const group: Group = { name, view, readers: undefined };
  topics.set(name, including(groups, group));
  return group;
}

/** The end of following; nothing more is delivered. */
export function leave(reader: Reader): void {
  if (reader.gone) return;
  reader.gone = true;
  followers.dec();
  letGo(reader.held, reader);
  for (const group of membersOf(reader.groups)) {
    group.readers = without(group.readers, reader);
    if (!group.readers) forget(group);
  }
  reader.onLeave?.();
}

function forget(group: Group): void {
  const others = without(topics.get(group.name), group);
  if (others) topics.set(group.name, others);
  else topics.delete(group.name);
}

/** Ends a reader that comes back, and says why. */
export function cut(reader: Reader, reason: Parameters<Sink["end"]>[0]): void {
  if (reader.gone) return;
  leave(reader);
  cutReaders.inc({ reason });
  reader.sink.end(reason);
}

/** One event, made ready for everyone who hears it: each view's payload once, whatever the number of topics and readers. */
type Ready = { group: Group; payload: string | null | Error };

type Making = { wants: (view: View) => boolean; make: (view: View) => Promise<string | null> };

/** Makes what is told under these names, once for each view that wants it. */
export function makeReady(names: string[], { wants, make }: Making): Promise<Ready[]> {
  const payloads = new Map<string, Promise<string | null | Error>>();
  const ready: Promise<Ready>[] = [];
  for (const name of names) {
    for (const group of membersOf(topics.get(name))) {
      if (!wants(group.view)) continue;
      const payload = payloads.get(group.view.key) ?? make(group.view).catch((fault: Error) => fault);
      payloads.set(group.view.key, payload);
      ready.push(payload.then((made) => ({ group, payload: made })));
    }
  }
  return Promise.all(ready);
}

/** The payload of what is told once, for a view. */
export function renderOnce(view: View, event: LiveEvent): Promise<string | null> {
  renders.inc();
  return view.render(event);
}

/** Hands one payload on; one that could not be made, or that comes to a reader who lags, ends it. */
export function hand(reader: Reader, payload: string | null | Error, position: number): void {
  // A payload that could not be made must not be skipped: the reader resumes and asks for it again.
  if (payload instanceof Error) return cut(reader, "resume");
  reader.position = position;
  if (payload === null) return;
  if (reader.sink.isLagging()) return cut(reader, "lagging");
  reader.sink.deliver(payload);
  deliveries.inc();
}
