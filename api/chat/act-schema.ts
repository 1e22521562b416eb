import { queryFromInfo } from "@pothos/plugin-prisma";
import { resolveCursorConnection } from "@pothos/plugin-relay";
import type { Message as MessageRow, MessageVersion as VersionRow } from "../../prisma/generated/client/client.ts";
import { builder, refusePage, workspaceOf } from "../kernel/builder.ts";
import { prisma } from "../kernel/database.ts";
import { perRequest } from "../kernel/loader.ts";
import { Agent } from "../people/schema.ts";
import {
  findPinned,
  findPins,
  findReactions,
  findVersions,
  type Pin as PinRow,
  type Reaction as ReactionRow,
} from "./act-queries.ts";
import { activityCursor, activityPageOf } from "./activity-cursor.ts";
import { MOST_EDITS, MOST_PINS, MOST_REACTIONS } from "./message-policy.ts";
import { type ActivityKey, LONGEST_PAGE } from "./queries.ts";
import { Message } from "./schema.ts";

const loadReactions = perRequest<ReactionRow[]>((context, ids) => findReactions(workspaceOf(context), ids), []);
const loadVersions = perRequest<VersionRow[]>((context, ids) => findVersions(workspaceOf(context), ids), []);
const loadPin = perRequest<PinRow | null>((context, ids) => findPins(workspaceOf(context), ids), null);

const MessageVersion = builder.objectRef<VersionRow>("MessageVersion").implement({
  description: "What a message said before an edit.",
  fields: (t) => ({
    number: t.exposeInt("number", { description: "From 1, the oldest." }),
    body: t.exposeString("body", { description: "The text, as Message.body." }),
    writtenAt: t.field({
      type: "DateTime",
      description: "When it was sent, or edited to say this.",
      resolve: ({ writtenAt }) => writtenAt,
    }),
  }),
});

const Reaction = builder.objectRef<ReactionRow>("Reaction").implement({
  description: "A sign that staff have set under a message.",
  fields: (t) => ({
    emoji: t.exposeString("emoji", { description: "The sign." }),
    count: t.int({ description: "How many have set it.", resolve: ({ agentIds }) => agentIds.length }),
    agentIds: t.globalIDList({
      description: "The ids of all who have, the first of them first; a caller finds their own among them.",
      resolve: ({ agentIds }) => agentIds.map((id) => ({ type: "Agent", id })),
    }),
  }),
});

const Pin = builder.objectRef<PinRow>("Pin").implement({
  description: "That a message is kept at hand in its conversation.",
  fields: (t) => ({
    agent: t.field({ type: Agent, description: "Who pinned it.", resolve: ({ agent }) => agent }),
    pinnedAt: t.field({ type: "DateTime", description: "When.", resolve: ({ pinnedAt }) => pinnedAt }),
  }),
});

builder.prismaObjectFields("Message", (t) => ({
  editedAt: t.field({
    type: "DateTime",
    nullable: true,
    description: "When it was last edited; null if never.",
    resolve: ({ editedAt }) => editedAt,
  }),
  deletedAt: t.field({
    type: "DateTime",
    nullable: true,
    description: "When it was deleted; null if it was not. A deleted one has no text any more.",
    resolve: ({ deletedAt }) => deletedAt,
  }),
  versions: t.field({
    type: [MessageVersion],
    description: `What it said before each edit, oldest first, up to ${MOST_EDITS}. For staff; empty to customers.`,
    extensions: { cost: 2 },
    resolve: ({ id, editedAt }, _args, context) =>
      context.readers === "staff" && editedAt ? loadVersions(context, id) : [],
  }),
  reactions: t.field({
    type: [Reaction],
    description: `The signs under it, up to ${MOST_REACTIONS}, the one that was set first before the others. For staff; empty to customers.`,
    extensions: { cost: 2 },
    resolve: ({ id }, _args, context) => (context.readers === "staff" ? loadReactions(context, id) : []),
  }),
  pin: t.field({
    type: Pin,
    nullable: true,
    description: "Who pinned it, and when; null if nobody has, and to customers.",
    resolve: ({ id }, _args, context) => (context.readers === "staff" ? loadPin(context, id) : null),
  }),
}));

builder.prismaObjectFields("Conversation", (t) => ({
  pins: t.connection(
    {
      type: Message,
      description: `Its pinned messages, what was pinned last first, up to ${MOST_PINS} in all. For staff; empty to customers.`,
      resolve: (row, args, context, info) => {
        refusePage(args, LONGEST_PAGE);
        const places = new Map<string, ActivityKey>();
        return resolveCursorConnection<Promise<MessageRow[]>>(
          {
            args,
            defaultSize: MOST_PINS,
            maxSize: LONGEST_PAGE,
            toCursor: ({ id }: MessageRow) => activityCursor(places.get(id)!),
          },
          async (page) => {
            if (context.readers !== "staff") return [];
            const pinned = await findPinned(row, activityPageOf(page));
            for (const place of pinned) places.set(place.id, place);
            const query = queryFromInfo({ context, info, paths: [["edges", "node"], ["nodes"]] });
            const where = { workspaceId: row.workspaceId, id: { in: [...places.keys()] } };
            const messages = await prisma().message.findMany({ ...query, where });
            return pinned.flatMap(({ id }) => messages.find((message) => message.id === id) ?? []);
          },
        );
      },
    },
    { name: "PinnedConnection", description: "A page of pinned messages." },
    { name: "PinnedEdge", description: "A pinned message in a page." },
  ),
}));
