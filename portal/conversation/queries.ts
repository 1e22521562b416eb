import { findMentions } from "../../api/chat/mention-queries.ts";
import { isInMainLine } from "../../api/chat/main-line.ts";
import { drafts, findConversation, messagesPage } from "../../api/chat/queries.ts";
import type { Conversation as ConversationRow } from "../../prisma/generated/client/client.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { prisma, sql } from "../../api/kernel/database.ts";
import type { PersonRef } from "../../api/people/person.ts";
import { authorOf } from "../person.ts";
import { withThreads } from "../thread/line-queries.ts";
import { readColleagues, readContact, readEarlier, readSeen } from "./details-queries.ts";
import { AS_SENT, type Entry, type MessageEntry } from "./entry.ts";
import { readPinned, withMarks } from "./marks-queries.ts";
import type { Conversation } from "./pane.ts";
import { readRoomLines } from "./room-lines.ts";
import { readMade } from "../task/made.ts";
import { withNamedTasks } from "../task/named-queries.ts";
import { readTaskLines } from "../task/lines.ts";
import { readTicketLines } from "./ticket-lines.ts";

/** Messages of one page of a thread. */
const PAGE = 50;

/** Reads a conversation with the end of its thread, if the agent may see it. */
export async function readConversation(agent: AgentActor, id: string): Promise<Conversation | null> {
  const conversation = await findConversation(agent, id);
  if (!conversation) return null;
  const key = { workspaceId: agent.workspaceId, conversationId: id };
  const { contactId } = conversation;
  const [ticket, contact, thread, earlier, seen, draft, colleagues, pinned, tasks] = await Promise.all([
    prisma().ticket.findUnique({
      where: { workspaceId_conversationId: key },
      include: { inbox: true, assignee: true },
    }),
    readContact(agent.workspaceId, contactId!),
    readThread(conversation, null),
    readEarlier(agent, { id, contactId: contactId! }),
    readSeen(agent.workspaceId, { id, contactId: contactId! }),
    drafts(agent, [id]),
    readColleagues(agent, conversation.spaceId),
    readPinned(agent.workspaceId, id),
    readMade(agent, id),
  ]);
  if (!ticket || !contact) return null;
  return {
    ...{ id, number: ticket.number, status: ticket.status, inboxName: ticket.inbox.name },
    ...contact,
    ...{ startedAt: conversation.createdAt, seq: conversation.staffSeq, earlier, seen, draft: draft.get(id) ?? null },
    assignee: ticket.assignee && { id: ticket.assignee.id, kind: "agent", name: ticket.assignee.name },
    ...{ colleagues, pinned, tasks },
    ...thread,
  };
}

/** Reads the part of a thread before `before` (null: its end), if the agent may see the conversation. */
export async function readOlder(
  agent: AgentActor,
  { id, before }: { id: string; before: number },
): Promise<Pick<Conversation, "id" | "entries" | "olderBefore"> | null> {
  const conversation = await findConversation(agent, id);
  return conversation && { id, ...(await readThread(conversation, before)) };
}

/** Reads the part of the thread of a conversation, already known to be visible, before `before` (null: its end). */
export async function readThread(
  { workspaceId, id, kind }: Pick<ConversationRow, "workspaceId" | "id" | "kind">,
  before: number | null,
): Promise<Pick<Conversation, "entries" | "olderBefore">> {
  const page = messagesPage({ workspaceId, id }, "staff", {
    ...(before !== null && { before }),
    limit: PAGE + 1,
    inverted: true,
  });
  const found = await prisma().message.findMany({ ...page, include: { agent: true, contact: true } });
  const messages = found.slice(0, PAGE);
  const olderBefore = found.length > PAGE ? messages.at(-1)!.staffSeq : null;
  const readLines = { support: readTicketLines, task: readTaskLines }[kind as string] ?? readRoomLines;
  const lines = await readLines(workspaceId, { id, from: olderBefore ?? 0, before });
  const isNote = ({ visibility }: Found) => kind === "support" && visibility === "staff";
  const written = messages.map((message) => entryOf(message, isNote(message)));
  const placed = kind === "support" ? written : await withThreads(workspaceId, written);
  const named = await withNamedTasks(workspaceId, await withMentions(workspaceId, placed));
  const marked = await withMarks(workspaceId, named);
  const entries: Entry[] = [...marked, ...lines].sort((a, b) => a.seq - b.seq);
  return { entries, olderBefore };
}

type Found = {
  workspaceId: string;
  id: string;
  staffSeq: number;
  body: string;
  visibility: "everyone" | "staff";
  sentAt: Date;
  clientId: string;
  editedAt: Date | null;
  deletedAt: Date | null;
  agent: { id: string; name: string } | null;
  contact: { id: string; name: string | null } | null;
};

