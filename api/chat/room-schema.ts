import { queryFromInfo } from "@pothos/plugin-prisma";
import { resolveCursorConnection } from "@pothos/plugin-relay";
import type {
  Conversation as ConversationRow,
  Room as RoomRow,
  SpaceRole,
} from "../../prisma/generated/client/client.ts";
import { actorOf, badCursor, builder, refusePage, workspaceOf } from "../kernel/builder.ts";
import { prisma } from "../kernel/database.ts";
import { perRequest } from "../kernel/loader.ts";
import { isStorable } from "../kernel/text.ts";
import { Agent } from "../people/schema.ts";
import { activityCursor, activityPageOf } from "./activity-cursor.ts";
import { LONGEST_PAGE } from "./queries.ts";
import {
  type Channel as ChannelRow,
  countMembers,
  findChannels,
  findRoles,
  findRoomIds,
  findRoomMembers,
  findRooms,
  type RoomMember as RoomMemberRow,
} from "./room-queries.ts";
import { isRoomKind } from "./room.ts";
import { Conversation } from "./schema.ts";

const loadRoom = perRequest<RoomRow | null>((context, ids) => findRooms(workspaceOf(context), ids), null);
const loadMemberCount = perRequest((context, ids) => countMembers(workspaceOf(context), ids), 0);
const loadRole = perRequest<SpaceRole | null>(async (context, ids) => {
  const actor = actorOf(context);
  return actor.kind === "agent" ? findRoles(actor, ids) : new Map();
}, null);

export const ConversationKind = builder.enumType("ConversationKind", {
  description: "Who talks in a conversation.",
  values: {
    SUPPORT: { value: "support", description: "A customer and staff." },
    CHANNEL: { value: "channel", description: "Everyone on staff who joins." },
    GROUP: { value: "group", description: "Staff who were invited; nobody else knows of it." },
    DIRECT: { value: "direct", description: "The same two to nine people, always." },
    TASK: { value: "task", description: "Whoever sees the project of the task that it is about." },
  } as const,
});

export const RoomRole = builder.enumType("RoomRole", {
  description: "What a member may do in a room.",
  values: {
    OWNER: { value: "owner", description: "Everything: its name, its members, its end." },
    MEMBER: { value: "member", description: "Write, invite, and say what it is about." },
    VIEWER: { value: "viewer", description: "Read." },
  } as const,
});

export const RoomMember = builder.objectRef<RoomMemberRow>("RoomMember").implement({
  description: "Someone who sees a room.",
  fields: (t) => ({
    agent: t.field({ type: Agent, description: "Who.", resolve: ({ agent }) => agent }),
    role: t.field({ type: RoomRole, description: "What they may do there.", resolve: ({ role }) => role }),
    joinedAt: t.field({ type: "DateTime", description: "Since when.", resolve: ({ joinedAt }) => joinedAt }),
  }),
});

type RoomOf = { room: RoomRow; conversation: ConversationRow };

export const Room = builder.objectRef<RoomOf>("Room").implement({
  description: "What there is to know of a conversation among staff: a channel, a group or direct messages.",
  fields: (t) => ({
    name: t.string({
      nullable: true,
      description: "What it is called, 1 to 80 characters; null for direct messages, which are called by their people.",
      resolve: ({ room }) => room.name,
    }),
    topic: t.string({
      description: "What it is about at the moment, up to 250 characters.",
      resolve: ({ room }) => room.topic,
    }),
    purpose: t.string({ description: "What it is for, up to 250 characters.", resolve: ({ room }) => room.purpose }),
    isArchived: t.boolean({
      description: "Whether it has been put away: it takes no messages.",
      resolve: ({ conversation }) => conversation.closedAt !== null,
    }),
    memberCount: t.int({
      description: "How many see it.",
      extensions: { cost: 5 },
      resolve: ({ conversation }, _args, context) => loadMemberCount(context, conversation.id),
    }),
    role: t.field({
      type: RoomRole,
      nullable: true,
      description: "What the caller may do there.",
      extensions: { perViewer: true },
      resolve: ({ conversation }, _args, context) => loadRole(context, conversation.id),
    }),
    members: t.connection(
      {
        type: RoomMember,
        description: `Its members, the longest there first. Pages of 50, up to ${LONGEST_PAGE}.`,
        resolve: ({ conversation: { workspaceId, spaceId } }, args) => {
          refusePage(args, LONGEST_PAGE);
          return resolveCursorConnection<Promise<RoomMemberRow[]>>(
            {
              args,
              defaultSize: 50,
              maxSize: LONGEST_PAGE,
              toCursor: ({ joinedAt: at, agent: { id } }: RoomMemberRow) => activityCursor({ at, id }),
            },
            (page) => findRoomMembers({ workspaceId, spaceId }, activityPageOf(page)),
          );
        },
      },
      { name: "RoomMemberConnection", description: "A page of members." },
      { name: "RoomMemberEdge", description: "A member in a page." },
    ),
  }),
});

