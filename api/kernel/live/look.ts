import { now } from "../clock.ts";
import { membersOf } from "../few.ts";
import { followers } from "../metrics.ts";
import type { Held } from "./rights.ts";
import { attach, hand, isFollowed, makeReady, Reader, renderOnce } from "./reader.ts";
import type { AgentsChanged, Sink, View } from "./view.ts";

/** Whom a reader looks at, and the keys (see rights.ts) that the right to it hangs on. */
export type Look = {
  workspaceId: string;
  agentIds: readonly string[];
  right: readonly string[];
  /** Runs once the reader looks; what it answers, when they do no more. */
  onBegin?: (() => () => void) | undefined;
};

/**
 * Tells the reader how these agents are now, and from then on whoever of them changes. Nothing of it is in the log: who comes
 * back is told anew how all of them are. Only those who look at an agent cost anything when that agent changes.
 */
export function look(
  { workspaceId, agentIds, right, onBegin }: Look,
  { view, sink }: { view: View; sink: Sink },
): Reader {
  const patient = new PatientSink(sink);
  const reader = new Reader(right, { view, sink: patient, position: 0 });
  followers.inc();
  reader.onLeave = onBegin?.();
  attach(
    reader,
    agentIds.map((id) => nameOf(workspaceId, id)),
  );
  void tellFirst(reader, patient, { type: "agents.changed", workspaceId, agentIds: [...agentIds], occurredAt: now() });
  return reader;
}

async function tellFirst(reader: Reader, sink: PatientSink, all: AgentsChanged): Promise<void> {
  const payload = await renderOnce(reader.view, all).catch((fault: Error) => fault);
  if (reader.gone) return;
  const meanwhile = sink.waiting ?? [];
  sink.waiting = undefined;
  hand(reader, payload, 0);
  for (const later of meanwhile) if (!reader.gone) hand(reader, later, 0);
}

/** What is told before the first payload has come waits for it: it is newer, or the same. */
class PatientSink implements Sink {
  readonly sink: Sink;
  waiting: string[] | undefined = [];

  constructor(sink: Sink) {
    this.sink = sink;
  }

  get held(): Held {
    return this.sink.held;
  }

  deliver(payload: string): void {
    if (this.waiting) this.waiting.push(payload);
    else this.sink.deliver(payload);
  }

  isLagging(): boolean {
    return this.sink.isLagging();
  }

  drained(): Promise<void> {
    return this.sink.drained();
  }

  end(reason: Parameters<Sink["end"]>[0]): void {
    this.sink.end(reason);
  }
}

/** Whether anybody in this process looks at the agent. */
export function isLookedAt(workspaceId: string, agentId: string): boolean {
  return isFollowed(nameOf(workspaceId, agentId));
}

/** Tells those of this process who look at the agent that they have changed: a payload for each view, none where nobody looks. */
export async function tellLookers(workspaceId: string, agentId: string, occurredAt: Date): Promise<void> {
  const event: AgentsChanged = { type: "agents.changed", workspaceId, agentIds: [agentId], occurredAt };
  const wants = (view: View) => view.readers === "staff";
  const ready = await makeReady([nameOf(workspaceId, agentId)], { wants, make: (view) => renderOnce(view, event) });
  for (const { group, payload } of ready) for (const reader of membersOf(group.readers)) hand(reader, payload, 0);
}

function nameOf(workspaceId: string, agentId: string): string {
  return [workspaceId, "agent", agentId].join("/");
}
