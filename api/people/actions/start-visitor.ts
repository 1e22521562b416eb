import { now } from "../../kernel/clock.ts";
import type { Transaction } from "../../kernel/database.ts";
import { newId } from "../../kernel/id.ts";
import { issueVisit, type Visit } from "../visitor-token.ts";

export type StartVisitorInput = {
  workspaceId: string;
  inboxId: string;
  /** The site that embeds the widget, already checked against the inbox's list. */
  origin: string;
  locale: string | null;
  zone: string | null;
  /** Given where the caller must know the id beforehand. */
  visitorId?: string;
};

/** Begins an anonymous visit: a contact without a name and its first browser, with the tokens that it will carry. */
export async function startVisitor(tx: Transaction, input: StartVisitorInput): Promise<Visit> {
  const { workspaceId, inboxId, origin, locale, zone, visitorId = newId() } = input;
  const contactId = newId();
  const at = now();
  await Promise.all([
    tx.sql`
      INSERT INTO contact (workspace_id, id, locale, zone, created_at)
      VALUES (${workspaceId}, ${contactId}, ${locale}, ${zone}, ${at})`,
    tx.sql`
      INSERT INTO visitor (workspace_id, id, contact_id, inbox_id, origin, rotated_at, created_at)
      VALUES (${workspaceId}, ${visitorId}, ${contactId}, ${inboxId}, ${origin}, ${at}, ${at})`,
  ]);
  return issueVisit({ workspaceId, visitorId, contactId, inboxId, origin, generation: 1 });
}