builder.prismaObjectFields("Conversation", (t) => ({
  kind: t.field({ type: ConversationKind, description: "Who talks in it.", resolve: ({ kind }) => kind }),
  room: t.field({
    type: Room,
    nullable: true,
    description:
      "Of a conversation among staff, what it is called and who is there; null for one with a customer, and for a task's.",
    resolve: async (conversation, _args, context) => {
      if (!isRoomKind(conversation.kind)) return null;
      const room = await loadRoom(context, conversation.id);
      return room && { room, conversation };
    },
  }),
}));

const Channel = builder.objectRef<ChannelRow>("Channel").implement({
  description: "A channel, as everyone on staff may know of it. Whoever joins sees its conversation.",
  fields: (t) => ({
    conversationId: t.globalID({
      description: "The id of its conversation: what `joinChannel` takes.",
      resolve: ({ conversationId: id }) => ({ type: "Conversation", id }),
    }),
    name: t.exposeString("name", { description: "What it is called; one channel alone has this name." }),
    topic: t.exposeString("topic", { description: "What it is about at the moment." }),
    purpose: t.exposeString("purpose", { description: "What it is for." }),
    memberCount: t.exposeInt("memberCount", { description: "How many have joined.", extensions: { cost: 5 } }),
    isMember: t.exposeBoolean("isMember", { description: "Whether the caller has." }),
  }),
});

builder.queryFields((t) => ({
  rooms: t.connection(
    {
      type: Conversation,
      description: `The channels, groups and direct messages that the caller is in, newest activity first. Empty to customers. Pages of 50, up to ${LONGEST_PAGE}.`,
      resolve: (_root, args, context, info) => {
        refusePage(args, LONGEST_PAGE);
        const actor = actorOf(context);
        return resolveCursorConnection<Promise<ConversationRow[]>>(
          {
            args,
            defaultSize: 50,
            maxSize: LONGEST_PAGE,
            toCursor: ({ staffActivityAt: at, id }: ConversationRow) => activityCursor({ at, id }),
          },
          async (page) => {
            if (actor.kind !== "agent") return [];
            const ids = await findRoomIds(actor, activityPageOf(page));
            const query = queryFromInfo({ context, info, paths: [["edges", "node"], ["nodes"]] });
            const where = { workspaceId: actor.workspaceId, id: { in: ids } };
            const rows = await prisma().conversation.findMany({ ...query, where });
            return rows.sort((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id));
          },
        );
      },
    },
    { name: "RoomConnection", description: "A page of rooms." },
    { name: "RoomEdge", description: "A room in a page." },
  ),
  channels: t.connection(
    {
      type: Channel,
      description: `The channels that anyone on staff may join, by name, without archived ones. Empty to customers. Pages of 50, up to ${LONGEST_PAGE}.`,
      resolve: (_root, args, context) => {
        refusePage(args, LONGEST_PAGE);
        return resolveCursorConnection<Promise<ChannelRow[]>>(
          { args, defaultSize: 50, maxSize: LONGEST_PAGE, toCursor: ({ key }: ChannelRow) => key },
          ({ after, before, limit, inverted }) =>
            findChannels(actorOf(context), {
              ...(after !== undefined && { after: channelKeyOf(after) }),
              ...(before !== undefined && { before: channelKeyOf(before) }),
              ...{ limit, inverted },
            }),
        );
      },
    },
    { name: "ChannelConnection", description: "A page of channels." },
    { name: "ChannelEdge", description: "A channel in a page." },
  ),
}));

function channelKeyOf(cursor: string): string {
  if (isStorable(cursor)) return cursor;
  throw badCursor();
}
