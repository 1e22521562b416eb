import { prisma } from "../../../api/kernel/database.ts";
import type { AgentActor } from "../../../api/kernel/actor.ts";
import { findAgent, findAgents } from "../../../api/people/queries.ts";
import type { Agent } from "../../../prisma/generated/client/client.ts";
import type { Member } from "./page.ts";

/** Reads everyone of the workspace with the inboxes where they answer. */
export async function readMembers(agent: AgentActor): Promise<Member[]> {
  return withInboxes(agent, await findAgents(agent));
}

/** Reads one member of staff; null when there is none. */
export async function readMember(agent: AgentActor, id: string): Promise<Member | null> {
  const found = await findAgent(agent, id);
  return found ? (await withInboxes(agent, [found]))[0]! : null;
}

/** Reads whether an agent is the last owner who works here. */
export async function isLastOwner({ workspaceId }: AgentActor, { id, role }: Agent): Promise<boolean> {
  if (role !== "owner") return false;
  const others = { workspaceId, role, disabledAt: null, invitedAt: null, NOT: { id } };
  return (await prisma().agent.count({ where: others })) === 0;
}

async function withInboxes({ workspaceId }: AgentActor, agents: Agent[]): Promise<Member[]> {
  const ids = agents.map(({ id }) => id);
  const members = await prisma().spaceMember.findMany({
    where: { workspaceId, agentId: { in: ids } },
    include: { space: { include: { inboxes: { select: { id: true, name: true } } } } },
  });
  const byAgent = Map.groupBy(members, ({ agentId }) => agentId);
  return agents.map((agent) => ({
    ...agent,
    inboxes: (byAgent.get(agent.id) ?? []).flatMap(({ space }) => space.inboxes),
  }));
}
