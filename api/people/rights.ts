import type { Actor, AgentActor } from "../kernel/actor.ts";
import { now } from "../kernel/clock.ts";
import { sql } from "../kernel/database.ts";
import { SESSION_IDLE_MS } from "./session.ts";

/** The keys of rights: what may be taken away, and what `findLostKeys` reads. */
export const keyOf = {
  agent: (workspaceId: string, agentId: string) => `agent/${workspaceId}/${agentId}`,
  session: (workspaceId: string, sessionId: string) => `session/${workspaceId}/${sessionId}`,
  token: (workspaceId: string, tokenId: string) => `token/${workspaceId}/${tokenId}`,
  visitor: (workspaceId: string, visitorId: string) => `visitor/${workspaceId}/${visitorId}`,
  /** What an agent may do: who was let in as more, or less, comes again. */
  role: (workspaceId: string, agentId: string, role: AgentActor["role"]) => `role/${workspaceId}/${agentId}/${role}`,
  /** In how many places an agent is a member: who follows them all comes again when there are more. */
  places: (workspaceId: string, agentId: string, count: number) => `places/${workspaceId}/${agentId}/${count}`,
  member: (workspaceId: string, agentId: string, spaceId: string) => `member/${workspaceId}/${agentId}/${spaceId}`,
};

/** Whether the key is a role: who loses it may come again, and is let in as what they are now. */
export function isRole(key: string): boolean {
  return key.startsWith("role/");
}

/** The keys that the actor's being let in hangs on: who it is, as what and by what credential. */
export function rightToAct(actor: Actor): string[] {
  if (actor.kind === "visitor") return [keyOf.visitor(actor.workspaceId, actor.visitorId)];
  const { workspaceId, agentId, role, credential } = actor;
  const own = [keyOf.agent(workspaceId, agentId), keyOf.role(workspaceId, agentId, role)];
  return credential ? [...own, credential] : own;
}

/** The keys that an actor's right to follow spaces hangs on: those of its being let in and, for an agent, of being a member. */
export function rightToFollow(actor: Actor, spaceIds: string[]): string[] {
  if (actor.kind === "visitor") return rightToAct(actor);
  const memberships = spaceIds.map((spaceId) => keyOf.member(actor.workspaceId, actor.agentId, spaceId));
  return [...rightToAct(actor), ...memberships];
}

/** The keys of an agent who follows all their spaces, these: one more, and they come again. */
export function rightToFollowAll(agent: AgentActor, spaceIds: string[]): string[] {
  return [...rightToFollow(agent, spaceIds), keyOf.places(agent.workspaceId, agent.agentId, spaceIds.length)];
}

/** Which of the keys no longer hold, as the rows say now. */
export async function findLostKeys(keys: string[]): Promise<string[]> {
  const at = now();
  const idleSince = new Date(at.getTime() - SESSION_IDLE_MS);
  const lost = await sql<{ key: string }>`
    WITH asked AS MATERIALIZED (
      SELECT key, split_part(key, '/', 1) AS kind, split_part(key, '/', 2)::uuid AS workspace_id,
        split_part(key, '/', 3)::uuid AS id, split_part(key, '/', 4) AS rest
      FROM unnest(${keys}::text[]) AS key)
    SELECT key FROM asked
    WHERE NOT CASE kind
      WHEN 'agent' THEN EXISTS (
        SELECT FROM agent AS a
        WHERE a.workspace_id = asked.workspace_id AND a.id = asked.id AND a.disabled_at IS NULL)
      WHEN 'session' THEN EXISTS (
        SELECT FROM session AS s
        WHERE s.workspace_id = asked.workspace_id AND s.id = asked.id AND s.expires_at > ${at} AND s.seen_at > ${idleSince})
      WHEN 'token' THEN EXISTS (
        SELECT FROM personal_token AS t
        WHERE t.workspace_id = asked.workspace_id AND t.id = asked.id AND t.expires_at > ${at} AND t.revoked_at IS NULL)
      WHEN 'visitor' THEN EXISTS (
        SELECT FROM visitor AS v
        WHERE v.workspace_id = asked.workspace_id AND v.id = asked.id AND v.revoked_at IS NULL)
      WHEN 'member' THEN EXISTS (
        SELECT FROM space_member AS m
        WHERE m.workspace_id = asked.workspace_id AND m.agent_id = asked.id AND m.space_id = asked.rest::uuid)
      WHEN 'role' THEN EXISTS (
        SELECT FROM agent AS a
        WHERE a.workspace_id = asked.workspace_id AND a.id = asked.id AND a.role::text = asked.rest)
      WHEN 'places' THEN asked.rest::int = (
        SELECT count(*) FROM space_member AS m WHERE m.workspace_id = asked.workspace_id AND m.agent_id = asked.id)
      ELSE false END`;
  return lost.map(({ key }) => key);
}
