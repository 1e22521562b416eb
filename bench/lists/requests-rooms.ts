import type { World } from "../world.ts";
import { NEAR, OWN_ROOMS, type Rooms } from "./fill-rooms.ts";
import { cursorAt, DEEP, PAGE, type Request, requestOf, valuesOf } from "./request.ts";
import { FIRST_CHANNELS, FIRST_MENTIONS, FOLLOWED, lineOf, MAIN_LINE, OWN_WITH_COUNTS } from "./wanted-rooms.ts";

type Line = { nodes: { seq: number }[]; pageInfo: { startCursor: string } };
type History = { conversation: { messages: Line } };
type Replies = { node: { replies: Line } };
type RoomList = {
  rooms: { nodes: { id: string; unreadCount: number; unreadMentionCount: number; lastMessage: { seq: number } }[] };
};
type Channels = { channels: { nodes: { name: string; memberCount: number; isMember: boolean }[] } };
type Threads = {
  threads: { nodes: { id: string; replyCount: number; unreadCount: number }[] };
  unreadThreadCount?: number;
};
type Mentions = { mentions: { nodes: { id: string }[] }; unreadMentionCount: number };

const MESSAGE = `id seq body sentAt clientId editedAt deletedAt isBroadcast author { __typename id name } mentions { handle agent { id } }
  reactions { emoji } pin { pinnedAt }`;
const THREAD = "id replyCount lastReplyAt isFollowing unreadCount participants { id name }";
const ROOMS = `{ rooms(first: ${OWN_ROOMS}) { nodes {
  id kind lastActivityAt unreadCount unreadMentionCount attention { level isStarred }
  room { name isArchived role } lastMessage { id seq author { __typename id } } } } }`;
const CHANNELS = `query Channels($after: String) { channels(first: ${PAGE}, after: $after) { nodes {
  conversationId name topic purpose memberCount isMember } } }`;
const HISTORY = `query History($id: ID!, $before: String) { conversation(id: $id) {
  id kind seq unreadCount unreadMentionCount room { name topic memberCount role } attention { level }
  messages(last: ${PAGE}, before: $before) { pageInfo { startCursor } nodes { ${MESSAGE} thread { ${THREAD} } } } } }`;
const UNREAD = `query Unread($id: ID!, $after: String) { conversation(id: $id) {
  id unreadCount messages(first: ${PAGE}, after: $after) { nodes { ${MESSAGE} thread { ${THREAD} } } } } }`;
const REPLIES = `query Replies($id: ID!, $before: String) { node(id: $id) { ... on Thread {
  ${THREAD} replies(last: ${PAGE}, before: $before) { pageInfo { startCursor } nodes { ${MESSAGE} } } } } }`;
const THREADS = `{ unreadThreadCount threads(first: ${PAGE}) { nodes {
  ${THREAD} root { id body author { __typename id name } } conversation { id kind room { name } } } } }`;
const UNREAD_THREADS = "{ threads(first: 100, unreadOnly: true) { nodes { id unreadCount } } }";
const MENTIONS = `{ unreadMentionCount mentions(first: ${PAGE}) { nodes {
  id body sentAt author { __typename id name } conversation { id kind room { name } } threadRoot { id } } } }`;
const NEXT_HISTORY = `query Next($id: ID!, $before: String) {
  conversation(id: $id) { messages(last: ${PAGE}, before: $before) { pageInfo { startCursor } } }
}`;
const NEXT_REPLIES = `query Next($id: ID!, $before: String) {
  node(id: $id) { ... on Thread { replies(last: ${PAGE}, before: $before) { pageInfo { startCursor } } } }
}`;

