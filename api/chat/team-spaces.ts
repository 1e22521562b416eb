import type { SpaceRole } from "../../prisma/generated/client/client.ts";
import type { AgentActor } from "../kernel/actor.ts";
import { now } from "../kernel/clock.ts";
import type { Transaction } from "../kernel/database.ts";
import { takeAway } from "../kernel/live/rights.ts";
import { record } from "../kernel/log/record.ts";
import { joinSpace, leaveSpace, setSpaceRole } from "../people/join-space.ts";
import { changeMember, type PeopledRoom } from "./change-member.ts";
import { takeNextTurn } from "./conversation.ts";
import "./events.ts";
import { isRoom } from "./own-rooms.ts";

/** Spaces and agents: each of these agents in each of these spaces. */
export type Where = { spaceIds: readonly string[]; agentIds: readonly string[] };

/** Who sees a space no more. */
export type Gone = { agentId: string; spaceId: string };

type Change = {
  spaceId: string;
  agentId: string;
  from: SpaceRole | null;
  to: SpaceRole | null;
};

/**
 * Makes the members of these spaces what their teams say, in a transaction that has locked the workspace and changed a team:
 * lets in who came, gives them the most that any of their teams has there, takes out who is in none of them. Whoever is there
 * by themselves stays as they are. Records `member.changed` in rooms. Answers who was taken out.
 */
export async function followTeams(tx: Transaction, actor: AgentActor, where: Where): Promise<Gone[]> {
  const rooms = await lockRoomsOf(tx, actor, where.spaceIds);
  const changes = await findChanges(tx, actor, where);
  for (const { spaceId, agentId, from, to } of changes) {
    const room = rooms.get(spaceId);
    if (room) {
      await changeMember(tx, actor, { room, change: { agentId, from, to }, isOwn: false });
      room.staffSeq += 1;
    } else await changeSpace(tx, { workspaceId: actor.workspaceId, spaceId, agentId }, { from, to });
  }
  return changes.filter(({ to }) => to === null).map(({ agentId, spaceId }) => ({ agentId, spaceId }));
}

/** Records in each room of these spaces that other teams are in it, or the same ones in another role. */
export async function recordTeams(tx: Transaction, actor: AgentActor, spaceIds: readonly string[]): Promise<void> {
  for (const room of (await lockRoomsOf(tx, actor, spaceIds)).values()) {
    const turn = await takeNextTurn(tx, room, "staff");
    const by = { kind: "agent" as const, id: actor.agentId };
    await record(tx, { type: "room.changed", ...turn, occurredAt: now(), payload: { what: ["teams"], by } });
  }
}

/** The rooms among these spaces, locked in the order of their ids, by space. */
async function lockRoomsOf(
  tx: Transaction,
  { workspaceId }: AgentActor,
  spaceIds: readonly string[],
): Promise<Map<string, PeopledRoom>> {
  const rows = await tx.sql<PeopledRoom>`
    SELECT workspace_id AS "workspaceId", id AS "conversationId", space_id AS "spaceId", staff_seq AS "staffSeq"
    FROM conversation
    WHERE workspace_id = ${workspaceId} AND space_id = ANY(${spaceIds}::uuid[]) AND ${isRoom}
    ORDER BY id FOR NO KEY UPDATE`;
  return new Map(rows.map((room) => [room.spaceId, room]));
}

function findChanges(tx: Transaction, { workspaceId }: AgentActor, { spaceIds, agentIds }: Where): Promise<Change[]> {
  return tx.sql<Change>`
    SELECT space.id AS "spaceId", asked.agent_id AS "agentId", member.role AS "from", given.role AS "to"
    FROM space CROSS JOIN unnest(${agentIds}::uuid[]) AS asked (agent_id)
    LEFT JOIN space_member AS member
      ON member.workspace_id = space.workspace_id AND member.space_id = space.id AND member.agent_id = asked.agent_id
    CROSS JOIN LATERAL (
      -- The roles are declared with the most rights first.
      SELECT min(space_team.role) AS role
      FROM space_team JOIN team_member USING (workspace_id, team_id)
      WHERE workspace_id = space.workspace_id AND space_id = space.id AND team_member.agent_id = asked.agent_id) AS given
    WHERE space.workspace_id = ${workspaceId} AND space.id = ANY(${spaceIds}::uuid[])
      AND member.is_own IS NOT TRUE AND member.role IS DISTINCT FROM given.role
    ORDER BY space.id, asked.agent_id`;
}

/** Of an inbox or a project: no one conversation tells who is in it. */
async function changeSpace(
  tx: Transaction,
  membership: { workspaceId: string; spaceId: string; agentId: string },
  { from, to }: Pick<Change, "from" | "to">,
): Promise<void> {
  if (to === null) return leaveSpace(tx, membership);
  if (from !== null) return setSpaceRole(tx.sql, { ...membership, role: to, isOwn: false });
  const lost = await joinSpace(tx.sql, { ...membership, role: to, isOwn: false });
  if (lost) tx.afterCommit(() => takeAway(lost));
}

/** A team, and what its members shall be in a space; null: nothing through it. */
export type SpaceTeam = { spaceId: string; teamId: string; role: SpaceRole | null };

/** What a team's members are in a space through it; null where it is not in it. */
export async function teamRoleIn(
  tx: Transaction,
  { workspaceId }: AgentActor,
  { spaceId, teamId }: Omit<SpaceTeam, "role">,
): Promise<SpaceRole | null> {
  const [row] = await tx.sql<{ role: SpaceRole }>`
    SELECT role FROM space_team
    WHERE workspace_id = ${workspaceId} AND space_id = ${spaceId} AND team_id = ${teamId}`;
  return row?.role ?? null;
}

/** Lets a team into a space, gives it another role there, or takes it out, and its members with it. Answers who was taken out. */
export async function changeSpaceTeam(
  tx: Transaction,
  actor: AgentActor,
  { spaceId, teamId, role }: SpaceTeam,
): Promise<Gone[]> {
  const { workspaceId } = actor;
  if (role === null)
    await tx.sql`
      DELETE FROM space_team WHERE workspace_id = ${workspaceId} AND space_id = ${spaceId} AND team_id = ${teamId}`;
  else
    await tx.sql`
      INSERT INTO space_team (workspace_id, space_id, team_id, role) VALUES (${workspaceId}, ${spaceId}, ${teamId}, ${role})
      ON CONFLICT (workspace_id, space_id, team_id) DO UPDATE SET role = excluded.role`;
  await recordTeams(tx, actor, [spaceId]);
  const members = await tx.sql<{ id: string }>`
    SELECT agent_id AS id FROM team_member WHERE workspace_id = ${workspaceId} AND team_id = ${teamId}`;
  return followTeams(tx, actor, { spaceIds: [spaceId], agentIds: members.map(({ id }) => id) });
}

/** The spaces that a team is in. */
export async function findSpacesOfTeam(
  tx: Transaction,
  { workspaceId }: AgentActor,
  teamId: string,
): Promise<string[]> {
  const rows = await tx.sql<{ id: string }>`
    SELECT space_id AS id FROM space_team WHERE workspace_id = ${workspaceId} AND team_id = ${teamId}`;
  return rows.map(({ id }) => id);
}
