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
  const { workspaceId } = actor;
  // Should the visitor just be turning out to be somebody known, this waits and finds whom.
  const [opened] = await tx.sql<{ contactId: string }>`
    WITH owner AS (
      SELECT coalesce(merged_into_id, id) AS id FROM contact
      WHERE workspace_id = ${workspaceId} AND id = ${actor.contactId} FOR SHARE
    )
    INSERT INTO conversation (workspace_id, id, space_id, kind, contact_id, staff_seq, customer_seq,
                              staff_activity_at, customer_activity_at, created_at)
    SELECT ${workspaceId}, ${id}, ${spaceId}, 'support', owner.id, 1, 1, ${at}, ${at}, ${at} FROM owner
    RETURNING contact_id AS "contactId"`;
  const { contactId } = opened!;
  const conversation: Conversation = {
    ...{ workspaceId, id, spaceId, contactId, kind: "support" },
    ...{ staffSeq: 1, customerSeq: 1, staffActivityAt: at, customerActivityAt: at, closedAt: null, createdAt: at },
  };
  await record(tx, {
    type: "conversation.started",
    ...{ workspaceId, conversationId: id, spaceId, contactId, staffSeq: 1, customerSeq: 1 },
    occurredAt: at,
    payload: { by: { kind: "contact", id: contactId } },
  });
  return conversation;
}
