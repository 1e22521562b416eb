import { markRead } from "../../api/chat/actions/mark-read.ts";
import { markThreadRead } from "../../api/chat/actions/mark-thread-read.ts";
import { markUnread } from "../../api/chat/actions/mark-unread.ts";
import { setThreadFollowing } from "../../api/chat/actions/set-thread-following.ts";
import type { ModelRoom, Said } from "./model.ts";
import { agree, type Place, saidAt, type Walk } from "./walk.ts";

/** Somebody reads a room up to a message. */
export async function read({ people, seqs }: Walk, { room, who, n }: Place): Promise<void> {
  const index = room.said.length === 0 ? -1 : n % room.said.length;
  const seq = index < 0 ? 0 : seqs.get(room.said[index]!.id)!;
  const outcome = await markRead(people[who]!, { conversationId: room.id, seq });
  agree(outcome, room.roles.has(who) ? null : "conversation_not_found");
  if (!outcome.ok) return;
  room.read.set(who, Math.max(room.read.get(who) ?? 0, index + 1));
  if ((room.again.get(who) ?? room.said.length) <= index) room.again.delete(who);
}

/** Somebody marks a room unread from a message on. */
export async function unread({ people, seqs }: Walk, { room, who, n }: Place): Promise<void> {
  const said = room.said[n % Math.max(1, room.said.length)];
  const outcome = await markUnread(people[who]!, { conversationId: room.id, seq: said ? seqs.get(said.id)! : 0 });
  agree(outcome, !room.roles.has(who) ? "conversation_not_found" : said ? null : "seq_invalid");
  if (outcome.ok) room.again.set(who, room.said.indexOf(said!));
}

/** Somebody reads a thread up to a message. */
export async function readThread({ people, seqs }: Walk, { room, who, n, m }: Place): Promise<void> {
  const root = saidAt(room, n);
  if (!root) return;
  const until = m % room.said.length;
  const seq = seqs.get(room.said[until]!.id)!;
  const outcome = await markThreadRead(people[who]!, { threadId: root.id, seq });
  agree(outcome, hasReplies(room, root) && room.roles.has(who) ? null : "thread_not_found");
  const own = root.followers.get(who);
  if (outcome.ok && own) own.read = Math.max(own.read, until + 1);
}

/** Somebody follows a thread, or stops. */
export async function follow({ people }: Walk, { room, who, n, m }: Place): Promise<void> {
  const root = saidAt(room, n);
  if (!root) return;
  const isFollowing = m % 2 === 0;
  const outcome = await setThreadFollowing(people[who]!, { threadId: root.id, isFollowing });
  agree(outcome, hasReplies(room, root) && room.roles.has(who) ? null : "thread_not_found");
  if (!outcome.ok) return;
  const read = root.followers.get(who)?.read ?? room.said.length;
  root.followers.set(who, { read, isFollowing });
}

function hasReplies({ said }: ModelRoom, root: Said): boolean {
  return said.some((one) => one.root === root);
}
