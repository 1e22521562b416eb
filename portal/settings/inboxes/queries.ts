import { sql } from "../../../api/kernel/database.ts";

/** Reads whether a conversation that began then is the first of its inbox. */
export async function opensInbox(workspaceId: string, conversationId: string, startedAt: Date): Promise<boolean> {
  const opened = await sql`
    SELECT FROM ticket JOIN inbox ON inbox.workspace_id = ticket.workspace_id AND inbox.id = inbox_id
    WHERE ticket.workspace_id = ${workspaceId} AND conversation_id = ${conversationId} AND first_message_at = ${startedAt}`;
  return opened.length > 0;
}
