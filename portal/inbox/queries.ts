import { inMainLine } from "../../api/chat/main-line.ts";
import { drafts, unreadCounts } from "../../api/chat/queries.ts";
import { filterOf, findListed } from "../../api/helpdesk/ticket-lists.ts";
import { searchTickets } from "../../api/helpdesk/ticket-search.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { now } from "../../api/kernel/clock.ts";
import { sql } from "../../api/kernel/database.ts";
import type { Status } from "../paths.ts";
import type { InboxList, Listed } from "./list.ts";
import { authorOf } from "../person.ts";
import type { ConversationRow } from "./row.ts";
import type { InboxView } from "./view.ts";

/** Rows of one page of the list. */
const PAGE = 50;

/** Which part of which list: `before` is the cursor of the row that it follows; null, and what is none of ours: the first page. */
export type Wanted = { view: InboxView; before: string | null; currentId: string | null };

/** Reads a page of the inbox as the agent sees it, newest activity first. */
export async function readInbox(agent: AgentActor, { view, before, currentId }: Wanted): Promise<InboxList> {
  const readAt = now();
  const { whose, condition } = view;
  const key = before === null ? undefined : keyOf(before);
  const page = { ...(key && { after: key }), limit: PAGE + 1, inverted: false };
  const filter = { ...filterOf(whose, agent), ...(condition !== "any" && { statuses: [condition] }) };
  const found = await findListed(agent, filter, page);
  const listed = await readListed(agent, found.slice(0, PAGE), readAt);
  const last = found.length > PAGE ? listed.rows.at(-1) : undefined;
  const nextBefore = last ? `${last.lastActivityAt.getTime()}.${last.conversationId}` : null;
  return { view, currentId, nextBefore, ...listed };
}

/** Reads the conversations that a search finds, newest activity first: the first page of them, which is all there is to see. */
export async function readFound(agent: AgentActor, text: string): Promise<Listed> {
  const readAt = now();
  return readListed(agent, await searchTickets(agent, text, PAGE), readAt);
}

async function readListed(agent: AgentActor, ids: string[], readAt: Date): Promise<Listed> {
  const [rows, counts, begun] = await Promise.all([
    readRows(agent.workspaceId, ids),
    unreadCounts(agent, ids),
    drafts(agent, ids),
  ]);
  const drafted = new Set(begun.keys());
  return { readAt, unreadCounts: counts, drafted, rows: ids.flatMap((id) => rows.get(id) ?? []) };
}

function keyOf(cursor: string): { at: Date; id: string } | undefined {
  const match = /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(cursor);
  return match ? { at: new Date(Number(match[1])), id: match[2]! } : undefined;
}

type Row = {
  workspaceId: string;
  conversationId: string;
  number: number;
  status: Status;
  inboxName: string;
  lastActivityAt: Date;
  contactId: string;
  contactName: string | null;
  assigneeId: string | null;
  assigneeName: string | null;
  agentId: string | null;
  agentName: string | null;
  /** The contact who wrote the last message; null: an agent, or where that is null too the bot. */
  authorId: string | null;
  body: string | null;
  visibility: "everyone" | "staff" | null;
};

/** Reads rows of conversations already known to be visible, by id. One statement: a pushed row costs this and no more. */
export async function readRows(workspaceId: string, ids: string[]): Promise<Map<string, ConversationRow>> {
  const rows = await sql<Row>`
    SELECT c.workspace_id AS "workspaceId", c.id AS "conversationId", t.number, t.status, i.name AS "inboxName", c.staff_activity_at AS "lastActivityAt",
      p.id AS "contactId", p.name AS "contactName", t.assignee_id AS "assigneeId", o.name AS "assigneeName",
      m.agent_id AS "agentId", a.name AS "agentName",
      m.contact_id AS "authorId", m.body, m.visibility
    FROM conversation AS c
    JOIN ticket AS t ON t.workspace_id = c.workspace_id AND t.conversation_id = c.id
    JOIN inbox AS i ON i.workspace_id = c.workspace_id AND i.id = t.inbox_id
    JOIN contact AS p ON p.workspace_id = c.workspace_id AND p.id = c.contact_id
    LEFT JOIN agent AS o ON o.workspace_id = t.workspace_id AND o.id = t.assignee_id
    LEFT JOIN LATERAL (
      SELECT agent_id, contact_id, left(body, 200) AS body, visibility FROM message
      WHERE message.workspace_id = c.workspace_id AND message.conversation_id = c.id AND ${inMainLine}
      ORDER BY staff_seq DESC LIMIT 1) AS m ON true
    LEFT JOIN agent AS a ON a.workspace_id = c.workspace_id AND a.id = m.agent_id
    WHERE c.workspace_id = ${workspaceId} AND c.id = ANY(${ids}::uuid[])`;
  return new Map(rows.map((row) => [row.conversationId, rowOf(row)]));
}

function rowOf(row: Row): ConversationRow {
  const { conversationId, number, status, inboxName, lastActivityAt } = row;
  const contact = { id: row.contactId, kind: "contact", name: row.contactName } as const;
  const agent = row.agentId ? { id: row.agentId, name: row.agentName } : null;
  const author = authorOf(row.workspaceId, { agent, contact: row.authorId ? contact : null });
  const lastMessage = row.body === null ? null : { author, body: row.body, isNote: row.visibility === "staff" };
  const assignee = row.assigneeId ? ({ id: row.assigneeId, kind: "agent", name: row.assigneeName } as const) : null;
  return { conversationId, number, status, inboxName, lastActivityAt, contact, assignee, lastMessage };
}
