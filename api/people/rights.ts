import type { Actor } from "../kernel/actor.ts";
import { now } from "../kernel/clock.ts";
import { sql } from "../kernel/database.ts";
import { SESSION_IDLE_MS } from "./session.ts";

/** The keys of rights: what may be taken away, and what `findLostKeys` reads. */
export const keyOf = {
  agent: (workspaceId: string, agentId: string) => `agent/${workspaceId}/${agentId}`,
  session: (workspaceId: string, sessionId: string) => `session/${workspaceId}/${sessionId}`,
  token: (workspaceId: string, tokenId: string) => `token/${workspaceId}/${tokenId}`,
  visitor: (workspaceId: string, visitorId: string) => `visitor/${workspaceId}/${visitorId}`,
  /** Where an agent is a member. Never lost, but given up when a place is added: who follows them all comes again. */
  places: (workspaceId: string, agentId: string) => `places/${workspaceId}/${agentId}`,
  member: (workspaceId: string, agentId: string, spaceId: string) => `member/${workspaceId}/${agentId}/${spaceId}`,
};

/** The keys that the actor's being let in hangs on: who it is and by what credential. */
export function rightToAct(actor: Actor): string[] {
  if (actor.kind === "visitor") return [keyOf.visitor(actor.workspaceId, actor.visitorId)];
  const agent = keyOf.agent(actor.workspaceId, actor.agentId);
  return actor.credential ? [agent, actor.credential] : [agent];
}

/** The keys that an actor's right to follow spaces hangs on: those of its being let in and, for an agent, of its places. */
export function rightToFollow(actor: Actor, spaceIds: string[]): string[] {
  if (actor.kind === "visitor") return rightToAct(actor);
  const memberships = spaceIds.map((spaceId) => keyOf.member(actor.workspaceId, actor.agentId, spaceId));
  return [...rightToAct(actor), keyOf.places(actor.workspaceId, actor.agentId), ...memberships];
}

/** Which of the keys no longer hold, as the rows say now. */
export async function findLostKeys(keys: string[]): Promise<string[]> {
  const at = now();
  const idleSince = new Date(at.getTime() - SESSION_IDLE_MS);
  const lost = await sql<{ key: string }>`
    WITH asked AS MATERIALIZED (
      SELECT key, split_part(key, '/', 1) AS kind, split_part(key, '/', 2)::uuid AS workspace_id,
        split_part(key, '/', 3)::uuid AS id, nullif(split_part(key, '/', 4), '')::uuid AS space_id
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
        WHERE m.workspace_id = asked.workspace_id AND m.agent_id = asked.id AND m.space_id = asked.space_id)
      WHEN 'places' THEN true
      ELSE false END`;
  return lost.map(({ key }) => key);
}
