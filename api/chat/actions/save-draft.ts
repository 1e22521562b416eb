import type { Draft } from "../../../prisma/generated/client/client.ts";
import type { Actor, AgentActor } from "../../kernel/actor.ts";
import { now } from "../../kernel/clock.ts";
import { sql } from "../../kernel/database.ts";
import { isId } from "../../kernel/id.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { refuseClientId } from "../../kernel/requests.ts";
import { findPlace } from "../conversation.ts";
import { type BodyRefusal, refuseBody, type Visibility } from "../message.ts";
import { isVisible } from "../policy.ts";

export type SaveDraftInput = { conversationId: string; clientId: string; body: string; visibility: Visibility };

export type SaveDraftRefusal = BodyRefusal | "client_id_invalid" | "not_permitted" | "conversation_not_found";

/**
 * Keeps what the agent has begun to write in a conversation, in place of what was kept; a blank body keeps nothing. It is
 * no draft any more once a message has been sent under its clientId, however late it is saved. Records nothing: nobody
 * else sees it.
 */
export async function saveDraft(actor: Actor, input: SaveDraftInput): Promise<Outcome<Draft | null, SaveDraftRefusal>> {
  if (actor.kind !== "agent" || !actor.mayWrite) return refuse("not_permitted");
  const isBlank = input.body.trim() === "";
  const unfit = refuseClientId(input.clientId) ?? (isBlank ? undefined : refuseBody(input.body));
  if (unfit) return unfit;

  const kept = isBlank ? await forget(actor, input) : await keep(actor, input);
  return kept === undefined ? refuse("conversation_not_found", ["input", "conversationId"]) : done(kept);
}

/** Undefined where the agent may not see the conversation. */
async function keep(actor: AgentActor, input: SaveDraftInput): Promise<Draft | undefined> {
  const { conversationId, clientId, body, visibility } = input;
  if (!isId(conversationId)) return undefined;
  const [draft] = await sql<Draft>`
    INSERT INTO draft (workspace_id, conversation_id, agent_id, visibility, body, client_id, updated_at)
    SELECT workspace_id, id, ${actor.agentId}, ${visibility}::message_visibility, ${body}, ${clientId}, ${now()}
    FROM conversation WHERE workspace_id = ${actor.workspaceId} AND id = ${conversationId} AND ${isVisible(actor)}
    ON CONFLICT (workspace_id, conversation_id, agent_id) DO UPDATE
      SET visibility = excluded.visibility, body = excluded.body, client_id = excluded.client_id, updated_at = excluded.updated_at
    RETURNING workspace_id AS "workspaceId", conversation_id AS "conversationId", agent_id AS "agentId", visibility, body,
      client_id AS "clientId", updated_at AS "updatedAt"`;
  return draft;
}

async function forget(actor: AgentActor, { conversationId }: SaveDraftInput): Promise<null | undefined> {
  if (!(await findPlace(actor, conversationId))) return undefined;
  await sql`
    DELETE FROM draft
    WHERE workspace_id = ${actor.workspaceId} AND conversation_id = ${conversationId} AND agent_id = ${actor.agentId}`;
  return null;
}
