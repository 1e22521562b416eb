import type { Message } from "../../prisma/generated/client/client.ts";
import type { Actor, ReaderClass } from "../kernel/actor.ts";
import { prisma, sql } from "../kernel/database.ts";
import { isId } from "../kernel/id.ts";
import { type Done, done } from "../kernel/outcome.ts";
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

/** The condition for a page of the conversations that the actor may see, newest activity first; ties by id. */
export function conversationsPage(
  actor: Actor,
  column: "staffActivityAt" | "customerActivityAt",
  page: Page<ActivityKey>,
) {
  const beyond = (key: ActivityKey | undefined, than: "lt" | "gt") =>
    key ? [{ OR: [{ [column]: { [than]: key.at } }, { [column]: key.at, id: { [than]: key.id } }] }] : [];
  const direction = page.inverted ? ("asc" as const) : ("desc" as const);
  return {
    where: { AND: [visibleConversations(actor), ...beyond(page.after, "lt"), ...beyond(page.before, "gt")] },
    orderBy: [{ [column]: direction }, { id: direction }],
    take: page.limit,
  };
}

/** The condition for a page of a conversation's messages that the class may see, oldest first, keyed by its numbers. */
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
      [seq]: { gt: 0, ...range },
    },
    orderBy: [{ [seq]: page.inverted ? ("desc" as const) : ("asc" as const) }],
    take: page.limit,
  };
}

/** The message that a retried request made the first time. */
export async function recallMessage(actor: Actor, id: string): Promise<Done<Message>> {
  return done(
    await prisma().message.findUniqueOrThrow({ where: { workspaceId_id: { workspaceId: actor.workspaceId, id } } }),
  );
}

/** The newest message of each conversation that the class may see, by conversation id. One statement. */
export async function lastMessages(
  workspaceId: string,
  ids: string[],
  readers: ReaderClass,
): Promise<Map<string, Message>> {
  const rows = await sql<Message>`
    SELECT last.* FROM unnest(${ids}::uuid[]) AS wanted (id), LATERAL (
      SELECT workspace_id AS "workspaceId", message.id, conversation_id AS "conversationId", staff_seq AS "staffSeq",
             customer_seq AS "customerSeq", agent_id AS "agentId", contact_id AS "contactId", visibility, body, channel,
             external_id AS "externalId", client_id AS "clientId", sent_at AS "sentAt"
      FROM message
      WHERE workspace_id = ${workspaceId} AND conversation_id = wanted.id
        AND (${readers === "staff"}::boolean OR visibility = 'everyone')
      ORDER BY staff_seq DESC LIMIT 1) AS last`;
  return new Map(rows.map((row) => [row.conversationId, row]));
}

/** Counted no further than this: "99+". */
export const MOST_UNREAD = 100;

/** How many messages of others the actor has not read, by conversation id, none counted beyond `MOST_UNREAD`. */
export async function unreadCounts(actor: Actor, ids: string[]): Promise<Map<string, number>> {
  const isStaff = actor.kind === "agent";
  const me = isStaff ? actor.agentId : actor.contactId;
  const rows = await sql<{ id: string; unread: number }>`
    SELECT wanted.id, unread.count AS unread FROM unnest(${ids}::uuid[]) AS wanted (id)
    LEFT JOIN read_mark AS mark ON mark.workspace_id = ${actor.workspaceId} AND mark.conversation_id = wanted.id AND mark.reader_id = ${me},
    LATERAL (SELECT count(*) FROM (
      SELECT FROM message
      WHERE workspace_id = ${actor.workspaceId} AND conversation_id = wanted.id
        AND CASE WHEN ${isStaff}::boolean THEN staff_seq > coalesce(mark.seq, 0) AND agent_id IS DISTINCT FROM ${me}::uuid
                 ELSE customer_seq > coalesce(mark.seq, 0) AND contact_id IS NULL END
      LIMIT ${MOST_UNREAD}) AS counted) AS unread`;
  return new Map(rows.map((row) => [row.id, row.unread]));
}

/**
 * How far the other side has read, by conversation id, in the numbers of the class that asks: for staff the customer's
 * mark, for the customer the furthest of any agent's. A mark that only passed private notes has not moved for the customer.
 */
export async function seenSeqs(workspaceId: string, ids: string[], readers: ReaderClass): Promise<Map<string, number>> {
  const forStaff = readers === "staff";
  const rows = await sql<{ id: string; seq: number }>`
    SELECT conversation.id, coalesce(max(CASE WHEN ${forStaff}::boolean THEN message.staff_seq ELSE message.customer_seq END), 0) AS seq
    FROM conversation
    JOIN read_mark AS mark ON mark.workspace_id = conversation.workspace_id AND mark.conversation_id = conversation.id
      AND (mark.reader_id = conversation.contact_id) = ${forStaff}::boolean
    JOIN message ON message.workspace_id = conversation.workspace_id AND message.conversation_id = conversation.id
      AND CASE WHEN ${forStaff}::boolean THEN message.customer_seq <= mark.seq ELSE message.staff_seq <= mark.seq END
    WHERE conversation.workspace_id = ${workspaceId} AND conversation.id = ANY(${ids}::uuid[])
    GROUP BY conversation.id`;
  return new Map(rows.map((row) => [row.id, row.seq]));
}

/** The conversation, if the actor may see it. */
export async function findConversation(actor: Actor, id: string) {
  if (!isId(id)) return null;
  return prisma().conversation.findFirst({ where: { AND: [visibleConversations(actor), { id }] } });
}
