import { GraphQLError } from "graphql";
import type { Agent, Contact } from "../../prisma/generated/client/client.ts";
import { actorOf, builder, type Context, localId, workspaceOf } from "../kernel/builder.ts";
import { prisma } from "../kernel/database.ts";
import { logEnd } from "../kernel/live/follow.ts";
import type { Signal } from "../kernel/live/signal.ts";
import type { Topic } from "../kernel/live/topic.ts";
import type { LiveEvent } from "../kernel/live/view.ts";
import { cursorOf } from "../kernel/log/cursor.ts";
import type { LoggedEvent } from "../kernel/log/event.ts";
import type { PersonRef } from "../people/person.ts";
import { findOwnTopic } from "../people/own-topic.ts";
import { rightToFollow } from "../people/rights.ts";
import { Person } from "../people/schema.ts";
import { findPlace } from "./conversation.ts";
import "./events.ts";
import { Conversation, Message } from "./schema.ts";

/** The GraphQL type of each event and signal. One that is not here is not shown. */
const TYPENAMES = new Map<string, string>([["reload", "ReloadRequired"]]);

/** Whether the API shows this event at all. */
function isShown(event: LiveEvent): boolean {
  return TYPENAMES.has(event.type);
}

/** The GraphQL type that shows an event, for interfaces that fields answer. */
export function typenameOf(event: Pick<LiveEvent, "type">): string | undefined {
  return TYPENAMES.get(event.type);
}

export const Event = builder.interfaceRef<LiveEvent>("Event").implement({
  description: "Something that happened, or a passing sign such as typing. Applying one twice must change nothing.",
  resolveType: typenameOf,
  fields: (t) => ({
    cursor: t.string({
      nullable: true,
      description:
        "Its place in the log; subscribe after it to go on from here. null for a sign, which is told once and never replayed.",
      resolve: (event) => ("position" in event ? cursorOf(logEnd().logName, event.position) : null),
    }),
    occurredAt: t.field({
      type: "DateTime",
      description: "When it happened.",
      resolve: (event) => ("occurredAt" in event ? event.occurredAt : new Date()),
    }),
    seq: t.int({
      nullable: true,
      description:
        "Its number in the conversation, dense for the caller: a gap means something was missed. null for a sign, and for what the caller alone is told.",
      resolve: (event, _args, { readers }) => {
        if (!("staffSeq" in event) || event.to !== undefined) return null;
        return readers === "staff" ? event.staffSeq : event.customerSeq;
      },
    }),
    conversation: t.prismaField({
      type: Conversation,
      nullable: true,
      description: "The conversation as it is now, perhaps later than the event.",
      resolve: (query, event, _args, context) => {
        if (!("conversationId" in event)) return null;
        const { workspaceId, conversationId: id } = event;
        return prisma().conversation.findUnique({
          ...query,
          where: { workspaceId_id: { workspaceId: workspaceId ?? workspaceOf(context), id } },
        });
      },
    }),
  }),
});

/** Declares the GraphQL type that shows an event or a signal of this type. */
export function showEvent<E extends LiveEvent>(type: E["type"], name: string) {
  TYPENAMES.set(type, name);
  return builder.objectRef<E>(name);
}

/** The person that an event names. */
export function findPerson({ kind, id }: PersonRef, workspaceId: string): Promise<Agent | Contact> {
  const where = { workspaceId_id: { workspaceId, id } };
  return kind === "agent" ? prisma().agent.findUniqueOrThrow({ where }) : prisma().contact.findUniqueOrThrow({ where });
}

/** Whose sign it is. */
function findWho({ payload, workspaceId }: { payload: { by: PersonRef }; workspaceId: string }) {
  return findPerson(payload.by, workspaceId);
}

showEvent<LoggedEvent<"conversation.started">>("conversation.started", "ConversationStarted").implement({
  description: "A customer began a conversation, or an agent opened a room.",
  interfaces: [Event],
});

