import { takeNextTurn } from "../chat/conversation.ts";
import { now } from "../kernel/clock.ts";
import type { Transaction } from "../kernel/database.ts";
import { record } from "../kernel/log/record.ts";
import "./events.ts";

export type ContactChange = {
  workspaceId: string;
  contactId: string;
  /** The contact that turned out to be this one. */
  mergedId: string | null;
};

/** Records `contact.changed` in every conversation of the contact, since whoever sees one sees whose it is. */
export async function tellOfContact(
  tx: Transaction,
  { workspaceId, contactId, mergedId }: ContactChange,
): Promise<void> {
  const conversations = await tx.sql<{ id: string }>`
    SELECT id FROM conversation WHERE workspace_id = ${workspaceId} AND contact_id = ${contactId} ORDER BY id`;
  for (const { id: conversationId } of conversations) {
    const turn = await takeNextTurn(tx, { workspaceId, conversationId }, "everyone");
    await record(tx, { type: "contact.changed", ...turn, occurredAt: now(), payload: { contactId, mergedId } });
  }
}

/** Keeps an address that the contact itself has said, in place of the one it said before. One that is proved already stays so. */
export async function sayEmail(
  tx: Transaction,
  { workspaceId, contactId, id, email }: { workspaceId: string; contactId: string; id: string; email: string },
): Promise<void> {
  await tx.sql`
    DELETE FROM contact_identity
    WHERE workspace_id = ${workspaceId} AND contact_id = ${contactId} AND kind = 'email' AND verified_at IS NULL`;
  await tx.sql`
    INSERT INTO contact_identity (workspace_id, id, contact_id, kind, value, created_at)
    SELECT ${workspaceId}, ${id}, ${contactId}, 'email', ${email}, ${now()}
    WHERE NOT EXISTS (
      SELECT FROM contact_identity
      WHERE workspace_id = ${workspaceId} AND contact_id = ${contactId} AND kind = 'email' AND value = ${email})`;
}
