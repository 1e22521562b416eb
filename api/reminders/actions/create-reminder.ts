import type { Eyes } from "../../../words/time.ts";
import { isVisible } from "../../chat/policy.ts";
import type { Actor, AgentActor } from "../../kernel/actor.ts";
import { now } from "../../kernel/clock.ts";
import type { Transaction } from "../../kernel/database.ts";
import { isId, newId } from "../../kernel/id.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { once, refuseClientId } from "../../kernel/requests.ts";
import { mayChange } from "../../people/policy.ts";
import { type GivenTime, MOST_AHEAD, readText, readTime } from "../reminder.ts";
import { tellOwnReminders } from "../tell-own-reminders.ts";

export type CreateReminderInput = {
  clientId: string;
  conversationId: string;
  /** A message there. */
  messageId?: string | undefined;
  /** Whose it is, if not the caller's own: a colleague's who sees the conversation. */
  agentId?: string | undefined;
  text: string;
  time: GivenTime;
  /** In whose language and zone words say the time. */
  eyes: Eyes;
  /** When it was said, if that was before: what has passed since then comes up at once. */
  from?: Date;
};

type PlaceRefusal = "conversation_not_found" | "message_not_found" | "reminder_agent_not_found";

export type CreateReminderRefusal =
  | PlaceRefusal
  | "not_permitted"
  | "reminder_text_invalid"
  | "reminder_time_invalid"
  | "reminders_too_many"
  | "client_id_invalid"
  | "client_id_conflict";

/**
 * Asks that somebody be reminded of a conversation, or of a message there: the caller, or a colleague who sees it too. For whoever
 * on staff sees the conversation; of one person up to `MOST_AHEAD`, with which others who ask for theirs have nothing to do. A retry
 * under the same clientId answers with the first. Records nothing until it is told; the windows of whose it is are told at once.
 */
export async function createReminder(
  actor: Actor,
  input: CreateReminderInput,
): Promise<Outcome<{ reminderId: string }, CreateReminderRefusal>> {
  if (!mayChange(actor)) return refuse("not_permitted");
  const { clientId, conversationId, messageId = null, agentId = actor.agentId, time, eyes } = input;
  const text = readText(input.text);
  if (!text.ok) return text;
  const unfit = refuseClientId(clientId);
  if (unfit) return unfit;
  const reminderId = newId();
  const request = {
    ...{ workspaceId: actor.workspaceId, callerId: actor.agentId, clientId, mutation: "createReminder" },
    ...{ content: [conversationId, messageId, agentId, text.value, time], resultId: reminderId, locks: agentId },
  };
  return once<{ reminderId: string }, CreateReminderRefusal>(
    request,
    async (tx) => {
      const at = readTime(time, input.from ?? now(), eyes);
      if (!at.ok) return at;
      const place = await findWhere(tx, actor, { conversationId, messageId, agentId });
      if (!place.ok) return place;
      // So that two who ask at once are counted one after the other.
      await tx.sql`SELECT FROM agent WHERE workspace_id = ${actor.workspaceId} AND id = ${agentId} FOR NO KEY UPDATE`;
      const added = await tx.sql`
        INSERT INTO reminder (workspace_id, id, agent_id, created_by_id, conversation_id, message_id, text, at, created_at)
        SELECT ${actor.workspaceId}, ${reminderId}, ${agentId}, ${actor.agentId}, ${conversationId}, ${messageId}::uuid,
               ${text.value}, ${at.value}, ${now()}
        FROM reminder
        WHERE workspace_id = ${actor.workspaceId} AND agent_id = ${agentId} AND told_at IS NULL
          AND created_by_id = ${actor.agentId}
        HAVING count(*) < ${MOST_AHEAD} RETURNING id`;
      if (added.length === 0) return refuse("reminders_too_many");
      tx.afterCommit(() => tellOwnReminders(agentId, place.value));
      return done({ reminderId });
    },
    async (id) => done({ reminderId: id }),
  );
}

type Wanted = { conversationId: string; messageId: string | null; agentId: string };
type Where = { workspaceId: string; conversationId: string; spaceId: string; contactId: string | null };

/** Where it belongs, if the caller and whose it is see the conversation, and the message stands there. */
async function findWhere(
  tx: Transaction,
  actor: AgentActor,
  { conversationId, messageId, agentId }: Wanted,
): Promise<Outcome<Where, PlaceRefusal>> {
  if (!isId(conversationId)) return refuse("conversation_not_found", ["input", "conversationId"]);
  if (messageId !== null && !isId(messageId)) return refuse("message_not_found", ["input", "messageId"]);
  if (!isId(agentId)) return refuse("reminder_agent_not_found", ["input", "agentId"]);
  const [found] = await tx.sql<Where & { hasMessage: boolean; isSeen: boolean }>`
    SELECT conversation.workspace_id AS "workspaceId", conversation.id AS "conversationId",
           conversation.space_id AS "spaceId", conversation.contact_id AS "contactId",
           EXISTS (SELECT FROM message WHERE workspace_id = conversation.workspace_id
             AND conversation_id = conversation.id AND message.id = ${messageId}::uuid AND deleted_at IS NULL) AS "hasMessage",
           EXISTS (SELECT FROM space_member JOIN agent USING (workspace_id)
             WHERE workspace_id = conversation.workspace_id AND space_id = conversation.space_id
               AND agent_id = ${agentId} AND agent.id = agent_id AND disabled_at IS NULL) AS "isSeen"
    FROM conversation
    WHERE workspace_id = ${actor.workspaceId} AND id = ${conversationId} AND ${isVisible(actor)}`;
  if (!found) return refuse("conversation_not_found", ["input", "conversationId"]);
  const { hasMessage, isSeen, ...where } = found;
  if (messageId !== null && !hasMessage) return refuse("message_not_found", ["input", "messageId"]);
  return isSeen ? done(where) : refuse("reminder_agent_not_found", ["input", "agentId"]);
}
