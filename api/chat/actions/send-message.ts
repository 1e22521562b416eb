import type { Message } from "../../../prisma/generated/client/client.ts";
import { type Actor, personId } from "../../kernel/actor.ts";
import { now } from "../../kernel/clock.ts";
import type { Transaction } from "../../kernel/database.ts";
import { newId } from "../../kernel/id.ts";
import { perTransaction } from "../../kernel/loader.ts";
import { record } from "../../kernel/log/record.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { once, refuseClientId } from "../../kernel/requests.ts";
import { rowsOf } from "../../kernel/statement.ts";
import { takeTurn, type Turn } from "../conversation.ts";
import { type BodyRefusal, refuseBody, type Visibility } from "../message.ts";
import { mayWrite } from "../policy.ts";
import { recallMessage } from "../queries.ts";

export type SendMessageInput = { conversationId: string; clientId: string; body: string; visibility: Visibility };

export type SendMessageRefusal =
  | BodyRefusal
  | "client_id_invalid"
  | "client_id_conflict"
  | "not_permitted"
  | "conversation_not_found"
  | "conversation_closed";

/**
 * Writes a message, or a private note when `visibility` is "staff". A retry under the same clientId answers with the
 * first message. Records `message.sent`.
 */
export async function sendMessage(
  actor: Actor,
  input: SendMessageInput,
): Promise<Outcome<Message, SendMessageRefusal>> {
  const unfit = refuseClientId(input.clientId) ?? refuseBody(input.body);
  if (unfit) return unfit;
  if (!mayWrite(actor, input.visibility)) return refuse("not_permitted", ["input", "visibility"]);

  const { conversationId, body, visibility } = input;
  const request = {
    workspaceId: actor.workspaceId,
    callerId: personId(actor),
    clientId: input.clientId,
    mutation: "sendMessage",
    content: [conversationId, body, visibility],
    resultId: newId(),
    locks: conversationId,
  };
  return once<Message, SendMessageRefusal>(
    request,
    async (tx) => {
      const at = now();
      const turn = await takeTurn(tx, actor, { conversationId, visibility, at, isActivity: true });
      if (!turn) return refuse("conversation_not_found", ["input", "conversationId"]);
      if (turn.closedAt) return refuse("conversation_closed", ["input", "conversationId"]);
      return done(await writeMessage(tx, actor, turn, { id: request.resultId, clientId: input.clientId, body, at }));
    },
    (messageId) => recallMessage(actor, messageId),
  );
}

type Draft = { id: string; clientId: string; body: string; at: Date };

/** Inserts the message of a turn already taken, and records it. The conversation's first message comes this way too. */
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
  };
  const by =
    actor.kind === "agent"
      ? { kind: actor.kind, id: actor.agentId }
      : { kind: "contact" as const, id: actor.contactId };
  await Promise.all([
    insert(tx, message),
    record(tx, { type: "message.sent", ...turn, occurredAt: draft.at, payload: { messageId: message.id, by } }),
  ]);
  return message;
}

const insert = perTransaction<Message, void>(async (tx, messages) => {
  await tx.sql`INSERT INTO message SELECT * FROM json_populate_recordset(NULL::message, ${rowsOf(messages)})`;
  return messages.map(() => undefined);
});
