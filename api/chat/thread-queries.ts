import type { Agent, Thread } from "../../prisma/generated/client/client.ts";
import type { Actor, AgentActor } from "../kernel/actor.ts";
import { prisma, sql } from "../kernel/database.ts";
import { isId } from "../kernel/id.ts";
import { fragment } from "../kernel/statement.ts";
import { isVisible, visibleConversations } from "./policy.ts";
import { type ActivityKey, activityPage, MOST_UNREAD, type Page } from "./queries.ts";

/** The thread, if the actor may see its room. */
export async function findThread(actor: Actor, id: string): Promise<Thread | null> {
  if (!isId(id)) return null;
  return prisma().thread.findFirst({
    where: { workspaceId: actor.workspaceId, id, conversation: visibleConversations(actor) },
  });
}

/** The condition for a page of a thread's replies, oldest first, keyed by their numbers: one range of the index of threads. */
export function repliesPage({ workspaceId, id }: Pick<Thread, "workspaceId" | "id">, page: Page<number>) {
  return {
    where: {
      ...{ workspaceId, threadId: id },
      staffSeq: {
        ...(page.after !== undefined && { gt: page.after }),
        ...(page.before !== undefined && { lt: page.before }),
      },
    },
    orderBy: [{ staffSeq: page.inverted ? ("desc" as const) : ("asc" as const) }],
    take: page.limit,
  };
}

/** How somebody stands to a thread that they take part in, or did. */
export type Following = { isFollowing: boolean; seq: number; unreadCount: number };

/** How the agent stands to these threads, by id; none to one that they never took part in. Unread: replies of others, counted up to `MOST_UNREAD`. */
export async function findFollowings(agent: AgentActor, ids: string[]): Promise<Map<string, Following>> {
  const rows = await sql<Following & { id: string }>`
    SELECT follower.thread_id AS id, is_following AS "isFollowing", seq, unread.count AS "unreadCount"
    FROM thread_follower AS follower, LATERAL (SELECT count(*) FROM (
      SELECT FROM message
      WHERE is_following AND workspace_id = follower.workspace_id AND thread_id = follower.thread_id
        AND staff_seq > follower.seq AND agent_id IS DISTINCT FROM follower.agent_id AND deleted_at IS NULL
      LIMIT ${MOST_UNREAD}) AS counted) AS unread
    WHERE workspace_id = ${agent.workspaceId} AND thread_id = ANY(${ids}::uuid[]) AND agent_id = ${agent.agentId}`;
  return new Map(rows.map(({ id, ...following }) => [id, following]));
}

/** So many of those who replied are named. */
export const MOST_PARTICIPANTS = 5;

/** The first who have replied, by thread, in the order of their first replies. */
export async function findParticipants(workspaceId: string, ids: string[]): Promise<Map<string, Agent[]>> {
  const rows = await sql<{ threadId: string; agentId: string }>`
    SELECT wanted.id AS "threadId", first.agent_id AS "agentId"
    FROM unnest(${ids}::uuid[]) AS wanted (id), LATERAL (
      SELECT agent_id, first_reply_seq FROM thread_follower
      WHERE workspace_id = ${workspaceId} AND thread_id = wanted.id AND first_reply_seq IS NOT NULL
      ORDER BY first_reply_seq LIMIT ${MOST_PARTICIPANTS}) AS first
    ORDER BY first_reply_seq`;
  const found = await prisma().agent.findMany({
    where: { workspaceId, id: { in: [...new Set(rows.map(({ agentId }) => agentId))] } },
  });
  const agents = new Map(found.map((agent) => [agent.id, agent]));
  const own = Map.groupBy(rows, ({ threadId }) => threadId);
  return new Map(ids.map((id) => [id, (own.get(id) ?? []).map(({ agentId }) => agents.get(agentId)!)]));
}

/**
 * A row of `thread_follower` is of a thread that the agent follows, in a room that they see; which is asked row by row: joined
 * freely, PostgreSQL goes by the agent's rooms, and looks at all that they follow there.
 */
const isFollowedBy = (agent: AgentActor) => fragment`
  follower.workspace_id = ${agent.workspaceId} AND follower.agent_id = ${agent.agentId} AND is_following AND (
    SELECT true FROM conversation
    WHERE workspace_id = follower.workspace_id AND id = follower.conversation_id AND ${isVisible(agent)})`;

/** Those of them that may be unread, each through the index: joined freely, all threads of the workspace would be looked at. */
const unsettledOf = (agent: AgentActor) => fragment`thread_follower AS follower,
  LATERAL (SELECT id, last_reply_at, last_reply_seq FROM thread
           WHERE workspace_id = follower.workspace_id AND id = follower.thread_id LIMIT 1) AS thread
  WHERE ${isFollowedBy(agent)} AND settled_at IS NULL`;

/** A deleted reply is unread for nobody. Not EXISTS: made into a join, that looks at all replies of a thread. */
const isUnread = fragment`thread.last_reply_seq > follower.seq AND (
  SELECT true FROM message
  WHERE message.workspace_id = follower.workspace_id AND message.thread_id = follower.thread_id
    AND message.staff_seq > follower.seq AND message.agent_id IS DISTINCT FROM follower.agent_id AND message.deleted_at IS NULL
  LIMIT 1)`;

/**
 * A page of the ids of the threads that the agent follows in rooms they see, newest reply first; ties by id. Of what they have
 * read as many are looked at as are asked for.
 */
export async function findFollowedIds(
  agent: AgentActor,
  page: Page<ActivityKey> & { isUnreadOnly: boolean },
): Promise<string[]> {
  const { isUnreadOnly, limit } = page;
  const unsettled = activityPage(page, fragment`thread.last_reply_at`, fragment`thread.id`);
  const settled = activityPage(page, fragment`settled_at`, fragment`thread_id`);
  const both = activityPage(page, fragment`at`, fragment`id`);
  const rows = await sql<{ id: string }>`
    SELECT id FROM (
      (SELECT thread.id, thread.last_reply_at AS at
       FROM ${unsettledOf(agent)} AND ${isUnreadOnly ? isUnread : fragment`true`} AND ${unsettled.isWithin}
       ORDER BY ${unsettled.order} LIMIT ${limit})
      UNION ALL
      (SELECT thread_id, settled_at FROM thread_follower AS follower
       WHERE NOT ${isUnreadOnly}::boolean AND ${isFollowedBy(agent)} AND settled_at IS NOT NULL AND ${settled.isWithin}
       ORDER BY ${settled.order} LIMIT ${limit})) AS followed
    ORDER BY ${both.order} LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}

/** How many of those threads have replies that the agent has not read, counted up to `MOST_UNREAD`. */
export async function countUnreadThreads(agent: AgentActor): Promise<number> {
  const [row] = await sql<{ count: number }>`
    SELECT count(*) FROM (SELECT FROM ${unsettledOf(agent)} AND ${isUnread} LIMIT ${MOST_UNREAD}) AS counted`;
  return row!.count;
}