function entryOf(message: Found, isNote: boolean): MessageEntry {
  const { workspaceId, id, staffSeq: seq, body, sentAt: at, agent, contact } = message;
  const author = authorOf(workspaceId, { agent, contact });
  const clientId = agent && message.clientId;
  const became = { ...AS_SENT, isEdited: message.editedAt !== null, isDeleted: message.deletedAt !== null };
  return { kind: "message", id, seq, author, body, mentions: [], isNote, at, clientId, became };
}

/** Adds whom each message mentions; most hold no @, and nothing is asked of them. */
async function withMentions(workspaceId: string, entries: MessageEntry[]): Promise<MessageEntry[]> {
  const ids = entries.filter(({ body }) => body.includes("@")).map(({ id }) => id);
  if (ids.length === 0) return entries;
  const found = await findMentions(workspaceId, ids);
  return entries.map((entry) => ({ ...entry, mentions: found.get(entry.id) ?? [] }));
}

/** Reads one message as a line of its thread, with all that has become of it; null when there is none. */
export async function readChanged(workspaceId: string, messageId: string): Promise<MessageEntry | null> {
  const [entry] = await readMarked(workspaceId, [messageId]);
  return entry ?? null;
}

/** Reads messages as lines of their threads, with all that has become of them, in the order of their numbers. */
export async function readMarked(workspaceId: string, ids: string[]): Promise<MessageEntry[]> {
  return withMarks(workspaceId, await readEntries(workspaceId, ids));
}

/** Reads one message as a line of its thread, without the marks that are set later; null when there is none. */
export async function readEntry(workspaceId: string, messageId: string): Promise<MessageEntry | null> {
  const [entry] = await readEntries(workspaceId, [messageId]);
  return entry ?? null;
}

type FoundRow = Omit<Found, "agent" | "contact"> & {
  agentId: string | null;
  contactId: string | null;
  name: string | null;
  kind: ConversationRow["kind"];
};

/** Reads messages as lines of their threads, in the order of their numbers. */
export async function readEntries(workspaceId: string, ids: string[]): Promise<MessageEntry[]> {
  const rows = await sql<FoundRow>`
    SELECT m.workspace_id AS "workspaceId", m.id, m.staff_seq AS "staffSeq", m.body, m.visibility, m.sent_at AS "sentAt", m.client_id AS "clientId",
      m.edited_at AS "editedAt", m.deleted_at AS "deletedAt",
      m.agent_id AS "agentId", m.contact_id AS "contactId", coalesce(a.name, p.name) AS name, c.kind
    FROM message AS m
    JOIN conversation AS c ON c.workspace_id = m.workspace_id AND c.id = m.conversation_id
    LEFT JOIN agent AS a ON a.workspace_id = m.workspace_id AND a.id = m.agent_id
    LEFT JOIN contact AS p ON p.workspace_id = m.workspace_id AND p.id = m.contact_id
    WHERE m.workspace_id = ${workspaceId} AND m.id = ANY(${ids}::uuid[]) ORDER BY m.staff_seq`;
  const entries = rows.map((row) => {
    const agent = row.agentId ? { id: row.agentId, name: row.name! } : null;
    const contact = row.contactId ? { id: row.contactId, name: row.name } : null;
    const entry = entryOf({ ...row, agent, contact }, row.kind === "support" && row.visibility === "staff");
    return row.kind === "task" ? { ...entry, isOfTask: true } : entry;
  });
  const isOfRoom = rows.some(({ kind }) => kind !== "support");
  const placed = isOfRoom ? await withThreads(workspaceId, entries) : entries;
  return withNamedTasks(workspaceId, await withMentions(workspaceId, placed));
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
    where: {
      ...{ workspaceId, conversationId: id, visibility: "everyone", staffSeq: { gt: seq }, agentId: { not: null } },
      ...isInMainLine,
    },
    include: { agent: true, contact: true },
    orderBy: { staffSeq: "asc" },
    take: PAGE,
  });
  const isSent = found.some((message) => message.agentId === agentId && message.clientId === clientId);
  return isSent
    ? []
    : found
        .filter((message) => message.agentId !== agentId && !message.deletedAt)
        .map((answer) => entryOf(answer, false));
}

/** Reads the name of somebody who takes part; null for a customer who has not said. */
export async function readPersonName(workspaceId: string, { kind, id }: PersonRef): Promise<string | null> {
  const [person] =
    kind === "agent"
      ? await sql<{ name: string }>`SELECT name FROM agent WHERE workspace_id = ${workspaceId} AND id = ${id}`
      : await sql<{ name: string | null }>`SELECT name FROM contact WHERE workspace_id = ${workspaceId} AND id = ${id}`;
  return person?.name ?? null;
}
