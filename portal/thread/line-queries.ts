import type { Thread } from "../../prisma/generated/client/client.ts";
import { findFollowedIds, findParticipants } from "../../api/chat/thread-queries.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { prisma, sql } from "../../api/kernel/database.ts";
import type { MessageEntry } from "../conversation/entry.ts";
import type { ThreadLine, ThreadPart } from "./line.ts";

/** Faces that stand beside a number of replies. */
const FACES = 3;
/** The navigation counts no further. */
const MOST_UNREAD_THREADS = 100;

/** Adds to messages of a room how each belongs to threads. */
export async function withThreads(workspaceId: string, entries: MessageEntry[]): Promise<MessageEntry[]> {
  const ids = entries.map(({ id }) => id);
  const [rows, lines] = await Promise.all([
    sql<{ id: string; rootId: string; conversationId: string; isBroadcast: boolean; opening: string }>`
      SELECT reply.id, root.id AS "rootId", root.conversation_id AS "conversationId",
        reply.is_broadcast AS "isBroadcast", left(root.body, 160) AS opening
      FROM message AS reply JOIN message AS root ON root.workspace_id = reply.workspace_id AND root.id = reply.thread_id
      WHERE reply.workspace_id = ${workspaceId} AND reply.id = ANY(${ids}::uuid[])`,
    readThreadLines(workspaceId, ids),
  ]);
  const replies = new Map(rows.map(({ id, ...reply }): [string, ThreadPart] => [id, { is: "reply", ...reply }]));
  return entries.map((entry) => ({
    ...entry,
    thread: replies.get(entry.id) ?? { is: "root", line: lines.get(entry.id) ?? null },
  }));
}

/** Reads the threads that these messages have, by their ids. */
export async function readThreadLines(workspaceId: string, ids: string[]): Promise<Map<string, ThreadLine>> {
  if (ids.length === 0) return new Map();
  const threads = await prisma().thread.findMany({
    where: { workspaceId, id: { in: ids } },
    include: { root: { select: { agentId: true } } },
  });
  if (threads.length === 0) return new Map();
  const people = await findParticipants(
    workspaceId,
    threads.map(({ id }) => id),
  );
  return new Map(
    threads.map(({ id, conversationId, replyCount, lastReplyAt, root }) => {
      const all = people.get(id)!.map((agent) => ({ id: agent.id, kind: "agent" as const, name: agent.name }));
      const others = all.filter((person) => person.id !== root.agentId);
      const faces = (others.length > 0 ? others : all).slice(0, FACES);
      return [id, { id, conversationId, replyCount, lastReplyAt, faces }];
    }),
  );
}

/** Reads who follows a thread, by their ids. */
export async function readFollowers({ workspaceId, id }: Pick<Thread, "workspaceId" | "id">): Promise<string[]> {
  const rows = await sql<{ agentId: string }>`
    SELECT agent_id AS "agentId" FROM thread_follower
    WHERE workspace_id = ${workspaceId} AND thread_id = ${id} AND is_following`;
  return rows.map(({ agentId }) => agentId);
}

/** Reads the threads that have unread replies for the agent, by their ids. */
export function readUnreadThreads(agent: AgentActor): Promise<string[]> {
  return findFollowedIds(agent, { limit: MOST_UNREAD_THREADS, inverted: false, isUnreadOnly: true });
}
