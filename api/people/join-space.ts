import type { SpaceRole } from "../../prisma/generated/client/client.ts";
import type { Sql, Transaction } from "../kernel/database.ts";
import { takeAway } from "../kernel/live/rights.ts";
import { keyOf } from "./rights.ts";

export type Membership = { workspaceId: string; spaceId: string; agentId: string };
type Member = Membership & { role?: SpaceRole; isOwn?: boolean };

/** Makes an agent a member of a space, in this role, by themselves unless through a team. Answers the key that is lost by it, for who follows all their spaces; undefined for a member. */
export async function joinSpace(run: Sql, member: Member): Promise<string | undefined> {
  const { workspaceId, spaceId, agentId, role = "member", isOwn = true } = member;
  const [joined] = await run<{ before: number }>`
    WITH joined AS (
      INSERT INTO space_member (workspace_id, space_id, agent_id, role, is_own)
      VALUES (${workspaceId}, ${spaceId}, ${agentId}, ${role}, ${isOwn})
      ON CONFLICT DO NOTHING RETURNING agent_id)
    SELECT (SELECT count(*) FROM space_member WHERE workspace_id = ${workspaceId} AND agent_id = ${agentId}) AS before FROM joined`;
  return joined && keyOf.places(workspaceId, agentId, joined.before);
}

/** Lets a member stay whatever becomes of the teams that they came through. */
export async function stayInSpace(run: Sql, { workspaceId, spaceId, agentId }: Membership): Promise<void> {
  await run`
    UPDATE space_member SET is_own = true
    WHERE workspace_id = ${workspaceId} AND space_id = ${spaceId} AND agent_id = ${agentId} AND NOT is_own`;
}

/** Gives a member of a space another role, by themselves or through a team. */
export async function setSpaceRole(
  run: Sql,
  { workspaceId, spaceId, agentId, role, isOwn }: Required<Member>,
): Promise<void> {
  await run`
    UPDATE space_member SET role = ${role}, is_own = ${isOwn}
    WHERE workspace_id = ${workspaceId} AND space_id = ${spaceId} AND agent_id = ${agentId}`;
}

/** Takes a member out of a space; their streams that show it end with the transaction. */
export async function leaveSpace(tx: Transaction, { workspaceId, spaceId, agentId }: Membership): Promise<void> {
  await tx.sql`
    DELETE FROM space_member WHERE workspace_id = ${workspaceId} AND space_id = ${spaceId} AND agent_id = ${agentId}`;
  tx.afterCommit(() => takeAway(keyOf.member(workspaceId, agentId, spaceId)));
}

/** Takes all of its members out of a space, these; their streams that show it end with the transaction. */
export async function emptySpace(
  tx: Transaction,
  { workspaceId, spaceId, agentIds }: { workspaceId: string; spaceId: string; agentIds: readonly string[] },
): Promise<void> {
  await tx.sql`DELETE FROM space_member WHERE workspace_id = ${workspaceId} AND space_id = ${spaceId}`;
  tx.afterCommit(() => {
    for (const agentId of agentIds) takeAway(keyOf.member(workspaceId, agentId, spaceId));
  });
}

/** Whether a team that the agent is in is in the space: then they see it as long as both are so. */
export async function isThroughTeam(run: Sql, { workspaceId, spaceId, agentId }: Membership): Promise<boolean> {
  const given = await run`
    SELECT FROM space_team JOIN team_member USING (workspace_id, team_id)
    WHERE workspace_id = ${workspaceId} AND space_id = ${spaceId} AND agent_id = ${agentId} LIMIT 1`;
  return given.length > 0;
}
