import type { Conversation } from "../../../prisma/generated/client/client.ts";
import type { VisitorActor } from "../../kernel/actor.ts";
import type { Transaction } from "../../kernel/database.ts";
import { record } from "../../kernel/log/record.ts";
import "../events.ts";

/**
 * Opens a support conversation of the visitor's contact in a space, within the caller's transaction, which gives it its
 * first message. Records `conversation.started`.
 */
export async function openConversation(
  tx: Transaction,
  actor: VisitorActor,
  { id, spaceId, at }: { id: string; spaceId: string; at: Date },
): Promise<Conversation> {
  const { workspaceId, contactId } = actor;
  const conversation: Conversation = {
    ...{ workspaceId, id, spaceId, contactId, kind: "support" },
    ...{ staffSeq: 1, customerSeq: 1, staffActivityAt: at, customerActivityAt: at, closedAt: null, createdAt: at },
  };
  await tx.sql`
    INSERT INTO conversation (workspace_id, id, space_id, kind, contact_id, staff_seq, customer_seq,
                              staff_activity_at, customer_activity_at, created_at)
    VALUES (${workspaceId}, ${id}, ${spaceId}, 'support', ${contactId}, 1, 1, ${at}, ${at}, ${at})`;
  await record(tx, {
    type: "conversation.started",
    ...{ workspaceId, conversationId: id, spaceId, contactId, staffSeq: 1, customerSeq: 1 },
    occurredAt: at,
    payload: { by: { kind: "contact", id: contactId } },
  });
  return conversation;
}
