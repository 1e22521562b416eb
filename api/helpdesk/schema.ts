import type { Agent as AgentRow } from "../../prisma/generated/client/client.ts";
import { findPerson, Event, showEvent } from "../chat/event-schema.ts";
import { builder, byId, workspaceOf } from "../kernel/builder.ts";
import { localeOf } from "../../words/words.ts";
import { prisma } from "../kernel/database.ts";
import type { LoggedEvent } from "../kernel/log/event.ts";
import { perRequest } from "../kernel/loader.ts";
import { loadNode } from "../kernel/schema.ts";
import { findTeams } from "../people/queries.ts";
import { Agent, Person } from "../people/schema.ts";
import { inkOn } from "./accent.ts";
import "./events.ts";
import { type Greetings, greetingIn } from "./greeting.ts";
import { findInbox } from "./queries.ts";

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
  assignee: t.field({
    type: Agent,
    nullable: true,
    description:
      "The agent whose it is, to staff; null for nobody's, and always to customers: they know who writes to them.",
    select: { ticket: { select: { assignee: true } } },
    resolve: ({ ticket }, _args, { readers }) => (readers === "staff" && ticket?.assignee) || null,
  }),
}));

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

showEvent<LoggedEvent<"ticket.assigned">>("ticket.assigned", "ConversationAssigned").implement({
  description: "A conversation became an agent's, or nobody's. Told to staff alone.",
  interfaces: [Event],
  fields: (t) => ({
    previousAssignee: t.field({
      type: Agent,
      nullable: true,
      description: "Whose it was; null: nobody's.",
      resolve: ({ payload, workspaceId }) => findAssignee(payload.from, workspaceId),
    }),
    assignee: t.field({
      type: Agent,
      nullable: true,
      description: "Whose it became; null: nobody's.",
      resolve: ({ payload, workspaceId }) => findAssignee(payload.to, workspaceId),
    }),
    by: t.field({
      type: Person,
      description:
        "Who assigned it: themselves, where their answer to the customer made it theirs; the customer, where their message opened it again and whose it was is gone.",
      resolve: ({ payload, workspaceId }) => findPerson(payload.by, workspaceId),
    }),
  }),
});

function findAssignee(id: string | null, workspaceId: string): Promise<AgentRow | null> | null {
  return id === null ? null : prisma().agent.findUnique({ where: { workspaceId_id: { workspaceId, id } } });
}
