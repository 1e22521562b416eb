import type { Draft } from "../../../prisma/generated/client/client.ts";
import type { Actor, AgentActor } from "../../kernel/actor.ts";
import { now } from "../../kernel/clock.ts";
import { sql } from "../../kernel/database.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { refuseClientId } from "../../kernel/requests.ts";
import { findPlace } from "../conversation.ts";
import { type BodyRefusal, refuseBody, type Visibility } from "../message.ts";

export type SaveDraftInput = { conversationId: string; clientId: string; body: string; visibility: Visibility };

export type SaveDraftRefusal = BodyRefusal | "client_id_invalid" | "not_permitted" | "conversation_not_found";

/**
 * Keeps what the agent has begun to write in a conversation, in place of what was kept; a blank body forgets what was
 * kept under its clientId, and nothing that another device has written since. It is
 * no draft any more once a message has been sent under its clientId, however late it is saved. Records nothing: nobody
 * else sees it.
 */
export async function saveDraft(actor: Actor, input: SaveDraftInput): Promise<Outcome<Draft | null, SaveDraftRefusal>> {
  if (actor.kind !== "agent" || !actor.mayWrite) return refuse("not_permitted");
  const isBlank = input.body.trim() === "";
  const unfit = refuseClientId(input.clientId) ?? (isBlank ? undefined : refuseBody(input.body));
  if (unfit) return unfit;

  const place = await findPlace(actor, input.conversationId);
  if (!place) return refuse("conversation_not_found", ["input", "conversationId"]);
  if (!place.isWritable) return refuse("not_permitted", ["input", "conversationId"]);
  return done(isBlank ? await forget(actor, input) : await keep(actor, input));
}

async function keep(actor: AgentActor, input: SaveDraftInput): Promise<Draft> {
  const { conversationId, clientId, body, visibility } = input;
  const [draft] = await sql<Draft>`
    INSERT INTO draft (workspace_id, conversation_id, agent_id, visibility, body, client_id, updated_at)
    VALUES (${actor.workspaceId}, ${conversationId}, ${actor.agentId}, ${visibility}, ${body}, ${clientId}, ${now()})
    ON CONFLICT (workspace_id, conversation_id, agent_id) DO UPDATE
      SET visibility = excluded.visibility, body = excluded.body, client_id = excluded.client_id, updated_at = excluded.updated_at
    RETURNING workspace_id AS "workspaceId", conversation_id AS "conversationId", agent_id AS "agentId", visibility, body,
      client_id AS "clientId", updated_at AS "updatedAt"`;
  return draft!;
}

async function forget(actor: AgentActor, { conversationId, clientId }: SaveDraftInput): Promise<null> {
  await sql`
    DELETE FROM draft
    WHERE workspace_id = ${actor.workspaceId} AND conversation_id = ${conversationId} AND agent_id = ${actor.agentId}
      AND client_id = ${clientId}`;
  return null;
}
