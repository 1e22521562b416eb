import { findFollowings, findThread, repliesPage } from "../../api/chat/thread-queries.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { prisma } from "../../api/kernel/database.ts";
import type { MessageEntry } from "../conversation/entry.ts";
import { readMarked } from "../conversation/queries.ts";

/** Replies of one page. */
const PAGE = 50;
/** A thread that is open beside its room, with the latest part of its replies. */
export type OpenThread = {
  id: string;
  root: MessageEntry;
  replies: MessageEntry[];
  olderBefore: number | null;
  replyCount: number;
  isFollowing: boolean;
};

/** Reads what is replied to in a room already known to be visible, and the replies, of which there may be none yet; null for a reply, and for none. */
export async function readOpenThread(
  agent: AgentActor,
  { conversationId, id }: { conversationId: string; id: string },
): Promise<OpenThread | null> {
  const { workspaceId } = agent;
  const root = await prisma().message.findFirst({ where: { workspaceId, id, conversationId, threadId: null } });
  if (!root) return null;
  const [thread, followings, page, entries] = await Promise.all([
    findThread(agent, id),
    findFollowings(agent, [id]),
    readReplies({ workspaceId, id }, null),
    readMarked(workspaceId, [id]),
  ]);
  const replyCount = thread?.replyCount ?? 0;
  const isFollowing = followings.get(id)?.isFollowing ?? false;
  return { id, root: entries[0]!, ...page, replyCount, isFollowing };
}

/** Reads the replies before `before` (null: the newest), oldest first. */
export async function readReplies(
  thread: { workspaceId: string; id: string },
  before: number | null,
): Promise<Pick<OpenThread, "replies" | "olderBefore">> {
  const page = repliesPage(thread, { ...(before !== null && { before }), limit: PAGE + 1, inverted: true });
  const found = await prisma().message.findMany({ ...page, select: { id: true, staffSeq: true } });
  const shown = found.slice(0, PAGE);
  const replies = await readMarked(
    thread.workspaceId,
    shown.map(({ id }) => id),
  );
  return { replies, olderBefore: found.length > PAGE ? shown.at(-1)!.staffSeq : null };
}
