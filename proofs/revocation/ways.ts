import { dismissTeamMember } from "../../api/helpdesk/actions/leave-team.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { sql } from "../../api/kernel/database.ts";
import { disableAgent } from "../../api/people/actions/disable-agent.ts";
import { removeSpaceMember } from "../../api/people/actions/remove-space-member.ts";
import { revokePersonalToken } from "../../api/people/actions/revoke-personal-token.ts";
import { revokeVisitor } from "../../api/people/actions/revoke-visitor.ts";
import { openTeam } from "../../tests/support/teams.ts";
import type { ApiProcess } from "../ground/api-process.ts";
import { succeeded } from "../ground/cast.ts";
import type { Crew, Member, MemberKind } from "./crew.ts";

/** A way of taking access. Returns once it is committed. */
export type Way = {
  name: string;
  /** Whether the credential stays good: what remains may be followed on. */
  isOfSpace?: true;
  take: (member: Member, crew: Crew, elsewhere: ApiProcess) => Promise<unknown>;
};

const tokenRevoked: Way = {
  name: "token revoked",
  take: async (member, { owner }) => {
    if ("tokenId" in member) succeeded(await revokePersonalToken(owner, { tokenId: member.tokenId! }));
  },
};

const agentDisabled: Way = {
  name: "agent disabled",
  take: async (member, { owner }) => {
    if ("agentId" in member) succeeded(await disableAgent(owner, member));
  },
};

const memberRemoved: Way = {
  name: "member removed",
  isOfSpace: true,
  take: async (member, { owner, spaceId }) => {
    if ("agentId" in member) succeeded(await removeSpaceMember(owner, { spaceId, agentId: member.agentId }));
  },
};

/** As `memberRemoved`, where the agent is a member through a team alone. */
const teamLeft: Way = {
  name: "team left",
  isOfSpace: true,
  take: async (member, { owner, spaceId }) => {
    if (!("agentId" in member)) return;
    const { agentId } = member;
    const teamId = await seeThroughTeam(owner, spaceId, agentId);
    succeeded(await dismissTeamMember(owner, { teamId, agentId }));
  },
};

/** Makes the agent's membership one that came through a team of their own, which takes nothing away. */
async function seeThroughTeam(owner: AgentActor, spaceId: string, agentId: string): Promise<string> {
  const { workspaceId } = owner;
  const teamId = await openTeam(owner);
  await sql`INSERT INTO team_member (workspace_id, team_id, agent_id) VALUES (${workspaceId}, ${teamId}, ${agentId})`;
  await sql`INSERT INTO space_team (workspace_id, space_id, team_id) VALUES (${workspaceId}, ${spaceId}, ${teamId})`;
  await sql`UPDATE space_member SET is_own = false WHERE space_id = ${spaceId} AND agent_id = ${agentId}`;
  return teamId;
}

const visitorRevoked: Way = {
  name: "visitor revoked",
  take: async (member, { owner }) => {
    if ("visitorId" in member) succeeded(await revokeVisitor(owner, member));
  },
};

/** By the agent, in a window at another process than the stream's. */
const signedOut: Way = {
  name: "signed out",
  take: async ({ credential }, _crew, elsewhere) => {
    const headers = { cookie: credential, "sec-fetch-site": "same-origin" };
    const { status } = await fetch(`${elsewhere.url}/sign-out`, { method: "POST", headers, redirect: "manual" });
    if (status !== 303) throw new Error(`Signing out was answered ${status}.`);
  },
};

/** Every way in which each kind can lose access. */
export const ways: Record<MemberKind, Way[]> = {
  visitor: [visitorRevoked],
  token: [tokenRevoked, agentDisabled, memberRemoved, teamLeft],
  "token of one conversation": [memberRemoved, tokenRevoked, agentDisabled, teamLeft],
  "event stream": [tokenRevoked, agentDisabled, memberRemoved, teamLeft],
  portal: [signedOut, agentDisabled, memberRemoved, teamLeft],
};
