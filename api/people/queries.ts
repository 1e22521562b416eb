import { type Actor, personId } from "../kernel/actor.ts";
import { prisma } from "../kernel/database.ts";
import { isId } from "../kernel/id.ts";

/** The agent, to anyone of the same workspace who has met them: staff see colleagues, a customer whoever answered. */
export async function findAgent(actor: Actor, id: string) {
  if (!isId(id)) return null;
  const { workspaceId } = actor;
  const met = actor.kind === "visitor" && {
    messages: { some: { visibility: "everyone" as const, conversation: { contactId: actor.contactId } } },
  };
  return prisma().agent.findFirst({ where: { workspaceId, id, ...met } });
}

/** The contact: to itself, and to staff of a space where it has a conversation. */
export async function findContact(actor: Actor, id: string) {
  if (!isId(id)) return null;
  const { workspaceId } = actor;
  if (actor.kind === "visitor")
    return id === personId(actor) ? prisma().contact.findFirst({ where: { workspaceId, id } }) : null;
  const inSpace = { space: { members: { some: { agentId: actor.agentId } } } };
  return prisma().contact.findFirst({ where: { workspaceId, id, conversations: { some: inSpace } } });
}

/** The spaces that an agent is a member of. */
export async function findSpaceIds(workspaceId: string, agentId: string): Promise<string[]> {
  const rows = await prisma().spaceMember.findMany({ where: { workspaceId, agentId }, select: { spaceId: true } });
  return rows.map((row) => row.spaceId);
}
