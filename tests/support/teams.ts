import { changeRoomTeam } from "../../api/chat/actions/change-room-team.ts";
import { setTeamMember } from "../../api/chat/actions/set-team-member.ts";
import { dismissTeamMember } from "../../api/helpdesk/actions/leave-team.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { newId } from "../../api/kernel/id.ts";
import { createTeam } from "../../api/people/actions/create-team.ts";
import { granted } from "./story.ts";

/** A handle that nobody has. */
export const newHandle = () => newId().replaceAll("-", "").slice(-24);

/** Makes a team of these people, under a handle that no other one has unless told which; answers its id. */
export async function openTeam(
  owner: AgentActor,
  { handle = newHandle(), members = [] }: { handle?: string; members?: AgentActor[] } = {},
): Promise<string> {
  const { teamId } = granted(await createTeam(owner, { clientId: newId(), name: `Team ${handle}`, handle }));
  for (const member of members) await addToTeam(owner, teamId, member);
  return teamId;
}

/** Lets somebody into a team. */
export async function addToTeam(
  by: AgentActor,
  teamId: string,
  { agentId }: AgentActor,
  isLead = false,
): Promise<void> {
  granted(await setTeamMember(by, { teamId, agentId, isLead }));
}

/** Takes somebody out of a team. */
export async function takeFromTeam(by: AgentActor, teamId: string, { agentId }: AgentActor): Promise<void> {
  granted(await dismissTeamMember(by, { teamId, agentId }));
}

/** Lets a team into a room, or takes it out. */
export async function putTeam(
  by: AgentActor,
  conversationId: string,
  teamId: string,
  role: "member" | "viewer" | null = "member",
): Promise<void> {
  granted(await changeRoomTeam(by, { conversationId, teamId, role }));
}
