import { type Actor, personId } from "../../kernel/actor.ts";
import { now } from "../../kernel/clock.ts";
import { signal } from "../../kernel/live/signal.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { findPlace } from "../conversation.ts";
import type { Visibility } from "../message.ts";
import { mayWrite } from "../policy.ts";

export type SetTypingRefusal = "conversation_not_found" | "not_permitted";

/**
 * Tells whoever follows the conversation that the actor writes, or has stopped. Writing a private note ("staff") is told
 * to staff alone. A signal: it touches no table, and is repeated every few seconds while someone writes.
 */
export async function setTyping(
  actor: Actor,
  input: { conversationId: string; isTyping: boolean; visibility: Visibility },
): Promise<Outcome<{ isTyping: boolean }, SetTypingRefusal>> {
  if (!mayWrite(actor, input.visibility)) return refuse("not_permitted", ["input", "visibility"]);
  const place = await findPlace(actor, input.conversationId);
  if (!place) return refuse("conversation_not_found", ["input", "conversationId"]);
  if (!place.isWritable) return refuse("not_permitted", ["input", "conversationId"]);

  const by = { kind: actor.kind === "agent" ? ("agent" as const) : ("contact" as const), id: personId(actor) };
  const { workspaceId, conversationId, spaceId, contactId } = place;
  const payload = { by, isTyping: input.isTyping };
  const sign = {
    type: "typing.changed" as const,
    workspaceId,
    conversationId,
    spaceId,
    contactId,
    occurredAt: now(),
    payload,
  };
  signal({ ...sign, readers: "staff" });
  if (input.visibility === "everyone") signal({ ...sign, readers: "customer" });
  return done({ isTyping: input.isTyping });
}
