import { drafts, findConversation, messagesPage } from "../../api/chat/queries.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { prisma, sql } from "../../api/kernel/database.ts";
import "../../api/helpdesk/events.ts";
import type { EventRow, EventTypes } from "../../api/kernel/log/event.ts";
import { upcast } from "../../api/kernel/log/event-kind.ts";
import type { PersonRef } from "../../api/people/person.ts";
import type { Person } from "../person.ts";
import { readEarlier, readSeen } from "./details-queries.ts";
import type { Entry, MessageEntry, MoveEntry } from "./entry.ts";
import type { Conversation } from "./pane.ts";

/** Messages of one page of a thread. */
const PAGE = 50;

/** Reads a conversation with the end of its thread, if the agent may see it. */
export async function readConversation(agent: AgentActor, id: string): Promise<Conversation | null> {
  const conversation = await findConversation(agent, id);
  if (!conversation) return null;
  const key = { workspaceId: agent.workspaceId, conversationId: id };
  const { contactId } = conversation;
  const [ticket, contact, thread, earlier, seen, draft] = await Promise.all([
    prisma().ticket.findUnique({ where: { workspaceId_conversationId: key }, include: { inbox: true } }),
    prisma().contact.findUnique({
      where: { workspaceId_id: { workspaceId: agent.workspaceId, id: contactId! } },
      include: { identities: { where: { kind: "email" }, take: 1 } },
    }),
    readThread(agent.workspaceId, id, null),
    readEarlier(agent, { id, contactId: contactId! }),
    readSeen(agent.workspaceId, { id, contactId: contactId! }),
    drafts(agent, [id]),
  ]);
  if (!ticket || !contact) return null;
  return {
    ...{ id, number: ticket.number, status: ticket.status, inboxName: ticket.inbox.name },
    contact: { id: contact.id, kind: "contact", name: contact.name },
    ...{ contactEmail: contact.identities[0]?.value ?? null, contactLocale: contact.locale, contactZone: contact.zone },
    ...{ startedAt: conversation.createdAt, seq: conversation.staffSeq, earlier, seen, draft: draft.get(id) ?? null },
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
  const moves = await readMoves(workspaceId, { id, from: olderBefore ?? 0, before });
  const entries: Entry[] = [...messages.map(entryOf), ...moves].sort((a, b) => a.seq - b.seq);
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

type MoveRow = Pick<EventRow, "type" | "version" | "payload"> & { seq: number; at: Date; name: string | null };

// From the log itself: a move is nowhere else, and its numbers are the thread's.
async function readMoves(
  workspaceId: string,
  { id, from, before }: { id: string; from: number; before: number | null },
): Promise<MoveEntry[]> {
  const rows = await sql<MoveRow>`
    SELECT e.staff_seq AS seq, e.occurred_at AS at, e.type, e.version, e.payload, a.name
    FROM event AS e
    LEFT JOIN agent AS a ON a.workspace_id = e.workspace_id AND a.id = (e.payload -> 'by' ->> 'id')::uuid
    WHERE e.workspace_id = ${workspaceId} AND e.conversation_id = ${id} AND e.type = 'ticket.moved'
      AND e.staff_seq > ${from} AND (${before}::int IS NULL OR e.staff_seq < ${before}::int)
    ORDER BY e.position DESC LIMIT 200`;
  return rows.map((row) => {
    const { to, by } = upcast(row) as EventTypes["ticket.moved"];
    return { kind: "move", seq: row.seq, at: row.at, to, by: byOf(by, row.name) };
  });
}

/** Reads the name of somebody who takes part; null for a customer who has not said. */
export async function readPersonName(workspaceId: string, { kind, id }: PersonRef): Promise<string | null> {
  const [person] =
    kind === "agent"
      ? await sql<{ name: string }>`SELECT name FROM agent WHERE workspace_id = ${workspaceId} AND id = ${id}`
      : await sql<{ name: string | null }>`SELECT name FROM contact WHERE workspace_id = ${workspaceId} AND id = ${id}`;
  return person?.name ?? null;
}

/** Reads who made a move; null for the customer, whose message did. */
export async function readMover(workspaceId: string, by: PersonRef): Promise<Person | null> {
  if (by.kind === "contact") return null;
  return byOf(by, await readPersonName(workspaceId, by));
}

function byOf(by: PersonRef, name: string | null): Person | null {
  return by.kind === "agent" ? { id: by.id, kind: "agent", name } : null;
}
