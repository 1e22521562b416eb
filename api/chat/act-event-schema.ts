import { builder } from "../kernel/builder.ts";
import { prisma } from "../kernel/database.ts";
import type { LoggedEvent } from "../kernel/log/event.ts";
import { Person } from "../people/schema.ts";
import { Event, findPerson, showEvent } from "./event-schema.ts";
import "./events.ts";
import { Message } from "./schema.ts";

type ActEvent = LoggedEvent<"message.edited" | "message.deleted" | "reaction.changed" | "pin.changed">;

const MessageEvent = builder.interfaceRef<ActEvent>("MessageEvent").implement({
  description: "Something that became of a message after it was sent.",
  interfaces: [Event],
  fields: (t) => ({
    message: t.prismaField({
      type: Message,
      description: "The message as it is now, perhaps later than the event.",
      resolve: (query, { workspaceId, payload: { messageId: id } }) =>
        prisma().message.findUniqueOrThrow({ ...query, where: { workspaceId_id: { workspaceId, id } } }),
    }),
    by: t.field({
      type: Person,
      description: "Who did it.",
      resolve: ({ payload, workspaceId }) => findPerson(payload.by, workspaceId),
    }),
  }),
});

showEvent<LoggedEvent<"message.edited">>("message.edited", "MessageEdited").implement({
  description: "A message was given another text.",
  interfaces: [Event, MessageEvent],
});

showEvent<LoggedEvent<"message.deleted">>("message.deleted", "MessageDeleted").implement({
  description: "A message was deleted: what it said is gone for good, with its reactions and its pin.",
  interfaces: [Event, MessageEvent],
});

showEvent<LoggedEvent<"reaction.changed">>("reaction.changed", "ReactionChanged").implement({
  description: "Someone has set a sign under a message, or has taken theirs away; told to staff alone.",
  interfaces: [Event, MessageEvent],
  fields: (t) => ({
    emoji: t.string({ description: "The sign.", resolve: ({ payload }) => payload.emoji }),
    isOn: t.boolean({ description: "Whether they have set it.", resolve: ({ payload }) => payload.isOn }),
  }),
});

showEvent<LoggedEvent<"pin.changed">>("pin.changed", "PinChanged").implement({
  description: "Someone has pinned a message, or has unpinned it; told to staff alone.",
  interfaces: [Event, MessageEvent],
  fields: (t) => ({
    isPinned: t.boolean({ description: "Whether it was pinned.", resolve: ({ payload }) => payload.isPinned }),
  }),
});
