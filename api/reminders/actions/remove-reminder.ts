import type { Actor } from "../../kernel/actor.ts";
import { inTransaction } from "../../kernel/database.ts";
import { isId } from "../../kernel/id.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { mayChange } from "../../people/policy.ts";
import { tellOwnReminders } from "../tell-own-reminders.ts";

export type RemoveReminderRefusal = "not_permitted" | "reminder_not_found";

type Removed = {
  agentId: string;
  workspaceId: string;
  conversationId: string;
  spaceId: string;
  contactId: string | null;
};

/**
 * Takes a reminder away, before it is told or after. For whose it is and for who asked for it. Records nothing; the windows of
 * whose it is are told.
 */
export async function removeReminder(
  actor: Actor,
  { reminderId }: { reminderId: string },
): Promise<Outcome<{ reminderId: string }, RemoveReminderRefusal>> {
  if (!mayChange(actor)) return refuse("not_permitted");
  const missing = () => refuse("reminder_not_found", ["input", "reminderId"]);
  if (!isId(reminderId)) return missing();
  const { workspaceId, agentId } = actor;
  return inTransaction(async (tx) => {
    const [removed] = await tx.sql<Removed>`
      DELETE FROM reminder USING conversation
      WHERE reminder.workspace_id = ${workspaceId} AND reminder.id = ${reminderId}
        AND (reminder.agent_id = ${agentId} OR reminder.created_by_id = ${agentId})
        AND conversation.workspace_id = reminder.workspace_id AND conversation.id = reminder.conversation_id
      RETURNING reminder.agent_id AS "agentId", reminder.workspace_id AS "workspaceId", conversation.id AS "conversationId",
        space_id AS "spaceId", contact_id AS "contactId"`;
    if (!removed) return missing();
    const { agentId: whose, ...place } = removed;
    tx.afterCommit(() => tellOwnReminders(whose, place));
    return done({ reminderId });
  });
}
