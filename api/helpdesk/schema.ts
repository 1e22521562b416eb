import { queryFromInfo } from "@pothos/plugin-prisma";
import { resolveCursorConnection } from "@pothos/plugin-relay";
import type { Agent as AgentRow, Conversation as ConversationRow } from "../../prisma/generated/client/client.ts";
import { findPerson, Event, showEvent } from "../chat/event-schema.ts";
import { activityColumn, type ActivityKey, LONGEST_PAGE } from "../chat/queries.ts";
import { Conversation } from "../chat/schema.ts";
import { actorOf, badCursor, builder, byId, refusePage, workspaceOf } from "../kernel/builder.ts";
import { localeOf } from "../../words/words.ts";
import { prisma } from "../kernel/database.ts";
import { isId } from "../kernel/id.ts";
import type { LoggedEvent } from "../kernel/log/event.ts";
import { perRequest } from "../kernel/loader.ts";
import { loadNode } from "../kernel/schema.ts";
import { findTeams } from "../people/queries.ts";
import { Agent, Person } from "../people/schema.ts";
import { inkOn } from "./accent.ts";
import "./events.ts";
import { type Greetings, greetingIn } from "./greeting.ts";
import { findInbox } from "./queries.ts";
import { findListed } from "./ticket-lists.ts";

export const TicketStatus = builder.enumType("TicketStatus", {
  description: "Where a conversation stands with the help desk.",
  values: {
    OPEN: { value: "open", description: "Staff have something to do." },
    PENDING: { value: "pending", description: "Waiting for the customer; their next message opens it." },
    RESOLVED: { value: "resolved", description: "Done; the customer's next message opens it again." },
    CLOSED: { value: "closed", description: "Over: takes no more messages." },
  } as const,
});

export const PreChat = builder.enumType("PreChat", {
  description: "What a visitor is asked for before their first message.",
  values: {
    NONE: { value: "none", description: "Nothing." },
    EMAIL: { value: "email", description: "Their e-mail address." },
    NAME_AND_EMAIL: { value: "name_and_email", description: "Their name and their e-mail address." },
  } as const,
});

const loadTeam = perRequest<AgentRow[]>((context, spaceIds) => findTeams(workspaceOf(context), spaceIds), []);

export const Inbox = builder.prismaNode("Inbox", {
  id: { resolve: (inbox) => inbox.id },
  findUnique: byId,
  description: "A door through which customers come.",
  fields: (t) => ({
    name: t.exposeString("name", { description: "As staff and customers read it." }),
    greeting: t.string({
      description: "What it says to whoever opens the chat: plain text, 1 to 200 characters.",
      args: {
        locale: t.arg.string({ required: false, description: "BCP 47 tag of a language; without it the caller's." }),
      },
      extensions: { perLocale: true },
      resolve: ({ greetings }, { locale }, context) =>
        greetingIn(locale ? localeOf(locale) : context.locale, greetings as Greetings),
    }),
    accentColor: t.exposeString("accentColor", {
      nullable: true,
      description:
        "The colour of the chat's buttons and of the customer's messages, as #rrggbb; null: the house's blue.",
    }),
    accentInk: t.string({
      nullable: true,
      description:
        "The colour of text on `accentColor`, as #rrggbb, with a contrast of at least 4.5:1; null without one.",
      resolve: ({ accentColor }) => accentColor && inkOn(accentColor),
    }),
    preChat: t.field({
      type: PreChat,
      description: "What a visitor is asked for before their first message.",
      resolve: (inbox) => inbox.preChat,
    }),
    team: t.field({
      type: [Agent],
      description:
        "Up to three who answer here, to be shown to customers; their names are public to the inbox's visitors.",
      extensions: { cost: 4 },
      resolve: (inbox, _args, context) => loadTeam(context, inbox.spaceId),
    }),
  }),
});

loadNode("Inbox", findInbox);

builder.prismaObjectFields("Conversation", (t) => ({
  number: t.int({
    nullable: true,
    description: "The ticket's number, readable, unique in the workspace.",
    select: { ticket: { select: { number: true } } },
    resolve: ({ ticket }) => ticket?.number ?? null,
  }),
  status: t.field({
    type: TicketStatus,
    nullable: true,
    description: "Where it stands with the help desk; null for a conversation without a ticket.",
    select: { ticket: { select: { status: true } } },
    resolve: ({ ticket }) => ticket?.status ?? null,
  }),
  inbox: t.field({
    type: Inbox,
    nullable: true,
    description: "The inbox that it came in by; null for a conversation without a ticket.",
    select: { ticket: { select: { inbox: true } } },
    resolve: ({ ticket }) => ticket?.inbox ?? null,
  }),
}));

const ConversationFilter = builder.inputType("ConversationFilter", {
  description: "Which conversations to list.",
  fields: (t) => ({
    status: t.field({ type: [TicketStatus], required: false, description: "Only with one of these statuses." }),
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
        const filter = { statuses: args.filter?.status ?? undefined };
        return resolveCursorConnection<Promise<ConversationRow[]>>(
          {
            args,
            defaultSize: 50,
            maxSize: LONGEST_PAGE,
            toCursor: (row: ConversationRow) => `${row[column].getTime()}.${row.id}`,
          },
          async ({ after, before, limit, inverted }) => {
            const page = { after: keyOf(after), before: keyOf(before), limit, inverted };
            const ids = await findListed(actor, filter, page);
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
}));

function keyOf(cursor: string | undefined): ActivityKey | undefined {
  if (cursor === undefined) return undefined;
  const [, at, id] = /^(\d{1,15})\.(.+)$/.exec(cursor) ?? [];
  if (at && id && isId(id)) return { at: new Date(Number(at)), id };
  throw badCursor();
}

showEvent<LoggedEvent<"ticket.moved">>("ticket.moved", "ConversationMoved").implement({
  description: "A conversation's ticket changed its status.",
  interfaces: [Event],
  fields: (t) => ({
    from: t.field({ type: TicketStatus, description: "Before.", resolve: ({ payload }) => payload.from }),
    to: t.field({ type: TicketStatus, description: "After.", resolve: ({ payload }) => payload.to }),
    by: t.field({
      type: Person,
      description: "Who moved it.",
      resolve: ({ payload, workspaceId }) => findPerson(payload.by, workspaceId),
    }),
  }),
});
