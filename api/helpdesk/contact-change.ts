import { takeEveryTurn } from "../chat/conversation.ts";
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

/** In how many conversations a change is told, the newest: whoever has an older one open sees it when they next look. */
const MOST_TOLD = 100;

/** Records `contact.changed` in the contact's newest conversations, since whoever sees one sees whose it is. Two statements. */
export async function tellOfContact(
  tx: Transaction,
  { workspaceId, contactId, mergedId }: ContactChange,
): Promise<void> {
  const turns = await takeEveryTurn(tx, { workspaceId, contactId }, MOST_TOLD);
  const fact = { type: "contact.changed" as const, occurredAt: now(), payload: { contactId, mergedId } };
  await Promise.all(turns.map((turn) => record(tx, { ...fact, ...turn })));
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