showEvent<LoggedEvent<"message.sent">>("message.sent", "MessageSent").implement({
  description: "A message was sent.",
  interfaces: [Event],
  fields: (t) => ({
    message: t.prismaField({
      type: Message,
      description: "The message.",
      resolve: (query, { workspaceId, payload }) =>
        prisma().message.findUniqueOrThrow({
          ...query,
          where: { workspaceId_id: { workspaceId, id: payload.messageId } },
        }),
    }),
    threadRoot: t.prismaField({
      type: Message,
      nullable: true,
      description: "What it replies to, with the thread as it is now; null for a message that is no reply.",
      resolve: (query, { workspaceId, payload: { threadId } }) =>
        threadId === null
          ? null
          : prisma().message.findUniqueOrThrow({
              ...query,
              where: { workspaceId_id: { workspaceId, id: threadId } },
            }),
    }),
  }),
});

showEvent<Signal<"typing.changed">>("typing.changed", "TypingChanged").implement({
  description: "Someone writes, or has stopped. Forget it after 6 s without another.",
  interfaces: [Event],
  fields: (t) => ({
    person: t.field({ type: Person, description: "Who.", resolve: findWho }),
    isTyping: t.boolean({ description: "Whether they write.", resolve: ({ payload }) => payload.isTyping }),
  }),
});

showEvent<Signal<"viewing.changed">>("viewing.changed", "ViewingChanged").implement({
  description:
    "An agent has opened the conversation in the portal, or has left it; told to staff alone. Forget it after 30 s without another.",
  interfaces: [Event],
  fields: (t) => ({
    person: t.field({ type: Person, description: "Who.", resolve: findWho }),
    isViewing: t.boolean({ description: "Whether they have it open.", resolve: ({ payload }) => payload.isViewing }),
  }),
});

showEvent<Signal<"read.marked">>("read.marked", "ReadMarked").implement({
  description: "Someone has read further.",
  interfaces: [Event],
  fields: (t) => ({
    person: t.field({ type: Person, description: "Who.", resolve: findWho }),
    readSeq: t.int({
      description: "Up to this message, in the caller's own numbers.",
      resolve: ({ payload }) => payload.seq,
    }),
  }),
});

builder.objectRef<LiveEvent>("ReloadRequired").implement({
  description:
    "Too much was missed to send it all: read the state anew and go on. Events after this one's cursor follow.",
  interfaces: [Event],
});

/** What the subscriber may follow: the conversation asked for, or all that is theirs. Refused like a query would be. */
async function topicFor(args: { conversationId?: string | null }, context: Context): Promise<Topic> {
  const actor = actorOf(context);
  const { workspaceId } = actor;
  if (typeof args.conversationId === "string") {
    const place = await findPlace(actor, localId("Conversation", args.conversationId));
    if (!place) {
      const message = "There is no such conversation, or it is not yours to see.";
      throw new GraphQLError(message, { extensions: { code: "NOT_FOUND" } });
    }
    return { of: "conversation", workspaceId, id: place.conversationId, right: rightToFollow(actor, [place.spaceId]) };
  }
  if (actor.kind === "visitor")
    return { of: "contact", workspaceId, id: actor.contactId, right: rightToFollow(actor, []) };
  return findOwnTopic(actor);
}

builder.subscriptionFields((t) => ({
  events: t.field({
    type: Event,
    description:
      "What happens from now on, or after a cursor, in one conversation or in all that the caller may see. In order and without a gap; after a break, subscribe again after the last cursor. Something may come twice.",
    args: {
      after: t.arg.string({
        required: false,
        description: "A cursor of `eventCursor` or of an event; without it, from now on.",
      }),
      conversationId: t.arg.id({ required: false, description: "This conversation alone." }),
    },
    extensions: { topicFor, shows: isShown },
    // The live core executes the selection once for each event and class of readers, with the event as the root.
    subscribe: () => {
      throw new GraphQLError("Subscriptions are followed over WebSocket or SSE.", {
        extensions: { code: "BAD_REQUEST" },
      });
    },
    resolve: (event) => event as LiveEvent,
  }),
}));
