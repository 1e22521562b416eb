import type { Message } from "../../../prisma/generated/client/client.ts";
import { now } from "../../kernel/clock.ts";
import { newId } from "../../kernel/id.ts";
import { record } from "../../kernel/log/record.ts";
import { done } from "../../kernel/outcome.ts";
import { once } from "../../kernel/requests.ts";
import { takeHouseTurn } from "../conversation.ts";
import "../events.ts";
import { insertMessage } from "../insert-message.ts";
import { keepReply } from "../keep-reply.ts";
import { shortened } from "../message.ts";

/** A message that the bot answers. */
export type Answered = Pick<Message, "workspaceId" | "id" | "conversationId" | "threadId" | "isBroadcast">;

/**
 * Lets the house's own bot answer a message, once for ever, where the message stands: in its thread, if it has one. Staff alone
 * see it, so in a conversation with a customer it is a private note. It comes also where the conversation was closed meanwhile:
 * what it answers was said before. It mentions nobody and reads nothing. Records `message.sent`.
 */
export async function replyAsBot(answered: Answered, body: string): Promise<void> {
  const { workspaceId, conversationId, threadId, isBroadcast } = answered;
  const request = {
    workspaceId,
    // No person has a message's id, so nobody else can take this clientId.
    callerId: answered.id,
    clientId: "reply",
    mutation: "replyAsBot",
    content: [],
    resultId: newId(),
    locks: conversationId,
  };
  await once<null, never>(
    request,
    async (tx) => {
      const at = now();
      const turn = await takeHouseTurn(tx, answered, { at, isActivity: threadId === null || isBroadcast });
      const { staffSeq } = turn;
      const message = botMessage(answered, { id: request.resultId, body: shortened(body), at, staffSeq });
      const by = { kind: "bot" as const, id: workspaceId };
      const payload = { messageId: message.id, threadId, by };
      await Promise.all([
        insertMessage(tx, message),
        threadId !== null && keepReply(tx, turn, { threadId, isBroadcast, agentId: null, at }),
        record(tx, { type: "message.sent", ...turn, occurredAt: at, payload }),
      ]);
      return done(null);
    },
    async () => done(null),
  );
}

type Said = { id: string; body: string; at: Date; staffSeq: number };

function botMessage(answered: Answered, { id, body, at, staffSeq }: Said): Message {
  const { workspaceId, conversationId, threadId, isBroadcast } = answered;
  return {
    ...{ workspaceId, id, conversationId, staffSeq, customerSeq: null, agentId: null, contactId: null },
    ...{ visibility: "staff", body, channel: "chat", externalId: null, clientId: id, sentAt: at },
    ...{ editedAt: null, deletedAt: null, threadId, isBroadcast },
  };
}
