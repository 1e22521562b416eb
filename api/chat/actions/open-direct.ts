import type { Actor, AgentActor } from "../../kernel/actor.ts";
import { now } from "../../kernel/clock.ts";
import { inTransaction, sql } from "../../kernel/database.ts";
import { isDuplicate } from "../../kernel/database-faults.ts";
import { isId, newId } from "../../kernel/id.ts";
import { done, type Outcome, refuse } from "../../kernel/outcome.ts";
import { mayChange } from "../../people/policy.ts";
import { openRoom } from "../open-room.ts";
import { keyOfDirect, MOST_IN_DIRECT } from "../room.ts";

export type OpenDirectRefusal = "not_permitted" | "agent_not_found" | "people_too_few" | "people_too_many";

/**
 * The direct messages of the actor and these people: opened when they are first asked for, and the same ones for whoever of
 * them asks, also of two at once. Records `conversation.started` the first time.
 */
export async function openDirect(
  actor: Actor,
  { agentIds }: { agentIds: readonly string[] },
): Promise<Outcome<{ conversationId: string }, OpenDirectRefusal>> {
  if (!mayChange(actor)) return refuse("not_permitted");
  const others = [...new Set(agentIds)].filter((id) => id !== actor.agentId);
  const path = ["input", "agentIds"];
  if (others.length >= MOST_IN_DIRECT) return refuse("people_too_many", path);
  if (others.length === 0) return refuse("people_too_few", path);
  if (!(await areHere(actor, others))) return refuse("agent_not_found", path);

  const people = [actor.agentId, ...others];
  const key = keyOfDirect(people);
  return done({ conversationId: (await findByKey(actor, key)) ?? (await openOne(actor, people, key)) });
}

async function areHere({ workspaceId }: AgentActor, ids: readonly string[]): Promise<boolean> {
  if (!ids.every(isId)) return false;
  const [found] = await sql<{ count: number }>`
    SELECT count(*) FROM agent WHERE workspace_id = ${workspaceId} AND id = ANY(${ids}::uuid[]) AND disabled_at IS NULL`;
  return found!.count === ids.length;
}

async function findByKey({ workspaceId }: AgentActor, key: string): Promise<string | undefined> {
  const [room] = await sql<{ id: string }>`
    SELECT conversation_id AS id FROM room WHERE workspace_id = ${workspaceId} AND key = ${key}`;
  return room?.id;
}

async function openOne(actor: AgentActor, people: readonly string[], key: string): Promise<string> {
  const about = { kind: "direct" as const, name: null, topic: "", purpose: "", key };
  const members = people.map((agentId) => ({ agentId, role: "member" as const }));
  const id = newId();
  try {
    await inTransaction((tx) => openRoom(tx, actor, { id, ...about, members, at: now() }));
    return id;
  } catch (fault) {
    // Somebody else of them was first.
    if (isDuplicate(fault, "room_workspace_id_key_key")) return (await findByKey(actor, key))!;
    throw fault;
  }
}
