import type { SpaceRole } from "../../prisma/generated/client/client.ts";
import type { RoomKind } from "../../api/chat/room.ts";

/** People are known by their number in the walk; the first one is the workspace's owner. */
export type Who = number;

/** What a message says. `isForAll`: it mentions everyone. */
export type Words = { body: string; mentions: ReadonlySet<Who>; isForAll: boolean };

/** A message, as whoever sees it knows it. Deleted, it says nothing. */
export type Said = Words & {
  id: string;
  author: Who;
  isDeleted: boolean;
  thumbs: Set<Who>;
  /** What it replies to; null: nothing. */
  root: Said | null;
  /** Whether it stands in the room as well, as what is no reply does. */
  isInRoom: boolean;
  /** Of what has replies: who takes part, how many of the room's messages they have read for it, and whether they follow it. */
  followers: Map<Who, { read: number; isFollowing: boolean }>;
};

/** What a deleted message is left with. */
export const nothing: Words = { body: "", mentions: new Set(), isForAll: false };

export type ModelRoom = {
  id: string;
  kind: RoomKind;
  roles: Map<Who, SpaceRole>;
  /** In their order. */
  said: Said[];
  /** How many of these each has read. */
  read: Map<Who, number>;
  /** From which of these on each has marked it unread again. */
  again: Map<Who, number>;
};

/** What somebody sees of a room; `lines` are messages with whose thumbs are up under them. */
export type RoomView = { lines: string[]; unread: number; mentions: number };
/** What somebody sees at all: their rooms by id, and the ids of the messages that mention them. */
export type View = {
  rooms: Record<string, RoomView>;
  /** Those that they follow, by what they reply to. */
  threads: Record<string, ThreadView>;
  mentions: string[];
  unreadMentions: number;
  unreadThreads: number;
};
/** What somebody sees of a thread that they follow. */
export type ThreadView = { lines: string[]; replies: number; unread: number };

const MOST_COUNTED = 100;
const RANKS: Record<SpaceRole, number> = { viewer: 1, member: 2, owner: 3 };

/** What everyone sees, worked out in the plainest way: by going through all that was said. */
export class Model {
  readonly rooms: ModelRoom[] = [];

  viewOf(who: Who): View {
    const mine = this.rooms.filter(({ roles }) => roles.has(who));
    const mentioning = mine.flatMap((room) =>
      room.said
        .map((said, index) => ({ said, isUnread: isUnread(room, who, index) }))
        .filter(({ said }) => means(said, who)),
    );
    const threads = mine.flatMap((room) => threadsOf(room, who));
    return {
      rooms: Object.fromEntries(mine.map((room) => [room.id, viewOfRoom(room, who)])),
      threads: Object.fromEntries(threads),
      unreadThreads: atMost(threads.filter(([, { unread }]) => unread > 0).length),
      mentions: mentioning
        .map(({ said }) => said.id)
        .sort()
        .reverse(),
      unreadMentions: atMost(mentioning.filter((one) => one.isUnread).length),
    };
  }

  /** Whether they may do what takes at least this role there; whoever owns the workspace owns every channel that they are in. */
  may(who: Who, room: ModelRoom, least: SpaceRole): boolean {
    const role = room.roles.get(who);
    if (!role) return false;
    return RANKS[room.kind === "channel" && who === 0 ? "owner" : role] >= RANKS[least];
  }

  /** Somebody comes into a room: all that was said there counts as read. */
  enter(room: ModelRoom, who: Who, role: SpaceRole): void {
    room.roles.set(who, role);
    room.read.set(who, room.said.length);
    room.again.delete(who);
    for (const { followers } of room.said) {
      const own = followers.get(who);
      if (own) own.read = room.said.length;
    }
  }

  /** Somebody is in it no more: they follow no thread there. */
  leave(room: ModelRoom, who: Who): void {
    room.roles.delete(who);
    for (const { followers } of room.said) {
      const own = followers.get(who);
      if (own) own.isFollowing = false;
    }
  }

  isLastOwner({ roles }: ModelRoom, who: Who): boolean {
    return roles.get(who) === "owner" && ![...roles].some(([other, role]) => other !== who && role === "owner");
  }
}

function threadsOf(room: ModelRoom, who: Who): [string, ThreadView][] {
  return room.said.flatMap((root): [string, ThreadView][] => {
    if (!root.followers.get(who)?.isFollowing) return [];
    const replies = room.said.filter((said) => said.root === root);
    const { read } = root.followers.get(who)!;
    const isNew = (said: Said) => room.said.indexOf(said) >= read && said.author !== who && !said.isDeleted;
    const lines = replies.map(({ body, thumbs }) => lineOf(body, thumbs));
    return [[root.id, { lines, replies: replies.length, unread: atMost(replies.filter(isNew).length) }]];
  });
}

function viewOfRoom(room: ModelRoom, who: Who): RoomView {
  const unread = room.said.filter((said, index) => said.isInRoom && isUnread(room, who, index));
  const inRoom = room.said.filter((said) => said.isInRoom);
  return {
    lines: inRoom.map(({ body, thumbs }) => lineOf(body, thumbs)),
    unread: atMost(unread.length),
    mentions: atMost(unread.filter((said) => means(said, who)).length),
  };
}

/** A message in a line, with how many thumbs are up. */
export function lineOf(body: string, thumbs: { readonly size: number }): string {
  return `${body} +${thumbs.size}`;
}

/** What stands in a thread alone is read there. */
function isUnread({ said, read, again }: ModelRoom, who: Who, index: number): boolean {
  const { root, isInRoom } = said[index]!;
  const follower = isInRoom ? undefined : root!.followers.get(who);
  const first = follower?.read ?? Math.min(read.get(who) ?? 0, again.get(who) ?? said.length);
  return index >= first && said[index]!.author !== who && !said[index]!.isDeleted;
}

function means({ author, mentions, isForAll }: Said, who: Who): boolean {
  return author !== who && (isForAll || mentions.has(who));
}

function atMost(count: number): number {
  return Math.min(count, MOST_COUNTED);
}
