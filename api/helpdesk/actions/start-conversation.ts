import type { Conversation, Message } from "../../../prisma/generated/client/client.ts";
import { openConversation } from "../../chat/actions/open-conversation.ts";
import { writeMessage } from "../../chat/actions/send-message.ts";
import { takeNextTurn } from "../../chat/conversation.ts";
import { type BodyRefusal, refuseBody } from "../../chat/message.ts";
import { recallMessage } from "../../chat/queries.ts";
import { withEmoji } from "../../chat/shortcodes.ts";
import type { Actor, VisitorActor } from "../../kernel/actor.ts";
import { now } from "../../kernel/clock.ts";
import { prisma, type Transaction } from "../../kernel/database.ts";
import { newId } from "../../kernel/id.ts";
import { type Done, done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { once, refuseClientId } from "../../kernel/requests.ts";

export type StartConversationRefusal = BodyRefusal | "client_id_invalid" | "client_id_conflict" | "not_permitted";

export type Started = { conversation: Conversation; message: Message };

/**
 * Opens a support conversation with the visitor's first message and gives it a ticket. A retry under the same clientId,
 * also one queued while offline, answers with the first. Records `conversation.started` and `message.sent`.
 */
export async function startConversation(
  actor: Actor,
  input: { clientId: string; body: string },
): Promise<Outcome<Started, StartConversationRefusal>> {
  const body = withEmoji(input.body);
  const unfit = refuseClientId(input.clientId) ?? refuseBody(body);
  if (unfit) return unfit;
  if (actor.kind !== "visitor") return refuse("not_permitted");

  const messageId = newId();
  return once<Started, StartConversationRefusal>(
    {
      ...{ workspaceId: actor.workspaceId, callerId: actor.contactId, clientId: input.clientId },
      ...{ mutation: "startConversation", content: [input.body], resultId: messageId },
    },
    async (tx) => {
      const at = now();
      const id = newId();
      const conversation = await openConversation(tx, actor, { id, spaceId: await spaceOfInbox(tx, actor), at });
      if (conversation.contactId !== actor.contactId) await handOver(tx, actor, conversation.contactId, input.clientId);
      await openTicket(tx, actor, { conversationId: id, at });
      await noteFirstMessage(tx, actor, at);
      const turn = await takeNextTurn(tx, { workspaceId: actor.workspaceId, conversationId: id }, "everyone");
      const message = await writeMessage(tx, actor, turn, { clientId: input.clientId, body, id: messageId, at });
      const { staffSeq, customerSeq } = turn;
      return done({ conversation: { ...conversation, staffSeq, customerSeq: customerSeq! }, message });
    },
    (id) => recallStarted(actor, id),
  );
}

/** The visitor has just turned out to be somebody known: as them they would repeat what they asked. */
async function handOver(tx: Transaction, actor: VisitorActor, ownerId: string | null, clientId: string): Promise<void> {
  await tx.sql`
    UPDATE request SET caller_id = ${ownerId}
    WHERE workspace_id = ${actor.workspaceId} AND caller_id = ${actor.contactId} AND client_id = ${clientId}`;
}

async function spaceOfInbox(tx: Transaction, actor: VisitorActor): Promise<string> {
  const [inbox] = await tx.sql<{ spaceId: string }>`
    SELECT space_id AS "spaceId" FROM inbox WHERE workspace_id = ${actor.workspaceId} AND id = ${actor.inboxId}`;
  return inbox!.spaceId;
}

/** Numbers are given under the counter's row lock: readable, and one after another within the workspace. */
async function openTicket(
  tx: Transaction,
  actor: VisitorActor,
  { conversationId, at }: { conversationId: string; at: Date },
): Promise<void> {
  await tx.sql`
    WITH counter AS (
      INSERT INTO ticket_counter AS counter (workspace_id, last_number) VALUES (${actor.workspaceId}, 1)
      ON CONFLICT (workspace_id) DO UPDATE SET last_number = counter.last_number + 1
      RETURNING last_number
    )
    INSERT INTO ticket (workspace_id, conversation_id, inbox_id, number, status, status_at, staff_activity_at, created_at)
    SELECT ${actor.workspaceId}, ${conversationId}, ${actor.inboxId}, last_number, 'open', ${at}, ${at}, ${at} FROM counter`;
}

/** What settings wait for while a new inbox is tried out. */
async function noteFirstMessage(tx: Transaction, { workspaceId, inboxId }: VisitorActor, at: Date): Promise<void> {
  await tx.sql`
    UPDATE inbox SET first_message_at = ${at}
    WHERE workspace_id = ${workspaceId} AND id = ${inboxId} AND first_message_at IS NULL`;
}

async function recallStarted(actor: Actor, messageId: string): Promise<Done<Started>> {
  const message = await recallMessage(actor, messageId);
  const { workspaceId, conversationId: id } = message.value;
  const conversation = await prisma().conversation.findUniqueOrThrow({
    where: { workspaceId_id: { workspaceId, id } },
  });
  return done({ conversation, message: message.value });
}
