import { drafts, findConversation, messagesPage } from "../../api/chat/queries.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { prisma, sql } from "../../api/kernel/database.ts";
import type { PersonRef } from "../../api/people/person.ts";
import { newestEmail } from "../../api/people/queries.ts";
import type { Person } from "../person.ts";
import { readColleagues, readEarlier, readSeen } from "./details-queries.ts";
import type { Entry, MessageEntry } from "./entry.ts";
import type { Conversation } from "./pane.ts";
import { readTicketLines } from "./ticket-lines.ts";

/** Messages of one page of a thread. */
const PAGE = 50;

/** Reads a conversation with the end of its thread, if the agent may see it. */
export async function readConversation(agent: AgentActor, id: string): Promise<Conversation | null> {
  const conversation = await findConversation(agent, id);
  if (!conversation) return null;
  const key = { workspaceId: agent.workspaceId, conversationId: id };
  const { contactId } = conversation;
  const [ticket, contact, thread, earlier, seen, draft, colleagues] = await Promise.all([
    prisma().ticket.findUnique({
      where: { workspaceId_conversationId: key },
      include: { inbox: true, assignee: true },
    }),
    prisma().contact.findUnique({
      where: { workspaceId_id: { workspaceId: agent.workspaceId, id: contactId! } },
      include: { identities: newestEmail },
    }),
    readThread(agent.workspaceId, id, null),
    readEarlier(agent, { id, contactId: contactId! }),
    readSeen(agent.workspaceId, { id, contactId: contactId! }),
    drafts(agent, [id]),
    readColleagues(agent, conversation.spaceId),
  ]);
  if (!ticket || !contact) return null;
  return {
    ...{ id, number: ticket.number, status: ticket.status, inboxName: ticket.inbox.name },
    contact: { id: contact.id, kind: "contact", name: contact.name },
    ...{
      contactEmail: contact.identities[0]?.value ?? null,
      isEmailVerified: Boolean(contact.identities[0]?.verifiedAt),
      attributes: contact.attributes as Conversation["attributes"],
      contactLocale: contact.locale,
      contactZone: contact.zone,
    },
    ...{ startedAt: conversation.createdAt, seq: conversation.staffSeq, earlier, seen, draft: draft.get(id) ?? null },
    assignee: ticket.assignee && { id: ticket.assignee.id, kind: "agent", name: ticket.assignee.name },
    colleagues,
    ...thread,
  };
}

/** Reads the part of a thread before `before` (null: its end), if the agent may see the conversation. */
export async function readOlder(
  agent: AgentActor,
  { id, before }: { id: string; before: number },
): Promise<Pick<Conversation, "id" | "entries" | "olderBefore"> | null> {
  if (!(await findConversation(agent, id))) return null;
  return { id, ...(await readThread(agent.workspaceId, id, before)) };
}

async function readThread(workspaceId: string, id: string, before: number | null) {
  const page = messagesPage({ workspaceId, id }, "staff", {
    ...(before !== null && { before }),
    limit: PAGE + 1,
    inverted: true,
  });
  const found = await prisma().message.findMany({ ...page, include: { agent: true, contact: true } });
  const messages = found.slice(0, PAGE);
  const olderBefore = found.length > PAGE ? messages.at(-1)!.staffSeq : null;
  const lines = await readTicketLines(workspaceId, { id, from: olderBefore ?? 0, before });
  const entries: Entry[] = [...messages.map(entryOf), ...lines].sort((a, b) => a.seq - b.seq);
  return { entries, olderBefore };
}

type Found = {
  id: string;
  staffSeq: number;
  body: string;
  visibility: "everyone" | "staff";
  sentAt: Date;
  clientId: string;
  agent: { id: string; name: string } | null;
  contact: { id: string; name: string | null } | null;
};

function entryOf(message: Found): MessageEntry {
  const { id, staffSeq: seq, body, visibility, sentAt: at, agent, contact } = message;
  const author: Person = agent
    ? { id: agent.id, kind: "agent", name: agent.name }
    : { id: contact!.id, kind: "contact", name: contact!.name };
  const clientId = agent && message.clientId;
  return { kind: "message", id, seq, author, body, isNote: visibility === "staff", at, clientId };
}

/** Reads one message as a line of its thread; null when there is none. */
export async function readEntry(workspaceId: string, messageId: string): Promise<MessageEntry | null> {
  const rows = await sql<
    Omit<Found, "agent" | "contact"> & { agentId: string | null; contactId: string; name: string | null }
  >`
    SELECT m.id, m.staff_seq AS "staffSeq", m.body, m.visibility, m.sent_at AS "sentAt", m.client_id AS "clientId",
      m.agent_id AS "agentId", m.contact_id AS "contactId", coalesce(a.name, p.name) AS name
    FROM message AS m
    LEFT JOIN agent AS a ON a.workspace_id = m.workspace_id AND a.id = m.agent_id
    LEFT JOIN contact AS p ON p.workspace_id = m.workspace_id AND p.id = m.contact_id
    WHERE m.workspace_id = ${workspaceId} AND m.id = ${messageId}`;
  const [row] = rows;
  if (!row) return null;
  const { agentId, contactId, name } = row;
  return entryOf({ ...row, agent: agentId ? { id: agentId, name: name! } : null, contact: { id: contactId, name } });
}

/**
 * Reads what colleagues have answered the customer after `seq`, if the agent may see the conversation; nothing when the
 * message of this client id is there already, since then it is sent only once more.
 */
export async function readUnseenAnswers(
  agent: AgentActor,
  { id, seq, clientId }: { id: string; seq: number; clientId: string },
): Promise<MessageEntry[]> {
  const { workspaceId, agentId } = agent;
  if (!(await findConversation(agent, id))) return [];
  const found = await prisma().message.findMany({
    where: { workspaceId, conversationId: id, visibility: "everyone", staffSeq: { gt: seq }, agentId: { not: null } },
    include: { agent: true, contact: true },
    orderBy: { staffSeq: "asc" },
    take: PAGE,
  });
  const isSent = found.some((message) => message.agentId === agentId && message.clientId === clientId);
  return isSent ? [] : found.filter((message) => message.agentId !== agentId).map(entryOf);
}

/** Reads the name of somebody who takes part; null for a customer who has not said. */
export async function readPersonName(workspaceId: string, { kind, id }: PersonRef): Promise<string | null> {
  const [person] =
    kind === "agent"
      ? await sql<{ name: string }>`SELECT name FROM agent WHERE workspace_id = ${workspaceId} AND id = ${id}`
      : await sql<{ name: string | null }>`SELECT name FROM contact WHERE workspace_id = ${workspaceId} AND id = ${id}`;
  return person?.name ?? null;
}
