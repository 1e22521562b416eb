import type { CommandContext } from "./command.ts";

/** Where a command is given. */
type Place = Pick<CommandContext, "sql" | "actor" | "kind" | "conversationId" | "messageId">;

/** The message that a new task is made of, and whether a customer sees by it how far the team has come. */
export type Source = { messageId: string | null; isShown: boolean };

/**
 * Of which message a command makes a task: in a conversation with a customer of what the customer wrote last, so that they see
 * how far it is, whoever ordered it and from where; the note that ordered it is answered in the same conversation, with its key. Elsewhere, and
 * where the customer has written nothing that is still there, of the message that holds the command, if there is one.
 */
export async function readSource(context: Place): Promise<Source> {
  const { sql, actor, kind, conversationId, messageId } = context;
  if (kind !== "support") return { messageId, isShown: false };
  // As the index `message_of_a_customer` has them: however much the team has answered since, one row is read.
  const [newest] = await sql<{ id: string }>`
    SELECT id FROM message
    WHERE workspace_id = ${actor.workspaceId} AND conversation_id = ${conversationId} AND customer_seq IS NOT NULL
      AND contact_id IS NOT NULL AND deleted_at IS NULL
    ORDER BY customer_seq DESC LIMIT 1`;
  return newest ? { messageId: newest.id, isShown: true } : { messageId, isShown: false };
}
