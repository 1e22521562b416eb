import { sql } from "../../api/kernel/database.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { countUnreadThreads, findFollowings } from "../../api/chat/thread-queries.ts";

/** How the agent stands to a thread: whether they follow it, and how many replies of others they have not read. */
export async function standingOf(agent: AgentActor, threadId: string) {
  const following = (await findFollowings(agent, [threadId])).get(threadId);
  return { isFollowing: following?.isFollowing ?? false, unreadCount: following?.unreadCount ?? 0 };
}

/** How many followed threads have something unread for the agent. */
export const unreadThreads = (agent: AgentActor) => countUnreadThreads(agent);

/** The thread as it is counted, and as its replies come to. */
export async function countsOf(threadId: string) {
  const [counted] = await sql<{ replies: number; seq: number }>`
    SELECT reply_count AS replies, last_reply_seq AS seq FROM thread WHERE id = ${threadId}`;
  const [real] = await sql<{ replies: number; seq: number }>`
    SELECT count(*) AS replies, max(staff_seq) AS seq FROM message WHERE thread_id = ${threadId}`;
  return { counted, real };
}
