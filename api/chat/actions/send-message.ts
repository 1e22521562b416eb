import type { Message } from "../../../prisma/generated/client/client.ts";
import { type Actor, personId } from "../../kernel/actor.ts";
import { now } from "../../kernel/clock.ts";
import type { Transaction } from "../../kernel/database.ts";
import { isId, newId } from "../../kernel/id.ts";
import { record } from "../../kernel/log/record.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { once, refuseClientId } from "../../kernel/requests.ts";
import { findPlace, isSeen, takeTurn, type Turn } from "../conversation.ts";
import { insertMessage } from "../insert-message.ts";
import { keepMentions } from "../mentions.ts";
import { keepReply } from "../keep-reply.ts";
import { type BodyRefusal, refuseBody, type Visibility } from "../message.ts";
import { mayWrite } from "../policy.ts";
import { readByWriting } from "../read-by-writing.ts";
import { recallMessage } from "../queries.ts";
import { withEmoji } from "../shortcodes.ts";
import { tellRead } from "../tell-read.ts";

export type SendMessageInput = {
  conversationId: string;
  clientId: string;
  body: string;
  visibility: Visibility;
  /** What it replies to: a message of the room, itself no reply. */
  threadId?: string;
  /** Whether a reply stands in the conversation too. */
  isBroadcast?: boolean;
};

export type SendMessageRefusal =
  | BodyRefusal
  | "client_id_invalid"
  | "client_id_conflict"
  | "not_permitted"
  | "conversation_not_found"
  | "conversation_closed"
  | "thread_not_found"
  | "thread_not_possible";

/**
 * Writes a message, or a private note when `visibility` is "staff"; where no customer takes part, all that is said is
 * staff's. Emoji stand in it for their shortcodes, and handles in it mention colleagues. A retry under the same clientId
 * answers with the first message. An agent who answers, or writes in a room, has read what stands before. In a room it may
 * be a reply, which stands in its thread and moves the conversation only where it is broadcast; whoever replies follows the
 * thread and has read it, and whoever is mentioned in a reply follows it from there. Records `message.sent`.
 */
export async function sendMessage(
  actor: Actor,
  input: SendMessageInput,
): Promise<Outcome<Message, SendMessageRefusal>> {
  const body = withEmoji(input.body);
  const unfit = refuseClientId(input.clientId) ?? refuseBody(body);
  if (unfit) return unfit;
  if (!mayWrite(actor, input.visibility)) return refuse("not_permitted", ["input", "visibility"]);

  const { conversationId, visibility, threadId, isBroadcast = false } = input;
  const reply = threadId === undefined ? null : { threadId, isBroadcast };
  const request = {
    workspaceId: actor.workspaceId,
    callerId: personId(actor),
    clientId: input.clientId,
    mutation: "sendMessage",
    content: [conversationId, input.body, visibility, ...(reply ? [reply] : [])],
    resultId: newId(),
    locks: conversationId,
  };
  const path = ["input", "conversationId"];
  return once<Message, SendMessageRefusal>(
    request,
    async (tx) => {
      const at = now();
      const turn = await takeTurn(tx, actor, { conversationId, visibility, at, isActivity: !reply || isBroadcast });
      // Whoever sees a conversation that they may not write in only reads there.
      if (!turn)
        return refuse((await isSeen(tx, actor, conversationId)) ? "not_permitted" : "conversation_not_found", path);
      if (turn.closedAt) return refuse("conversation_closed", path);
      if (reply && turn.contactId) return refuse("thread_not_possible", ["input", "threadId"]);
      if (reply && !isId(reply.threadId)) return refuse("thread_not_found", ["input", "threadId"]);
      const draft = { id: request.resultId, clientId: input.clientId, body, at, reply };
      const [message, isKept] = await Promise.all([
        writeMessage(tx, actor, turn, draft),
        !reply || keepReply(tx, turn, { ...reply, agentId: personId(actor), at }),
      ]);
      if (!isKept) return refuse("thread_not_found", ["input", "threadId"]);
      if (actor.kind !== "agent") return done(message);
      const isInRoom = turn.contactId === null && (!reply || isBroadcast);
      await Promise.all([
        keepMentions(tx, actor, { message, spaceId: turn.spaceId }),
        isInRoom && readByWriting(tx, actor, turn, at),
      ]);
      return done(message);
    },
    (messageId) => recallSent(actor, conversationId, messageId),
  );
}

/** To whoever still sees the conversation: the message leads to all the others in it. */
async function recallSent(
  actor: Actor,
  conversationId: string,
  messageId: string,
): Promise<Outcome<Message, "conversation_not_found">> {
  if (await findPlace(actor, conversationId)) return recallMessage(actor, messageId);
  return refuse("conversation_not_found", ["input", "conversationId"]);
}

type Draft = {
  id: string;
  clientId: string;
  body: string;
  at: Date;
  reply?: { threadId: string; isBroadcast: boolean } | null;
};

/** Inserts the message of a turn already taken, with the read mark of an agent who answers, and records it. The conversation's first message comes this way too. */
export async function writeMessage(tx: Transaction, actor: Actor, turn: Turn, draft: Draft): Promise<Message> {
  const message: Message = {
    workspaceId: turn.workspaceId,
    id: draft.id,
    conversationId: turn.conversationId,
    staffSeq: turn.staffSeq,
    customerSeq: turn.customerSeq,
    agentId: actor.kind === "agent" ? actor.agentId : null,
    contactId: actor.kind === "visitor" ? actor.contactId : null,
    visibility: turn.customerSeq === null ? "staff" : "everyone",
    body: draft.body,
    channel: "chat",
    externalId: null,
    clientId: draft.clientId,
    sentAt: draft.at,
    editedAt: null,
    deletedAt: null,
    threadId: draft.reply?.threadId ?? null,
    isBroadcast: draft.reply?.isBroadcast ?? false,
  };
  const by =
    actor.kind === "agent"
      ? { kind: actor.kind, id: actor.agentId }
      : { kind: "contact" as const, id: actor.contactId };
  const [hasRead] = await Promise.all([
    insertMessage(tx, message),
    record(tx, {
      type: "message.sent",
      ...turn,
      occurredAt: draft.at,
      payload: { messageId: message.id, threadId: message.threadId, by },
    }),
  ]);
  if (hasRead) tx.afterCommit(() => tellRead(actor, turn, { seq: turn.staffSeq, othersSeq: turn.customerSeq }));
  return message;
}
