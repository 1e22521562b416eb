import { findFollowedIds } from "../../api/chat/thread-queries.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { prisma } from "../../api/kernel/database.ts";
import type { MessageEntry } from "../conversation/entry.ts";
import { readEntries } from "../conversation/queries.ts";
import { type RoomLink, readRoomLinks } from "../room/queries.ts";
import type { ThreadLine } from "./line.ts";
import { readThreadLines, readUnreadThreads } from "./line-queries.ts";

/** A thread that the agent follows, where it stands, and what was said in it last. */
export type Followed = { line: ThreadLine; room: RoomLink; root: MessageEntry; last: MessageEntry };

/** So many are listed: those with the newest replies. */
const MOST_LISTED = 50;

/** Reads the threads that the agent follows, newest reply first. */
export async function readFollowed(agent: AgentActor, isUnreadOnly: boolean): Promise<Followed[]> {
  const { workspaceId } = agent;
  const ids = await findFollowedIds(agent, { limit: MOST_LISTED, inverted: false, isUnreadOnly });
  const found = await prisma().thread.findMany({ where: { workspaceId, id: { in: ids } } });
  const newest = await prisma().message.findMany({
    where: { workspaceId, OR: found.map(({ id, lastReplySeq }) => ({ threadId: id, staffSeq: lastReplySeq })) },
    select: { id: true, threadId: true },
  });
  const [lines, rooms, entries, unread] = await Promise.all([
    readThreadLines(workspaceId, ids),
    readRoomLinks(workspaceId, [...new Set(found.map(({ conversationId }) => conversationId))]),
    readEntries(workspaceId, [...ids, ...newest.map(({ id }) => id)]),
    readUnreadThreads(agent),
  ]);
  const entryOf = new Map(entries.map((entry) => [entry.id, entry]));
  const lastOf = new Map(newest.map(({ id, threadId }) => [threadId, entryOf.get(id)!]));
  return ids.flatMap((id) => {
    const [line, root, last] = [lines.get(id), entryOf.get(id), lastOf.get(id)];
    const room = line && rooms.get(line.conversationId);
    return line && root && last && room ? [{ line: { ...line, isUnread: unread.includes(id) }, room, root, last }] : [];
  });
}
