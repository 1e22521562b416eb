import { queryFromInfo } from "@pothos/plugin-prisma";
import { resolveCursorConnection } from "@pothos/plugin-relay";
import type {
  Conversation as ConversationRow,
  Draft as DraftRow,
  Message as MessageRow,
} from "../../prisma/generated/client/client.ts";
import { actorOf, badCursor, builder, byId, localId, refusePage, workspaceOf } from "../kernel/builder.ts";
import { prisma } from "../kernel/database.ts";
import { perRequest } from "../kernel/loader.ts";
import { loadNode } from "../kernel/schema.ts";
import { botOf } from "../people/bot.ts";
import { Person } from "../people/schema.ts";
import {
  activityColumn,
  drafts,
  findConversation,
  findMessage,
  lastMessages,
  LONGEST_PAGE,
  messagesPage,
  MOST_UNREAD,
  seenSeqs,
  unreadCounts,
} from "./queries.ts";

const loadLastMessage = perRequest<MessageRow | null>(
  (context, ids) => lastMessages(workspaceOf(context), ids, context.readers),
  null,
);
const loadUnreadCount = perRequest((context, ids) => unreadCounts(actorOf(context), ids), 0);
const loadDraft = perRequest<DraftRow | null>(async (context, ids) => {
  const actor = actorOf(context);
  return actor.kind === "agent" ? drafts(actor, ids) : new Map();
}, null);
const loadSeenSeq = perRequest((context, ids) => seenSeqs(workspaceOf(context), ids, context.readers), 0);

export const MessageVisibility = builder.enumType("MessageVisibility", {
  description: "Who may see a message.",
  values: {
    EVERYONE: { value: "everyone", description: "The customer and staff." },
    STAFF: { value: "staff", description: "Staff alone: a private note. Customers cannot learn that it exists." },
  } as const,
});

export const Message = builder.prismaNode("Message", {
  id: { resolve: (message) => message.id },
  findUnique: byId,
  description: "A message of a conversation, or a private note.",
  fields: (t) => ({
    seq: t.int({
      description:
        "Its number among the conversation's events that the caller may see. Staff and customer count apart.",
      resolve: (message, _args, { readers }) => (readers === "staff" ? message.staffSeq : message.customerSeq!),
    }),
    author: t.field({
      type: Person,
      description: "Who wrote it; the bot's own are replies to commands.",
      select: { agent: true, contact: true },
      resolve: ({ agent, contact, workspaceId }) => agent ?? contact ?? botOf(workspaceId),
    }),
    body: t.exposeString("body", {
      description:
        "The text as it was written, 1 to 10,000 characters; shown as a subset of Markdown, never as markup. Empty once it is deleted.",
    }),
    visibility: t.field({
      type: MessageVisibility,
      description: "Who may see it.",
      resolve: (message) => message.visibility,
    }),
    sentAt: t.field({
      type: "DateTime",
      description: "When it was committed to be sent.",
      resolve: (message) => message.sentAt,
    }),
    clientId: t.string({
      nullable: true,
      description:
        "The id that its sender gave it, to the sender's own side alone; how a client knows its message again.",
      resolve: ({ agentId, clientId }, _args, { readers }) =>
        (agentId !== null) === (readers === "staff") ? clientId : null,
    }),
    conversation: t.relation("conversation", { description: "Where it stands." }),
  }),
});

export const Draft = builder.objectRef<DraftRow>("Draft").implement({
  description: "What an agent has begun to write and not sent; seen by nobody else.",
  fields: (t) => ({
    body: t.exposeString("body", { description: "The text so far, 1 to 10,000 characters." }),
    visibility: t.field({
      type: MessageVisibility,
      description: "STAFF for a private note.",
      resolve: (draft) => draft.visibility,
    }),
    clientId: t.exposeString("clientId", {
      description: "Send it under this clientId: then two devices cannot both send it, and the draft is gone at once.",
    }),
    updatedAt: t.field({ type: "DateTime", description: "When it was saved.", resolve: (draft) => draft.updatedAt }),
  }),
});

export const Conversation = builder.prismaNode("Conversation", {
  id: { resolve: (conversation) => conversation.id },
  findUnique: byId,
  description: "A conversation between a customer and staff, or among staff.",
  fields: (t) => ({
    startedAt: t.field({ type: "DateTime", description: "When it began.", resolve: (row) => row.createdAt }),
    lastActivityAt: t.field({
      type: "DateTime",
      description: "When its newest message that the caller may see was sent.",
      resolve: (row, _args, { readers }) => row[activityColumn(readers)],
    }),
    seq: t.int({
      description: "The number of its newest event that the caller may see. Staff and customer count apart.",
      resolve: (row, _args, { readers }) => (readers === "staff" ? row.staffSeq : row.customerSeq),
    }),
    contact: t.relation("contact", { nullable: true, description: "The customer; null where none takes part." }),
    lastMessage: t.field({
      type: Message,
      nullable: true,
      description: "Its newest message that the caller may see.",
      resolve: (row, _args, context) => loadLastMessage(context, row.id),
    }),
    unreadCount: t.int({
      description: `How many messages of others the caller has not read, counted up to ${MOST_UNREAD}.`,
      extensions: { perViewer: true, cost: 5 },
      resolve: (row, _args, context) => loadUnreadCount(context, row.id),
    }),
    seenSeq: t.int({
      description: "How far the other side has read, in the caller's own numbers; 0 if nothing.",
      resolve: (row, _args, context) => loadSeenSeq(context, row.id),
    }),
    draft: t.field({
      type: Draft,
      nullable: true,
      description: "What the calling agent has begun to write here and not sent; null if nothing, and for customers.",
      extensions: { perViewer: true },
      resolve: (row, _args, context) => loadDraft(context, row.id),
    }),
    messages: t.connection(
      {
        type: Message,
        description: `Its messages that the caller may see, oldest first. Pages of 50, up to ${LONGEST_PAGE}.`,
        resolve: (row, args, context, info) => {
          refusePage(args, LONGEST_PAGE);
          return resolveCursorConnection<Promise<MessageRow[]>>(
            {
              args,
              defaultSize: 50,
              maxSize: LONGEST_PAGE,
              toCursor: (message: MessageRow) =>
                String(context.readers === "staff" ? message.staffSeq : message.customerSeq),
            },
            ({ after, before, limit, inverted }) =>
              prisma().message.findMany({
                ...queryFromInfo({ context, info, paths: [["edges", "node"], ["nodes"]] }),
                ...messagesPage(row, context.readers, { after: seqOf(after), before: seqOf(before), limit, inverted }),
              }),
          );
        },
      },
      { name: "MessageConnection", description: "A page of messages." },
      { name: "MessageEdge", description: "A message in a page." },
    ),
  }),
});

/** The number that a cursor of a list of messages tells. Refuses one that is none of ours. */
export function seqOf(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined;
  const seq = /^\d{1,10}$/.test(cursor) ? Number(cursor) : Number.NaN;
  if (seq < 2 ** 31) return seq;
  throw badCursor();
}

loadNode("Conversation", findConversation);
loadNode("Message", findMessage);

builder.queryFields((t) => ({
  conversation: t.field({
    type: Conversation,
    nullable: true,
    description: "The conversation with this id; null if there is none or it is not the caller's to see.",
    args: { id: t.arg.id({ description: "The conversation's id." }) },
    resolve: (_root, { id }, context): Promise<ConversationRow | null> =>
      findConversation(actorOf(context), localId("Conversation", id)),
  }),
}));
