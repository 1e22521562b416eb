import type { AgentActor } from "../kernel/actor.ts";
import { now } from "../kernel/clock.ts";
import { type SignalTypes, signal } from "../kernel/live/signal.ts";
import type { Place } from "./conversation.ts";
import "./events.ts";

/** Signals to the agent's own windows what they have done in one of them, of which nobody else is told. */
export function tellOwn({ agentId: to }: AgentActor, place: Place, payload: SignalTypes["own.changed"]): void {
  const { workspaceId, conversationId, spaceId, contactId } = place;
  const where = { workspaceId, conversationId, spaceId, contactId };
  signal({ type: "own.changed", ...where, to, readers: "staff", occurredAt: now(), payload });
}