/** What is asked of the rooms: page 240 only where the long channel, and its long thread, are so long. */
export async function requestsForRooms(world: World, { long }: Rooms): Promise<Request[]> {
  const [longest, usual, unopened] = await idsOf(
    world,
    "SELECT conversation_id FROM room WHERE name IN ('desk 00001', 'desk 00002', 'desk 00010') ORDER BY name",
  );
  const [thread] = await idsOf(world, "SELECT id FROM thread ORDER BY reply_count DESC LIMIT 1");
  const history = async (name: string, id: string, { page = 1, before = null as string | null } = {}) =>
    requestOf<History>({
      ...{ name, query: HISTORY, variables: { id: globalId("Conversation", id), before } },
      wanted: await lineOf(world, `conversation_id = '${id}' AND ${MAIN_LINE}`, page),
      got: ({ conversation }) => conversation.messages.nodes.map(({ seq }) => seq),
    });
  const replies = async (name: string, { page = 1, before = null as string | null } = {}) =>
    requestOf<Replies>({
      ...{ name, query: REPLIES, variables: { id: globalId("Thread", thread!), before } },
      wanted: await lineOf(world, `thread_id = '${thread}'`, page),
      got: ({ node }) => node.replies.nodes.map(({ seq }) => seq),
    });
  const [end, endOfThread] = ["room, end of a long channel", "thread, end of a long one"];
  const requests = [
    requestOf<RoomList>({
      ...{ name: "rooms, the caller's with counts", query: ROOMS, wanted: await valuesOf(world, OWN_WITH_COUNTS) },
      got: ({ rooms }) =>
        rooms.nodes.flatMap((room) => [
          ...[localId(room.id), room.unreadCount, room.unreadMentionCount, room.lastMessage.seq],
        ]),
    }),
    requestOf<Channels>({
      ...{ name: "channels to browse, first page", query: CHANNELS, wanted: await valuesOf(world, FIRST_CHANNELS) },
      got: ({ channels }) =>
        channels.nodes.flatMap(({ name, memberCount, isMember }) => [name, memberCount, +isMember]),
    }),
    await history("room, end of a usual one", usual!),
    await history(end, longest!),
    requestOf<History>({
      ...{ name: "room, from the first unread of one never opened", query: UNREAD },
      ...{ variables: { id: globalId("Conversation", unopened!), after: "0" } },
      wanted: await valuesOf(
        world,
        `SELECT staff_seq FROM message WHERE conversation_id = '${unopened}' AND ${MAIN_LINE} ORDER BY staff_seq LIMIT ${PAGE}`,
      ),
      got: ({ conversation }) => conversation.messages.nodes.map(({ seq }) => seq),
    }),
    await replies(endOfThread),
    requestOf<Threads>({
      ...{ name: "threads that the caller follows, first page", query: THREADS },
      wanted: await valuesOf(
        world,
        `${FOLLOWED} SELECT (SELECT least(count(*), 100) FROM followed WHERE unread > 0), id, replies, unread FROM followed ORDER BY last_at DESC LIMIT ${PAGE}`,
      ),
      got: ({ threads, unreadThreadCount }) =>
        threads.nodes.flatMap(({ id, replyCount, unreadCount }) => [
          ...[unreadThreadCount!, localId(id), replyCount, unreadCount],
        ]),
    }),
    requestOf<Threads>({
      ...{ name: "threads with unread replies", query: UNREAD_THREADS },
      wanted: await valuesOf(
        world,
        `${FOLLOWED} SELECT id, unread FROM followed WHERE unread > 0 ORDER BY last_at DESC`,
      ),
      got: ({ threads }) => threads.nodes.flatMap(({ id, unreadCount }) => [localId(id), unreadCount]),
    }),
    requestOf<Mentions>({
      ...{ name: "mentions, first page with their count", query: MENTIONS },
      wanted: await valuesOf(world, FIRST_MENTIONS),
      got: ({ mentions, unreadMentionCount }) => mentions.nodes.flatMap(({ id }) => [unreadMentionCount, localId(id)]),
    }),
  ];
  if (long === NEAR) return requests;

  const before = await cursorAt<History>(world, {
    ...{ query: NEXT_HISTORY, variables: (cursor) => ({ id: globalId("Conversation", longest!), before: cursor }) },
    next: ({ conversation }) => conversation.messages.pageInfo.startCursor,
  });
  const beforeReply = await cursorAt<Replies>(world, {
    ...{ query: NEXT_REPLIES, variables: (cursor) => ({ id: globalId("Thread", thread!), before: cursor }) },
    next: ({ node }) => node.replies.pageInfo.startCursor,
  });
  return [
    ...requests,
    { ...(await history(`room, page ${DEEP} of a long channel`, longest!, { page: DEEP, before })), first: end },
    {
      ...(await replies(`thread, page ${DEEP} of a long one`, { page: DEEP, before: beforeReply })),
      first: endOfThread,
    },
  ];
}

async function idsOf(world: World, statement: string): Promise<string[]> {
  return (await valuesOf(world, statement)).map(String);
}

function globalId(type: string, id: string): string {
  return Buffer.from(`${type}:${id}`).toString("base64url");
}

function localId(globalId: string): string {
  return Buffer.from(globalId, "base64url").toString().split(":")[1]!;
}
