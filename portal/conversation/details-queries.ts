import { inMainLine } from "../../api/chat/main-line.ts";
import { isVisible } from "../../api/chat/policy.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { prisma, sql } from "../../api/kernel/database.ts";
import { newestEmail } from "../../api/people/queries.ts";
import type { Status } from "../paths.ts";
import type { Person } from "../person.ts";
import type { ContactDetails } from "./contact.ts";

/** Another conversation of the same customer, by what it began with. */
export type EarlierConversation = { id: string; number: number; status: Status; opening: string; at: Date };

const MOST_EARLIER = 5;
const MOST_COLLEAGUES = 50;

/** Reads the customer's other conversations that the agent may see, newest first. */
export function readEarlier(
  agent: AgentActor,
  { id, contactId }: { id: string; contactId: string },
): Promise<EarlierConversation[]> {
  return sql<EarlierConversation>`
    SELECT conversation.id, ticket.number, ticket.status, first.body AS opening, conversation.customer_activity_at AS at
    FROM conversation
    JOIN ticket ON ticket.workspace_id = conversation.workspace_id AND ticket.conversation_id = conversation.id,
    LATERAL (
      SELECT left(body, 120) AS body FROM message
      WHERE workspace_id = conversation.workspace_id AND conversation_id = conversation.id AND ${inMainLine}
        AND visibility = 'everyone'
      ORDER BY staff_seq LIMIT 1) AS first
    WHERE conversation.workspace_id = ${agent.workspaceId} AND contact_id = ${contactId} AND conversation.id <> ${id}
      AND ${isVisible(agent)}
    ORDER BY customer_activity_at DESC, conversation.id DESC LIMIT ${MOST_EARLIER}`;
}

/** Reads who a customer is; null where there is none. */
export async function readContact(workspaceId: string, id: string): Promise<ContactDetails | null> {
  const contact = await prisma().contact.findUnique({
    where: { workspaceId_id: { workspaceId, id } },
    include: { identities: newestEmail },
  });
  if (!contact) return null;
  const [email] = contact.identities;
  return {
    contact: { id, kind: "contact", name: contact.name },
    contactEmail: email?.value ?? null,
    isEmailVerified: Boolean(email?.verifiedAt),
    attributes: contact.attributes as ContactDetails["attributes"],
    contactLocale: contact.locale,
    contactZone: contact.zone,
  };
}

/** How far the customer has read, in the team's numbers, and when. */
export type Seen = { seq: number; at: Date };

/** Reads how far the customer has read; null when they have not. */
export async function readSeen(
  workspaceId: string,
  { id, contactId }: { id: string; contactId: string },
): Promise<Seen | null> {
  const [seen] = await sql<Seen>`
    SELECT message.staff_seq AS seq, mark.read_at AS at
    FROM read_mark AS mark, LATERAL (
      SELECT staff_seq FROM message
      WHERE workspace_id = mark.workspace_id AND conversation_id = mark.conversation_id AND customer_seq <= mark.seq
      ORDER BY customer_seq DESC LIMIT 1) AS message
    WHERE mark.workspace_id = ${workspaceId} AND mark.conversation_id = ${id} AND mark.reader_id = ${contactId}`;
  return seen ?? null;
}

/** Reads to whom the ticket can be given besides the agent: colleagues who are members of its space, by name. */
export async function readColleagues(agent: AgentActor, spaceId: string): Promise<Person[]> {
  const rows = await sql<{ id: string; name: string }>`
    SELECT agent.id, agent.name FROM space_member AS member
    JOIN agent ON agent.workspace_id = member.workspace_id AND agent.id = member.agent_id
    WHERE member.workspace_id = ${agent.workspaceId} AND member.space_id = ${spaceId} AND agent.disabled_at IS NULL
      AND agent.id <> ${agent.agentId}
    ORDER BY agent.name LIMIT ${MOST_COLLEAGUES}`;
  return rows.map(({ id, name }) => ({ id, kind: "agent", name }));
}
