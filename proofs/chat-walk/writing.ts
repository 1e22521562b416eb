import { deleteMessage } from "../../api/chat/actions/delete-message.ts";
import { editMessage } from "../../api/chat/actions/edit-message.ts";
import { react } from "../../api/chat/actions/react.ts";
import { sendMessage } from "../../api/chat/actions/send-message.ts";
import { newId } from "../../api/kernel/id.ts";
import { type ModelRoom, nothing, type Said, type Who, type Words } from "./model.ts";
import { agree, type Place, saidAt, type Walk } from "./walk.ts";

/** Somebody writes; what came of it is settled afterwards, once all who write at the same time have. */
export async function say(walk: Walk, place: Place, root: Said | null = null): Promise<void> {
  const { people, seqs } = walk;
  const { room, who, m } = place;
  const isInRoom = root === null || m % 3 === 0;
  const words = wordsFor(walk, place, isInRoom);
  const outcome = await sendMessage(people[who]!, {
    ...{ conversationId: room.id, clientId: newId(), body: words.body, visibility: "everyone" },
    ...(root && { threadId: root.id, isBroadcast: isInRoom }),
  });
  agree(outcome, refusalOfWriting(room, who) ?? (root?.root || root?.isDeleted ? "thread_not_found" : null));
  if (!outcome.ok) return;
  const { id, staffSeq } = outcome.value;
  seqs.set(id, staffSeq);
  const fate = { isDeleted: false, thumbs: new Set<Who>(), followers: new Map() };
  room.said.push({ id, author: who, ...words, ...fate, root, isInRoom });
}

/** Writing reads: the room what stands in it, the thread what replies in it; and lets people follow. All in the order of the numbers. */
export function settle({ seqs }: Walk, room: ModelRoom, from: number): void {
  room.said.sort((one, other) => seqs.get(one.id)! - seqs.get(other.id)!);
  for (const [index, said] of room.said.entries()) {
    if (index < from) continue;
    if (said.isInRoom) {
      room.read.set(said.author, index + 1);
      room.again.delete(said.author);
    }
    if (said.root) join(said.root, said, index);
  }

  function join(root: Said, { author, mentions }: Said, index: number): void {
    const begun = room.said.indexOf(root) + 1;
    if (root.author !== author && room.roles.has(root.author) && !root.followers.has(root.author))
      root.followers.set(root.author, { read: begun, isFollowing: true });
    root.followers.set(author, { read: index + 1, isFollowing: true });
    for (const one of mentions)
      if (!root.followers.has(one)) root.followers.set(one, { read: index, isFollowing: true });
  }
}

/** Words that stand nowhere else, and sometimes mention somebody or everyone. */
function wordsFor({ people, model, written }: Walk, { room, who, n, m }: Place, isInRoom: boolean): Words {
  const meant = n % people.length;
  const handle = [`@p${meant}`, "@here", null, null][m % 4]!;
  return {
    body: `${written.next()} of ${who}${handle ? ` to ${handle}` : ""}`,
    mentions: new Set(m % 4 === 0 && room.roles.has(meant) ? [meant] : []),
    isForAll: m % 4 === 1 && isInRoom && model.may(who, room, room.kind === "channel" ? "owner" : "member"),
  };
}

/** Somebody gives a message other words. */
export async function edit(walk: Walk, place: Place): Promise<void> {
  const { room, who, m } = place;
  const said = saidAt(room, m);
  if (!said) return;
  const words = wordsFor(walk, place, said.isInRoom);
  const outcome = await editMessage(walk.people[who]!, { messageId: said.id, body: words.body });
  agree(outcome, refusalOfActing(room, who, said) ?? (said.author === who ? null : "not_permitted"));
  if (!outcome.ok) return;
  Object.assign(said, words);
  const { root, mentions } = said;
  const read = room.said.indexOf(said);
  if (root)
    for (const one of mentions) if (!root.followers.has(one)) root.followers.set(one, { read, isFollowing: true });
}

/** Somebody deletes a message. */
export async function remove({ people, model }: Walk, { room, who, m }: Place): Promise<void> {
  const said = saidAt(room, m);
  if (!said) return;
  const outcome = await deleteMessage(people[who]!, { messageId: said.id });
  const mayDelete = said.author === who || who === 0 || model.may(who, room, "owner");
  agree(
    outcome,
    said.isDeleted && room.roles.has(who)
      ? null
      : (refusalOfActing(room, who, said) ?? (mayDelete ? null : "not_permitted")),
  );
  if (outcome.ok) Object.assign(said, nothing, { isDeleted: true, thumbs: new Set() });
}

/** Somebody puts a thumb up under a message, or takes it away. */
export async function thumb({ people }: Walk, { room, who, m }: Place): Promise<void> {
  const said = saidAt(room, m);
  if (!said) return;
  const isUp = said.thumbs.has(who);
  const outcome = await react(people[who]!, { messageId: said.id, emoji: "👍", isOn: !isUp });
  agree(outcome, refusalOfActing(room, who, said));
  if (!outcome.ok) return;
  if (isUp) said.thumbs.delete(who);
  else said.thumbs.add(who);
}

function refusalOfActing({ roles }: ModelRoom, who: Who, { isDeleted }: Said): string | null {
  if (!roles.has(who)) return "message_not_found";
  if (isDeleted) return "message_deleted";
  return roles.get(who) === "viewer" ? "not_permitted" : null;
}

function refusalOfWriting({ roles }: ModelRoom, who: Who): string | null {
  if (!roles.has(who)) return "conversation_not_found";
  return roles.get(who) === "viewer" ? "not_permitted" : null;
}
