import type { Message } from "../../prisma/generated/client/client.ts";
import { sendMessage } from "../../api/chat/actions/send-message.ts";
import { type Started, startConversation } from "../../api/helpdesk/actions/start-conversation.ts";
import { moveTicket } from "../../api/helpdesk/actions/move-ticket.ts";
import type { Move } from "../../api/helpdesk/ticket.ts";
import type { Actor, AgentActor, VisitorActor } from "../../api/kernel/actor.ts";
import { newId } from "../../api/kernel/id.ts";
import type { Outcome } from "../../api/kernel/outcome.ts";

/** The value of an outcome that the test takes for granted. */
export function granted<T>(outcome: Outcome<T, string>): T {
  if (outcome.ok) return outcome.value;
  throw new Error(`It was refused: ${outcome.refusal}`);
}

/** The visitor begins a conversation. */
export async function begin(visitor: VisitorActor, body = "Is the lamp in stock?"): Promise<Started> {
  return granted(await startConversation(visitor, { clientId: newId(), body }));
}

/** The actor writes into the conversation, for everyone. */
export async function say(actor: Actor, conversationId: string, body = "Hello"): Promise<Message> {
  return granted(await sendMessage(actor, { conversationId, clientId: newId(), body, visibility: "everyone" }));
}

/** The agent replies to a message of a room. */
export async function reply(
  agent: AgentActor,
  { conversationId, id: threadId }: Pick<Message, "conversationId" | "id">,
  written: { body?: string; isBroadcast?: boolean } = {},
): Promise<Message> {
  const { body = "Indeed", isBroadcast = false } = written;
  const place = { conversationId, threadId, isBroadcast, clientId: newId(), visibility: "everyone" as const };
  return granted(await sendMessage(agent, { ...place, body }));
}

/** The agent writes a private note. */
export async function note(agent: AgentActor, conversationId: string, body = "A difficult one"): Promise<Message> {
  return granted(await sendMessage(agent, { conversationId, clientId: newId(), body, visibility: "staff" }));
}

/** The agent moves the conversation's ticket. */
export async function move(agent: AgentActor, conversationId: string, made: Move) {
  return granted(await moveTicket(agent, { conversationId, move: made }));
}
