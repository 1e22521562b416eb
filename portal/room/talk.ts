import { drafts, readSeqOf } from "../../api/chat/queries.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import type { Conversation, Draft } from "../../prisma/generated/client/client.ts";
import type { Entry } from "../conversation/entry.ts";
import { type PinnedLine, readPinned } from "../conversation/marks-queries.ts";
import { readThread } from "../conversation/queries.ts";
import { readUnreadThreads } from "../thread/line-queries.ts";

/** The latest part of what staff say in a room or about a task, as one of them stands to it. */
export type Talk = {
  seq: number;
  /** How far the agent has read. */
  readSeq: number;
  entries: Entry[];
  olderBefore: number | null;
  draft: Draft | null;
  pinned: readonly PinnedLine[];
};

/** Reads the talk of a conversation that is known to be visible to the agent. */
export async function readTalk(
  agent: AgentActor,
  conversation: Pick<Conversation, "workspaceId" | "id" | "kind" | "staffSeq">,
): Promise<Talk> {
  const { workspaceId, id, staffSeq: seq } = conversation;
  const [{ entries, olderBefore }, begun, readSeq, pinned, unread] = await Promise.all([
    readThread(conversation, null),
    drafts(agent, [id]),
    readSeqOf(agent, id),
    readPinned(workspaceId, id),
    readUnreadThreads(agent),
  ]);
  return { seq, readSeq, entries: markThreads(entries, unread), olderBefore, draft: begun.get(id) ?? null, pinned };
}

/** Tells of each thread whether the reader has unread replies there. */
function markThreads(entries: readonly Entry[], unread: readonly string[]): Entry[] {
  return entries.map((entry) => {
    if (entry.kind !== "message" || entry.thread?.is !== "root" || !entry.thread.line) return entry;
    const line = { ...entry.thread.line, isUnread: unread.includes(entry.id) };
    return { ...entry, thread: { ...entry.thread, line } };
  });
}
