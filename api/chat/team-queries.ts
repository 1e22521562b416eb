import type { Agent, SpaceRole, Team } from "../../prisma/generated/client/client.ts";
import type { Actor } from "../kernel/actor.ts";
import { prisma, sql } from "../kernel/database.ts";
import { isId } from "../kernel/id.ts";
import type { ActivityKey, Page } from "./queries.ts";

/** All teams of the workspace, by name, to staff. */
export async function findAllTeams(actor: Actor): Promise<Team[]> {
  if (actor.kind !== "agent") return [];
  return prisma().team.findMany({
    where: { workspaceId: actor.workspaceId },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
}

/** The team, to staff of its workspace. */
export async function findTeam(actor: Actor, id: string): Promise<Team | null> {
  if (actor.kind !== "agent" || !isId(id)) return null;
  return prisma().team.findFirst({ where: { workspaceId: actor.workspaceId, id } });
}

/** Someone in a team. */
export type TeamMember = { agent: Agent; isLead: boolean; joinedAt: Date };

/** A page of the members of a team, the longest there first. */
export async function findTeamMembers(
  team: { workspaceId: string; teamId: string },
  { after, before, limit, inverted }: Page<ActivityKey>,
): Promise<TeamMember[]> {
  const direction = inverted ? ("desc" as const) : ("asc" as const);
  const beyond = ({ at, id }: ActivityKey, way: "gt" | "lt") => ({
    OR: [{ createdAt: { [way]: at } }, { createdAt: at, agentId: { [way]: id } }],
  });
  const rows = await prisma().teamMember.findMany({
    where: { AND: [team, after ? beyond(after, "gt") : {}, before ? beyond(before, "lt") : {}] },
    orderBy: [{ createdAt: direction }, { agentId: direction }],
    include: { agent: true },
    take: limit,
  });
  return rows.map(({ agent, isLead, createdAt: joinedAt }) => ({ agent, isLead, joinedAt }));
}

/** How many are in each team, by its id. */
export async function countTeamMembers(workspaceId: string, ids: string[]): Promise<Map<string, number>> {
  const rows = await sql<{ id: string; count: number }>`
    SELECT team_id AS id, count(*) FROM team_member
    WHERE workspace_id = ${workspaceId} AND team_id = ANY(${ids}::uuid[]) GROUP BY team_id`;
  return new Map(rows.map(({ id, count }) => [id, count]));
}

/** The teams that each agent is in, by name, by the agent's id. */
export async function findTeamsOf(workspaceId: string, agentIds: string[]): Promise<Map<string, Team[]>> {
  const rows = await prisma().teamMember.findMany({
    where: { workspaceId, agentId: { in: agentIds } },
    orderBy: [{ team: { name: "asc" } }, { teamId: "asc" }],
    include: { team: true },
  });
  const byAgent = Map.groupBy(rows, ({ agentId }) => agentId);
  return new Map([...byAgent].map(([agentId, own]) => [agentId, own.map(({ team }) => team)]));
}

/** A team in a space, and what its members are there through it. */
export type TeamThere = { team: Team; role: SpaceRole };

/** The teams in each space, by name, by the space's id. */
export async function findTeamsIn(workspaceId: string, spaceIds: string[]): Promise<Map<string, TeamThere[]>> {
  const rows = await prisma().spaceTeam.findMany({
    where: { workspaceId, spaceId: { in: spaceIds } },
    orderBy: [{ team: { name: "asc" } }, { teamId: "asc" }],
    include: { team: true },
  });
  const bySpace = Map.groupBy(rows, ({ spaceId }) => spaceId);
  return new Map([...bySpace].map(([spaceId, own]) => [spaceId, own.map(({ team, role }) => ({ team, role }))]));
}
