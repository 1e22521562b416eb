import { type Actor, personId } from "../kernel/actor.ts";
import { now } from "../kernel/clock.ts";
import { signal } from "../kernel/live/signal.ts";
import type { Place } from "./conversation.ts";
import "./events.ts";
import { tellOwn } from "./tell-own.ts";

/** How far somebody has read: `seq` for their own class, `othersSeq` for the other; null: nothing that it could see. */
export type Read = { seq: number; othersSeq: number | null };

/** Signals how far the actor has read, to each class in its own numbers, and to an agent's own windows. */
export function tellRead(actor: Actor, place: Place, { seq, othersSeq }: Read): void {
  const { workspaceId, conversationId, spaceId, contactId } = place;
  const isStaff = actor.kind === "agent";
  const by = { kind: isStaff ? ("agent" as const) : ("contact" as const), id: personId(actor) };
  const sign = { type: "read.marked" as const, workspaceId, conversationId, spaceId, contactId, occurredAt: now() };
  signal({ ...sign, readers: isStaff ? "staff" : "customer", payload: { by, seq } });
  if (actor.kind === "agent") tellOwn(actor, place, { what: "read", seq });
  if (othersSeq !== null) signal({ ...sign, readers: isStaff ? "customer" : "staff", payload: { by, seq: othersSeq } });
}
