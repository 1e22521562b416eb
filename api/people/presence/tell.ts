import { now } from "../../kernel/clock.ts";
import { isLookedAt, tellLookers } from "../../kernel/live/look.ts";

/** How long a person rests after they were told, in ms: whoever comes and goes costs each looker one delivery in it. */
const REST_MS = 1_000;

/** Who is about to be told, was told just now, or has changed since. */
const told = new Map<string, "due" | "rests" | "changed">();
/** When statuses end that somebody here has read, by person, in ms since 1970. */
const ends = new Map<string, number>();

/** Tells those in this process who look at the person that they have changed, once for all that changes in a tick. Where nobody looks it costs a look-up. */
export function tellChanged(person: string): void {
  const state = told.get(person);
  if (state !== undefined) {
    if (state === "rests") told.set(person, "changed");
    return;
  }
  const [workspaceId, agentId] = person.split("/") as [string, string];
  if (!isLookedAt(workspaceId, agentId)) return;
  told.set(person, "due");
  setImmediate(() => {
    told.set(person, "rests");
    setTimeout(() => endRest(person), REST_MS).unref();
    void tellLookers(workspaceId, agentId, now());
  });
}

function endRest(person: string): void {
  const hasChanged = told.get(person) === "changed";
  told.delete(person);
  if (hasChanged) tellChanged(person);
}

/** A status was read that ends by itself: whoever looks then is told. */
export function noteEnd(person: string, endsAt: Date): void {
  ends.set(person, endsAt.getTime());
}

/** Tells of the statuses that have ended. Called every second. */
export function tellEndedStatuses(at: Date): void {
  for (const [person, end] of ends) {
    if (end > at.getTime()) continue;
    ends.delete(person);
    tellChanged(person);
  }
}
