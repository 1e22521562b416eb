import type { Team } from "../../../prisma/generated/client/client.ts";
import {
  countTeamMembers,
  findAllTeams,
  findTeam,
  findTeamMembers,
  type TeamMember,
} from "../../../api/chat/team-queries.ts";
import { findInboxes } from "../../../api/helpdesk/queries.ts";
import type { AgentActor } from "../../../api/kernel/actor.ts";
import { prisma } from "../../../api/kernel/database.ts";
import { mayAdminister } from "../../../api/people/policy.ts";
import { findAgents } from "../../../api/people/queries.ts";
import { MOST_IN_TEAM } from "../../../api/people/team.ts";
import type { Person } from "../../person.ts";

/** A team in the list of all. */
export type ListedTeam = Team & { memberCount: number };

/** Reads all teams, by name. */
export async function readTeams(agent: AgentActor): Promise<ListedTeam[]> {
  const teams = await findAllTeams(agent);
  const counts = await countTeamMembers(
    agent.workspaceId,
    teams.map(({ id }) => id),
  );
  return teams.map((team) => ({ ...team, memberCount: counts.get(team.id) ?? 0 }));
}

/** A team as its page shows it. */
export type ShownTeam = {
  team: Team;
  members: TeamMember[];
  /** Who could be let in. */
  others: Person[];
  /** The inboxes of the workspace, and whether it answers there; to owners and admins. */
  inboxes: { id: string; name: string; isThere: boolean }[];
  /** Whether the agent sets its members. */
  isLed: boolean;
};

/** Reads a team; null when there is none. */
export async function readTeam(agent: AgentActor, id: string): Promise<ShownTeam | null> {
  const team = await findTeam(agent, id);
  if (!team) return null;
  const { workspaceId, agentId } = agent;
  const isAdmin = mayAdminister(agent);
  const [members, agents, inboxes, spaces] = await Promise.all([
    findTeamMembers({ workspaceId, teamId: id }, { limit: MOST_IN_TEAM, inverted: false }),
    findAgents(agent),
    isAdmin ? findInboxes(agent) : [],
    prisma().spaceTeam.findMany({ where: { workspaceId, teamId: id }, select: { spaceId: true } }),
  ]);
  const here = new Set(members.map((member) => member.agent.id));
  const there = new Set(spaces.map(({ spaceId }) => spaceId));
  return {
    ...{ team, members },
    others: agents
      .filter((one) => one.disabledAt === null && !here.has(one.id))
      .map(({ id: otherId, name }): Person => ({ id: otherId, kind: "agent", name })),
    inboxes: inboxes.map(({ id: inboxId, name, spaceId }) => ({ id: inboxId, name, isThere: there.has(spaceId) })),
    isLed: isAdmin || members.some((member) => member.isLead && member.agent.id === agentId),
  };
}
