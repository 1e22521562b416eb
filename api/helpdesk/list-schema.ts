import { queryFromInfo } from "@pothos/plugin-prisma";
import { resolveCursorConnection } from "@pothos/plugin-relay";
import type { Conversation as ConversationRow } from "../../prisma/generated/client/client.ts";
import { activityCursor, activityPageOf } from "../chat/activity-cursor.ts";
import { activityColumn, LONGEST_PAGE } from "../chat/queries.ts";
import { Conversation } from "../chat/schema.ts";
import type { Actor } from "../kernel/actor.ts";
import { actorOf, badInput, builder, localId, refusePage } from "../kernel/builder.ts";
import { prisma } from "../kernel/database.ts";
import { TicketStatus } from "./schema.ts";
import {
  countListed,
  filterOf,
  findListed,
  MOST_COUNTED,
  type TicketCount,
  type TicketFilter,
} from "./ticket-lists.ts";

const ConversationView = builder.enumType("ConversationView", {
  description: "What an agent looks at.",
  values: {
    MINE: { value: "mine", description: "Those that are the caller's own." },
    UNASSIGNED: { value: "unassigned", description: "Those that are nobody's." },
    ALL: { value: "all", description: "Whosever." },
  } as const,
});

const ConversationFilter = builder.inputType("ConversationFilter", {
  description: "Which conversations to list: those to which everything given here applies.",
  fields: (t) => ({
    status: t.field({ type: [TicketStatus], required: false, description: "Only with one of these statuses." }),
    view: t.field({
      type: ConversationView,
      required: false,
      description: "Only those of this view. For staff alone.",
    }),
    assigneeId: t.id({
      required: false,
      description: "Only those of this agent, in place of `view`. For staff alone.",
    }),
  }),
});

/** What was asked for. */
function filterFor(actor: Actor, { status, view, assigneeId }: typeof ConversationFilter.$inferInput): TicketFilter {
  const statuses = status ?? undefined;
  const isOfAssignee = typeof assigneeId === "string";
  if (!view && !isOfAssignee) return { statuses };
  if (actor.kind === "visitor") throw badInput("`view` and `assigneeId` are for staff alone.");
  if (view && isOfAssignee) throw badInput("Give `view` or `assigneeId`, not both.");
  return { statuses, ...(view ? filterOf(view, actor) : { assigneeId: localId("Agent", assigneeId!) }) };
}

const ConversationCount = builder.objectRef<TicketCount>("ConversationCount").implement({
  description: `How many conversations of a status each view has, none counted beyond ${MOST_COUNTED.toLocaleString("en")}.`,
  fields: (t) => ({
    status: t.field({ type: TicketStatus, description: "Of this status.", resolve: ({ status }) => status }),
    mine: t.exposeInt("mine", { description: "The caller's own." }),
    unassigned: t.exposeInt("unassigned", { description: "Nobody's." }),
    all: t.exposeInt("all", { description: "Whosever." }),
  }),
});

builder.queryFields((t) => ({
  conversations: t.connection(
    {
      type: Conversation,
      description: `The conversations that the caller may see, newest activity first. Pages of 50, up to ${LONGEST_PAGE}.`,
      args: { filter: t.arg({ type: ConversationFilter, required: false, description: "Which; all without it." }) },
      resolve: (_root, args, context, info) => {
        refusePage(args, LONGEST_PAGE);
        const actor = actorOf(context);
        const column = activityColumn(context.readers);
        const filter = filterFor(actor, args.filter ?? {});
        return resolveCursorConnection<Promise<ConversationRow[]>>(
          {
            args,
            defaultSize: 50,
            maxSize: LONGEST_PAGE,
            toCursor: (row: ConversationRow) => activityCursor({ at: row[column], id: row.id }),
          },
          async (page) => {
            const ids = await findListed(actor, filter, activityPageOf(page));
            const query = queryFromInfo({ context, info, paths: [["edges", "node"], ["nodes"]] });
            const where = { workspaceId: actor.workspaceId, id: { in: ids } };
            const rows = await prisma().conversation.findMany({ ...query, where });
            return rows.sort((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id));
          },
        );
      },
    },
    { name: "ConversationConnection", description: "A page of conversations." },
    { name: "ConversationEdge", description: "A conversation in a page." },
  ),
  conversationCounts: t.field({
    type: [ConversationCount],
    nullable: true,
    description: `How many conversations each view has, by status, counted up to ${MOST_COUNTED.toLocaleString("en")}. For staff; null to customers. No event tells of them: ask again after one of a conversation.`,
    extensions: { cost: 20 },
    args: {
      status: t.arg({ type: [TicketStatus], required: false, description: "These statuses; all without it." }),
    },
    resolve: (_root, { status }, context) => {
      const actor = actorOf(context);
      return actor.kind === "agent" ? countListed(actor, status ?? undefined) : null;
    },
  }),
}));
