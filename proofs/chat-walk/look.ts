import { findConversation, unreadCounts } from "../../api/chat/queries.ts";
import { countUnreadMentions, findMentionsOf, unreadMentionCounts } from "../../api/chat/mention-queries.ts";
import { findRoomIds } from "../../api/chat/room-queries.ts";
import { messagesPage } from "../../api/chat/queries.ts";
import { countUnreadThreads, findFollowedIds, findFollowings, repliesPage } from "../../api/chat/thread-queries.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { prisma } from "../../api/kernel/database.ts";
import type { Prisma } from "../../prisma/generated/client/client.ts";
import { lineOf, type View } from "./model.ts";

/** More than any walk says. */
const ALL = 1_000;

/** What somebody sees, by the queries of API and portal. */
export async function look(agent: AgentActor): Promise<View> {
  const ids = await findRoomIds(agent, { limit: ALL, inverted: false });
  const [unread, mentioned, mentions, unreadMentions, threads, unreadThreads, ...lines] = await Promise.all([
    unreadCounts(agent, ids),
    unreadMentionCounts(agent, ids),
    findMentionsOf(agent, { limit: ALL, inverted: false }),
    countUnreadMentions(agent),
    threadsOf(agent),
    countUnreadThreads(agent),
    ...ids.map((id) => linesIn(agent, id)),
  ]);
  return {
    rooms: Object.fromEntries(
      ids.map((id, index) => [
        id,
        { lines: lines[index]!, unread: unread.get(id) ?? 0, mentions: mentioned.get(id) ?? 0 },
      ]),
    ),
    mentions: mentions.map(({ messageId }) => messageId),
    unreadMentions,
    threads,
    unreadThreads,
  };
}

async function threadsOf(agent: AgentActor): Promise<View["threads"]> {
  const ids = await findFollowedIds(agent, { limit: ALL, inverted: false, isUnreadOnly: false });
  const { workspaceId } = agent;
  const [followings, threads, ...lines] = await Promise.all([
    findFollowings(agent, ids),
    prisma().thread.findMany({ where: { workspaceId, id: { in: ids } } }),
    ...ids.map((id) => linesOf(repliesPage({ workspaceId, id }, { limit: ALL, inverted: false }))),
  ]);
  const counts = new Map(threads.map(({ id, replyCount }) => [id, replyCount]));
  return Object.fromEntries(
    ids.map((id, index) => [
      id,
      { lines: lines[index]!, replies: counts.get(id)!, unread: followings.get(id)?.unreadCount ?? 0 },
    ]),
  );
}

async function linesIn(agent: AgentActor, id: string): Promise<string[]> {
  const conversation = await findConversation(agent, id);
  if (!conversation) return ["This is not theirs to see."];
  return linesOf(messagesPage(conversation, "staff", { limit: ALL, inverted: false }));
}

async function linesOf(page: Prisma.MessageFindManyArgs): Promise<string[]> {
  const messages = await prisma().message.findMany({ ...page, include: { reactions: true } });
  return messages.map(({ body, reactions }) => lineOf(body, { size: reactions.length }));
}
