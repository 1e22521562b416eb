import { type Actor, personId, type VisitorActor } from "../kernel/actor.ts";
import { prisma, sql } from "../kernel/database.ts";
import { isId } from "../kernel/id.ts";

/** The agent, to anyone of the same workspace who has met them: staff see colleagues. */
export async function findAgent(actor: Actor, id: string) {
  if (!isId(id) || (actor.kind === "visitor" && !(await hasMet(actor, id)))) return null;
  return prisma().agent.findFirst({ where: { workspaceId: actor.workspaceId, id } });
}

/** A customer has met whoever answered them, and whoever an event names that they may see. */
async function hasMet({ workspaceId, contactId }: VisitorActor, agentId: string): Promise<boolean> {
  const met = await sql`
    SELECT FROM message JOIN conversation ON conversation.workspace_id = message.workspace_id AND conversation.id = conversation_id
    WHERE conversation.workspace_id = ${workspaceId} AND conversation.contact_id = ${contactId}
      AND agent_id = ${agentId} AND visibility = 'everyone'
    UNION ALL
    SELECT FROM event
    WHERE contact_id = ${contactId} AND customer_seq IS NOT NULL AND payload -> 'by' ->> 'id' = ${agentId}
    LIMIT 1`;
  return met.length > 0;
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
