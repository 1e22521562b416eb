import type { Draft, Message } from "../../prisma/generated/client/client.ts";
import { type Actor, type AgentActor, personId, type ReaderClass, type VisitorActor } from "../kernel/actor.ts";
import { prisma, sql } from "../kernel/database.ts";
import { isId } from "../kernel/id.ts";
import { type Done, done } from "../kernel/outcome.ts";
import { type Fragment, fragment } from "../kernel/statement.ts";
import { inMainLine, isInMainLine } from "./main-line.ts";
import { visibleConversations } from "./policy.ts";

/** The longest page of any list. */
export const LONGEST_PAGE = 100;

/** A page of something: at most `limit` rows, strictly after or before a key, in the asked direction. */
export type Page<Key> = { after?: Key; before?: Key; limit: number; inverted: boolean };

/** The place of a conversation in a list ordered by newest activity. */
export type ActivityKey = { at: Date; id: string };

/** Which of a conversation's times a class of readers sees. */
export function activityColumn(readers: ReaderClass): "staffActivityAt" | "customerActivityAt" {
  return readers === "staff" ? "staffActivityAt" : "customerActivityAt";
}

/** A page of a list ordered by newest activity, ties by id, as its condition and its order; `at` and `id` are the row's columns. */
export function activityPage({ after, before, inverted }: Page<ActivityKey>, at: Fragment, id: Fragment) {
  const older = after ? fragment`(${at}, ${id}) < (${after.at}::timestamptz, ${after.id}::uuid)` : fragment`true`;
  const newer = before ? fragment`(${at}, ${id}) > (${before.at}::timestamptz, ${before.id}::uuid)` : fragment`true`;
  return {
    isWithin: fragment`${older} AND ${newer}`,
    order: inverted ? fragment`${at}, ${id}` : fragment`${at} DESC, ${id} DESC`,
  };
}

/**
 * The ids of a page of the customer's own conversations, newest activity first; ties by id. `only` narrows it by a condition on
 * a row of `conversation`. All of theirs are looked at: one customer has few.
 */
export async function findOwnIds(
  actor: VisitorActor,
  page: Page<ActivityKey>,
  only: Fragment = fragment`true`,
): Promise<string[]> {
  const { isWithin, order } = activityPage(page, fragment`customer_activity_at`, fragment`id`);
  const rows = await sql<{ id: string }>`
    SELECT id FROM conversation
    WHERE workspace_id = ${actor.workspaceId} AND contact_id = ${actor.contactId} AND kind = 'support' AND ${isWithin} AND ${only}
    ORDER BY ${order} LIMIT ${page.limit}`;
  return rows.map(({ id }) => id);
}

/** The condition for a page of a conversation's main line, as far as the class may see it, oldest first, keyed by its numbers. */
export function messagesPage(place: { workspaceId: string; id: string }, readers: ReaderClass, page: Page<number>) {
  const seq = readers === "staff" ? ("staffSeq" as const) : ("customerSeq" as const);
  const range = {
    ...(page.after !== undefined && { gt: page.after }),
    ...(page.before !== undefined && { lt: page.before }),
  };
  return {
    where: {
      workspaceId: place.workspaceId,
      conversationId: place.id,
      ...(readers === "customer" && { visibility: "everyone" as const }),
      ...isInMainLine,
      [seq]: { gt: 0, ...range },
    },
    orderBy: [{ [seq]: page.inverted ? ("desc" as const) : ("asc" as const) }],
    take: page.limit,
  };
}

/** The message that a retried request made the first time, as it is now. */
export async function recallMessage(actor: Actor, id: string): Promise<Done<Message>> {
  return done(
    await prisma().message.findUniqueOrThrow({ where: { workspaceId_id: { workspaceId: actor.workspaceId, id } } }),
  );
}

/** A row of `message` as Prisma would give it. */
export const messageColumns = fragment`
  message.workspace_id AS "workspaceId", message.id, message.conversation_id AS "conversationId", staff_seq AS "staffSeq",
  customer_seq AS "customerSeq", agent_id AS "agentId", contact_id AS "contactId", visibility, body, channel,
  external_id AS "externalId", client_id AS "clientId", sent_at AS "sentAt", edited_at AS "editedAt", deleted_at AS "deletedAt",
  thread_id AS "threadId", is_broadcast AS "isBroadcast"`;

/** The newest message of each conversation's main line that the class may see, by conversation id. One statement. */
export async function lastMessages(
  workspaceId: string,
  ids: string[],
  readers: ReaderClass,
): Promise<Map<string, Message>> {
  const rows = await sql<Message>`
    SELECT last.* FROM unnest(${ids}::uuid[]) AS wanted (id), LATERAL (
      SELECT ${messageColumns} FROM message
      WHERE workspace_id = ${workspaceId} AND conversation_id = wanted.id AND ${inMainLine}
        AND (${readers === "staff"}::boolean OR visibility = 'everyone')
      ORDER BY staff_seq DESC LIMIT 1) AS last`;
  return new Map(rows.map((row) => [row.conversationId, row]));
}

/** Counted no further than this: "99+". */
export const MOST_UNREAD = 100;

