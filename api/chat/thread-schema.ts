import { queryFromInfo } from "@pothos/plugin-prisma";
import { resolveCursorConnection } from "@pothos/plugin-relay";
import type {
  Agent as AgentRow,
  Message as MessageRow,
  Thread as ThreadRow,
} from "../../prisma/generated/client/client.ts";
import { actorOf, builder, byId, refusePage, workspaceOf } from "../kernel/builder.ts";
import { prisma } from "../kernel/database.ts";
import { perRequest } from "../kernel/loader.ts";
import { loadNode } from "../kernel/schema.ts";
import { Agent } from "../people/schema.ts";
import { activityCursor, activityPageOf } from "./activity-cursor.ts";
import { LONGEST_PAGE, MOST_UNREAD } from "./queries.ts";
import { Message, seqOf } from "./schema.ts";
import {
  countUnreadThreads,
  findFollowedIds,
  findFollowings,
  findParticipants,
  findThread,
  type Following,
  MOST_PARTICIPANTS,
  repliesPage,
} from "./thread-queries.ts";

const loadParticipants = perRequest<AgentRow[]>((context, ids) => findParticipants(workspaceOf(context), ids), []);
const loadFollowing = perRequest<Following | null>(async (context, ids) => {
  const actor = actorOf(context);
  return actor.kind === "agent" ? findFollowings(actor, ids) : new Map();
}, null);

export const Thread = builder.prismaNode("Thread", {
  id: { resolve: (thread) => thread.id },
  findUnique: byId,
  description: "The replies to a message of a room. Each who follows it has a read mark of their own there.",
  fields: (t) => ({
    root: t.relation("root", { description: "What is replied to; itself no reply." }),
    conversation: t.relation("conversation", { description: "Where it stands." }),
    replyCount: t.exposeInt("replyCount", { description: "How many replies there are." }),
    seq: t.exposeInt("lastReplySeq", { description: "The number of its newest reply, as in Message.seq." }),
    lastReplyAt: t.field({
      type: "DateTime",
      description: "When its newest reply was sent.",
      resolve: ({ lastReplyAt }) => lastReplyAt,
    }),
    participants: t.field({
      type: [Agent],
      description: `Who has replied, in the order of their first replies; the first ${MOST_PARTICIPANTS}.`,
      extensions: { cost: 5, rows: MOST_PARTICIPANTS },
      resolve: ({ id }, _args, context) => loadParticipants(context, id),
    }),
    isFollowing: t.boolean({
      description: "Whether the caller follows it. Who replies does, and so does the author of its root.",
      extensions: { perViewer: true },
      resolve: async ({ id }, _args, context) => (await loadFollowing(context, id))?.isFollowing ?? false,
    }),
    unreadCount: t.int({
      description: `How many replies of others the caller, if they follow it, has not read; counted up to ${MOST_UNREAD}.`,
      extensions: { perViewer: true, cost: 5 },
      resolve: async ({ id }, _args, context) => (await loadFollowing(context, id))?.unreadCount ?? 0,
    }),
    replies: t.connection(
      {
        type: Message,
        description: `Its replies, oldest first. Pages of 50, up to ${LONGEST_PAGE}.`,
        resolve: (thread, args, context, info) => {
          refusePage(args, LONGEST_PAGE);
          return resolveCursorConnection<Promise<MessageRow[]>>(
            { args, defaultSize: 50, maxSize: LONGEST_PAGE, toCursor: ({ staffSeq }: MessageRow) => String(staffSeq) },
            ({ after, before, limit, inverted }) =>
              prisma().message.findMany({
                ...queryFromInfo({ context, info, paths: [["edges", "node"], ["nodes"]] }),
                ...repliesPage(thread, {
                  ...(after !== undefined && { after: seqOf(after)! }),
                  ...(before !== undefined && { before: seqOf(before)! }),
                  ...{ limit, inverted },
                }),
              }),
          );
        },
      },
      { name: "ReplyConnection", description: "A page of replies." },
      { name: "ReplyEdge", description: "A reply in a page." },
    ),
  }),
});

builder.prismaObjectFields("Message", (t) => ({
  thread: t.relation("thread", {
    nullable: true,
    description: "The replies to it; null where there are none, as to every reply and in conversations with customers.",
  }),
  threadRoot: t.relation("threadRoot", {
    nullable: true,
    description: "What it replies to; null for a message that is no reply.",
  }),
  isBroadcast: t.exposeBoolean("isBroadcast", {
    description: "Whether it is a reply that stands in its conversation too.",
  }),
}));

loadNode("Thread", findThread);

builder.queryFields((t) => ({
  threads: t.connection(
    {
      type: Thread,
      description: `The threads that the caller follows in rooms they see, newest reply first. Empty to customers. Pages of 50, up to ${LONGEST_PAGE}.`,
      args: {
        unreadOnly: t.arg.boolean({
          defaultValue: false,
          description: "Only those with replies that the caller has not read.",
        }),
      },
      resolve: (_root, { unreadOnly, ...args }, context, info) => {
        refusePage(args, LONGEST_PAGE);
        const actor = actorOf(context);
        return resolveCursorConnection<Promise<ThreadRow[]>>(
          {
            ...{ args, defaultSize: 50, maxSize: LONGEST_PAGE },
            toCursor: ({ lastReplyAt: at, id }: ThreadRow) => activityCursor({ at, id }),
          },
          async (page) => {
            if (actor.kind !== "agent") return [];
            const ids = await findFollowedIds(actor, { ...activityPageOf(page), isUnreadOnly: unreadOnly });
            const query = queryFromInfo({ context, info, paths: [["edges", "node"], ["nodes"]] });
            const where = { workspaceId: actor.workspaceId, id: { in: ids } };
            const rows = await prisma().thread.findMany({ ...query, where });
            return rows.sort((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id));
          },
        );
      },
    },
    { name: "ThreadConnection", description: "A page of threads." },
    { name: "ThreadEdge", description: "A thread in a page." },
  ),
  unreadThreadCount: t.int({
    description: `How many of the threads that the caller follows have replies they have not read; counted up to ${MOST_UNREAD}. 0 to customers.`,
    extensions: { perViewer: true, cost: 5 },
    resolve: (_root, _args, context) => {
      const actor = actorOf(context);
      return actor.kind === "agent" ? countUnreadThreads(actor) : 0;
    },
  }),
}));
