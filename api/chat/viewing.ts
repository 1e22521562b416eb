import type { AgentActor } from "../kernel/actor.ts";
import { subscribe } from "../kernel/bus.ts";
import { now } from "../kernel/clock.ts";
import { readSignal, type Signal, signal } from "../kernel/live/signal.ts";
import type { Place } from "./conversation.ts";
import "./events.ts";

/** How often it is said again that someone looks, in ms. Whoever hears it forgets it after three times as long. */
const REPEAT_MS = 10_000;

/** An agent at a conversation, with as many screens of theirs as this process serves. */
type Look = { agentId: string; place: Place; screens: number; repeating: NodeJS.Timeout };

const looks = new Map<string, Look>();
let stopHearing = () => {};

/**
 * Tells colleagues that the agent has the conversation open, until the answered function is called. A signal: it touches
 * no table, ends by itself when its process is gone, and never reaches a customer. The caller has checked that the agent
 * may see the conversation.
 */
export function startViewing({ agentId }: AgentActor, place: Place): () => void {
  const key = keyOf(place, agentId);
  const look = looks.get(key) ?? begin(key, { agentId, place });
  look.screens += 1;
  tell(look, { isViewing: true, isArrival: true });
  let hasLeft = false;
  return () => {
    if (hasLeft) return;
    hasLeft = true;
    look.screens -= 1;
    if (look.screens === 0) end(key, look);
  };
}

function begin(key: string, { agentId, place }: Pick<Look, "agentId" | "place">): Look {
  if (looks.size === 0) stopHearing = subscribe("signal", hear);
  const repeat = () => tell(look, { isViewing: true, isArrival: false });
  const look = { agentId, place, screens: 0, repeating: setInterval(repeat, REPEAT_MS).unref() };
  looks.set(key, look);
  return look;
}

function end(key: string, look: Look): void {
  clearInterval(look.repeating);
  looks.delete(key);
  if (looks.size === 0) stopHearing();
  tell(look, { isViewing: false, isArrival: false });
}

/** Who arrives learns at once who else is there; and who has left by one process may still be there by this one. */
function hear(text: string): void {
  const sign = readSignal(text);
  if (sign.type !== "viewing.changed") return;
  const { by, isArrival, isViewing } = sign.payload;
  if (isArrival) {
    for (const look of looks.values())
      if (look.place.conversationId === sign.conversationId && look.agentId !== by.id)
        tell(look, { isViewing: true, isArrival: false });
  } else if (!isViewing) {
    const look = looks.get(keyOf(sign, by.id));
    if (look) tell(look, { isViewing: true, isArrival: false });
  }
}

function tell(
  { agentId, place }: Look,
  what: Pick<Signal<"viewing.changed">["payload"], "isViewing" | "isArrival">,
): void {
  const { workspaceId, conversationId, spaceId, contactId } = place;
  const payload = { by: { kind: "agent" as const, id: agentId }, ...what };
  const where = { workspaceId, conversationId, spaceId, contactId };
  signal({ type: "viewing.changed", ...where, readers: "staff", occurredAt: now(), payload });
}

function keyOf(
  { workspaceId, conversationId }: Pick<Place, "workspaceId" | "conversationId">,
  agentId: string,
): string {
  return `${workspaceId} ${conversationId} ${agentId}`;
}
