import type { Contact, Inbox as InboxRow } from "../../prisma/generated/client/client.ts";
import { Conversation, Message } from "../chat/schema.ts";
import { actorOf, builder, type Context } from "../kernel/builder.ts";
import { prisma } from "../kernel/database.ts";
import {
  Conflict,
  InvalidInput,
  NotFound,
  NotPermitted,
  OriginNotAllowed,
  unwrap,
  VisitEnded,
} from "../kernel/user-error.ts";
import { Contact as ContactType } from "../people/schema.ts";
import type { Visit as VisitTokens } from "../people/visitor-token.ts";
import { continueVisit } from "./actions/continue-visit.ts";
import { type Started, startConversation } from "./actions/start-conversation.ts";
import { startVisit } from "./actions/start-visit.ts";
import { Inbox } from "./schema.ts";

const Visit = builder.objectRef<VisitTokens>("Visit").implement({
  description: "A browser's standing with an inbox, bound to the site that embeds the widget.",
  fields: (t) => ({
    accessToken: t.exposeString("accessToken", { description: "The bearer token, good for 15 minutes on this site." }),
    accessTokenExpiresAt: t.field({
      type: "DateTime",
      description: "When it ends.",
      resolve: (visit) => visit.accessTokenExpiresAt,
    }),
    refreshToken: t.exposeString("refreshToken", {
      description:
        "Changes into the next pair, once; for 60 s after, it gives the same successor again. An older one ends the visit.",
    }),
    contact: t.field({
      type: ContactType,
      description: "Who the visitor is; nobody by name at first.",
      resolve: ({ workspaceId, contactId: id }): Promise<Contact> =>
        prisma().contact.findUniqueOrThrow({ where: { workspaceId_id: { workspaceId, id } } }),
    }),
    inbox: t.field({
      type: Inbox,
      description: "Where they came in.",
      resolve: ({ workspaceId, inboxId: id }): Promise<InboxRow> =>
        prisma().inbox.findUniqueOrThrow({ where: { workspaceId_id: { workspaceId, id } } }),
    }),
  }),
});

/** What answers with a visit. */
export const visitPayload = (name: string) =>
  builder.objectRef<{ visit: VisitTokens }>(name).implement({
    description: "The visitor is in.",
    fields: (t) => ({ visit: t.field({ type: Visit, description: "The visit.", resolve: ({ visit }) => visit }) }),
  });

/** A request that came from nobody stands in the workspace of its visit from here on. */
export function letIn(context: Context, visit: VisitTokens): { visit: VisitTokens } {
  context.workspaceId = visit.workspaceId;
  return { visit };
}

const StartVisitInput = builder.inputType("StartVisitInput", {
  description: "Who comes in, and where.",
  fields: (t) => ({
    inboxKey: t.string({ description: "The inbox's public key, pk_..." }),
    clientId: t.string({
      description: "1 to 64 characters of A-Z, a-z, 0-9, _ and -, random: for 15 minutes it recalls the visit.",
    }),
    locale: t.string({ required: false, description: "BCP 47 tag of the visitor's language." }),
    zone: t.string({ required: false, description: "IANA name of the visitor's time zone." }),
  }),
});

const RefreshVisitInput = builder.inputType("RefreshVisitInput", {
  description: "A visit to be continued.",
  fields: (t) => ({ refreshToken: t.string({ description: "The newest refresh token that the visitor holds." }) }),
});

const StartConversationInput = builder.inputType("StartConversationInput", {
  description: "A conversation to be begun, with its first message.",
  fields: (t) => ({
    clientId: t.string({
      description: "1 to 64 characters of A-Z, a-z, 0-9, _ and -; a retry gives the same conversation.",
    }),
    body: t.string({ description: "The first message: plain text, 1 to 10,000 characters, not blank." }),
  }),
});

const StartConversationPayload = builder.objectRef<Started>("StartConversationPayload").implement({
  description: "The conversation was begun.",
  fields: (t) => ({
    conversation: t.field({
      type: Conversation,
      description: "The conversation.",
      resolve: ({ conversation }) => conversation,
    }),
    firstMessage: t.field({ type: Message, description: "Its first message.", resolve: ({ message }) => message }),
  }),
});

builder.mutationFields((t) => ({
  startVisit: t.field({
    extensions: { cost: 50 },
    type: visitPayload("StartVisitPayload"),
    description:
      "Lets a browser in at an inbox as a new anonymous visitor. Needs no token; the request's Origin must be on the inbox's list.",
    args: { input: t.arg({ type: StartVisitInput, description: "Who and where." }) },
    errors: {
      types: [InvalidInput, NotFound, Conflict, OriginNotAllowed, VisitEnded],
      union: { name: "StartVisitResult", description: "The visit, or why not." },
    },
    resolve: async (_root, { input }, context) => {
      const asked = { ...input, locale: input.locale ?? null, zone: input.zone ?? null, origin: context.origin };
      return letIn(context, unwrap(await startVisit(asked), context.locale));
    },
  }),
  refreshVisit: t.field({
    type: visitPayload("RefreshVisitPayload"),
    description: "Changes a visit's refresh token for the next pair of tokens. Needs no other token.",
    args: { input: t.arg({ type: RefreshVisitInput, description: "The visit." }) },
    errors: {
      types: [OriginNotAllowed, VisitEnded],
      union: { name: "RefreshVisitResult", description: "The visit, or why not." },
    },
    resolve: async (_root, { input }, context) =>
      letIn(context, unwrap(await continueVisit({ ...input, origin: context.origin }), context.locale)),
  }),
  startConversation: t.field({
    type: StartConversationPayload,
    description: "Begins a support conversation; only a visitor may.",
    args: { input: t.arg({ type: StartConversationInput, description: "The first message." }) },
    errors: {
      types: [InvalidInput, Conflict, NotPermitted],
      union: { name: "StartConversationResult", description: "The conversation, or why not." },
    },
    resolve: async (_root, { input }, context) =>
      unwrap(await startConversation(actorOf(context), input), context.locale),
  }),
}));