/** How far the reader of a mark has read, of theirs alone; what they have marked unread again is not. */
export const readUpTo = fragment`coalesce(least(mark.seq, mark.unread_from - 1), 0)`;

/**
 * How many messages of others in the main line the actor has not read, by conversation id, none counted beyond `MOST_UNREAD`. A
 * deleted one is unread for nobody.
 */
export async function unreadCounts(actor: Actor, ids: string[]): Promise<Map<string, number>> {
  const me = actor.kind === "agent" ? actor.agentId : actor.contactId;
  const isUnread =
    actor.kind === "agent"
      ? fragment`staff_seq > ${readUpTo} AND agent_id IS DISTINCT FROM ${me}::uuid`
      : fragment`customer_seq > coalesce(mark.seq, 0) AND contact_id IS NULL`;
  const rows = await sql<{ id: string; unread: number }>`
    SELECT wanted.id, unread.count AS unread FROM unnest(${ids}::uuid[]) AS wanted (id)
    LEFT JOIN read_mark AS mark ON mark.workspace_id = ${actor.workspaceId} AND mark.conversation_id = wanted.id AND mark.reader_id = ${me},
    LATERAL (SELECT count(*) FROM (
      SELECT FROM message
      WHERE workspace_id = ${actor.workspaceId} AND conversation_id = wanted.id AND ${inMainLine} AND ${isUnread}
        AND deleted_at IS NULL
      LIMIT ${MOST_UNREAD}) AS counted) AS unread`;
  return new Map(rows.map((row) => [row.id, row.unread]));
}

/** How far the actor has read in a conversation, in the numbers of their class; 0 for nothing. */
export async function readSeqOf(actor: Actor, conversationId: string): Promise<number> {
  const [mark] = await sql<{ seq: number }>`
    SELECT ${readUpTo} AS seq FROM read_mark AS mark
    WHERE workspace_id = ${actor.workspaceId} AND conversation_id = ${conversationId} AND reader_id = ${personId(actor)}`;
  return mark?.seq ?? 0;
}

/**
 * How far the other side has read, by conversation id, in the numbers of the class that asks: for staff the customer's
 * mark, for the customer the furthest of any agent's. A mark that only passed private notes has not moved for the customer.
 */
export async function seenSeqs(workspaceId: string, ids: string[], readers: ReaderClass): Promise<Map<string, number>> {
  const isOthers =
    readers === "staff"
      ? fragment`mark.reader_id = conversation.contact_id`
      : fragment`mark.reader_id <> conversation.contact_id`;
  const seen =
    readers === "staff"
      ? fragment`SELECT staff_seq AS seq FROM message WHERE ${isOfMark} AND customer_seq <= mark.seq ORDER BY customer_seq DESC`
      : fragment`SELECT customer_seq AS seq FROM message WHERE ${isOfMark} AND ${inMainLine} AND staff_seq <= mark.seq AND customer_seq IS NOT NULL
                 ORDER BY staff_seq DESC`;
  const rows = await sql<{ id: string; seq: number }>`
    SELECT conversation.id, max(seen.seq) AS seq
    FROM conversation
    JOIN read_mark AS mark ON mark.workspace_id = conversation.workspace_id AND mark.conversation_id = conversation.id
      AND ${isOthers},
    LATERAL (${seen} LIMIT 1) AS seen
    WHERE conversation.workspace_id = ${workspaceId} AND conversation.id = ANY(${ids}::uuid[])
    GROUP BY conversation.id`;
  return new Map(rows.map((row) => [row.id, row.seq]));
}

const isOfMark = fragment`message.workspace_id = mark.workspace_id AND message.conversation_id = mark.conversation_id`;

/** What the agent has begun to write and not sent, by conversation id. One statement. */
export async function drafts(agent: AgentActor, ids: string[]): Promise<Map<string, Draft>> {
  const rows = await sql<Draft>`
    SELECT workspace_id AS "workspaceId", conversation_id AS "conversationId", agent_id AS "agentId", visibility, body,
      client_id AS "clientId", updated_at AS "updatedAt"
    FROM draft
    WHERE workspace_id = ${agent.workspaceId} AND agent_id = ${agent.agentId} AND conversation_id = ANY(${ids}::uuid[])
      AND NOT EXISTS (
        SELECT FROM request
        WHERE workspace_id = draft.workspace_id AND caller_id = draft.agent_id AND client_id = draft.client_id)`;
  return new Map(rows.map((row) => [row.conversationId, row]));
}

/** The message, if the actor may see it. */
export async function findMessage(actor: Actor, id: string): Promise<Message | null> {
  if (!isId(id)) return null;
  const visible = actor.kind === "visitor" ? { visibility: "everyone" as const } : {};
  return prisma().message.findFirst({
    where: { workspaceId: actor.workspaceId, id, ...visible, conversation: visibleConversations(actor) },
  });
}

/** The conversation, if the actor may see it. */
export async function findConversation(actor: Actor, id: string) {
  if (!isId(id)) return null;
  return prisma().conversation.findFirst({ where: { AND: [visibleConversations(actor), { id }] } });
}
