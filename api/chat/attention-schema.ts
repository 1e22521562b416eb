import { actorOf, builder, localId, workspaceOf } from "../kernel/builder.ts";
import { perRequest } from "../kernel/loader.ts";
import { InvalidInput, NotFound, NotPermitted } from "../kernel/user-error.ts";
import { Agent } from "../people/schema.ts";
import { markUnread } from "./actions/mark-unread.ts";
import { setAttention } from "./actions/set-attention.ts";
import { conversationOf, resultOf, roomPayload } from "./room-mutation-schema.ts";
import { type Attention, findAttention, findSeen, type Seen } from "./room-queries.ts";
import { isRoomKind } from "./room.ts";
import { Conversation, Message } from "./schema.ts";

const loadAttention = perRequest<Attention>(
  async (context, ids) => {
    const actor = actorOf(context);
    return actor.kind === "agent" ? findAttention(actor, ids) : new Map();
  },
  { level: "all", isStarred: false },
);
const loadSeen = perRequest<Seen>((context, ids) => findSeen(workspaceOf(context), ids), { agents: [], count: 0 });

const AttentionLevel = builder.enumType("AttentionLevel", {
  description: "Of what in a room a member wants to be told.",
  values: {
    ALL: { value: "all", description: "Of whatever is said." },
    MENTIONS: { value: "mentions", description: "Where they are mentioned." },
    NONE: { value: "none", description: "Of nothing: muted. Its mentions are listed, and count nowhere but there." },
  } as const,
});

const RoomAttention = builder.objectRef<Attention>("RoomAttention").implement({
  description: "What a member has chosen in a room for themselves: nobody else is told.",
  fields: (t) => ({
    level: t.field({
      type: AttentionLevel,
      description: "Of what they want to be told.",
      resolve: ({ level }) => level,
    }),
    isStarred: t.exposeBoolean("isStarred", { description: "Whether it stands first among theirs." }),
  }),
});

builder.prismaObjectField(Conversation, "attention", (t) =>
  t.field({
    type: RoomAttention,
    nullable: true,
    description:
      "What the caller has chosen for themselves in a room; null in a conversation with a customer or about a task.",
    extensions: { perViewer: true },
    resolve: (conversation, _args, context) =>
      isRoomKind(conversation.kind) ? loadAttention(context, conversation.id) : null,
  }),
);

builder.prismaObjectFields(Message, (t) => ({
  seenBy: t.field({
    type: [Agent],
    description:
      "Who of those who see a room has read a message in it, without its author: the newest readers, up to 50. Nobody in conversations with customers, whose `seenSeq` tells.",
    extensions: { cost: 5 },
    resolve: async ({ id }, _args, context) => (await loadSeen(context, id)).agents,
  }),
  seenCount: t.int({
    description: "How many these are in all.",
    extensions: { cost: 5 },
    resolve: async ({ id }, _args, context) => (await loadSeen(context, id)).count,
  }),
}));

const MarkUnreadInput = builder.inputType("MarkUnreadInput", {
  description: "From where on a conversation is to count as unread again.",
  fields: (t) => ({
    conversationId: t.id({ description: "Where." }),
    seq: t.int({ description: "From this number on, as in Message.seq." }),
  }),
});

const SetRoomAttentionInput = builder.inputType("SetRoomAttentionInput", {
  description: "What of the caller's own choice in a room is to change; what is left out stays.",
  fields: (t) => ({
    conversationId: t.id({ description: "Which, by its conversation." }),
    level: t.field({ type: AttentionLevel, required: false, description: "Of what they want to be told." }),
    isStarred: t.boolean({ required: false, description: "Whether it stands first among theirs." }),
  }),
});

builder.mutationFields((t) => ({
  markUnread: t.field({
    type: roomPayload("MarkUnread", "It counts as unread again, until the caller marks it read."),
    description:
      "Lets what stands in a conversation from a message on count as unread for the caller again. Nobody is told: how far they have read, as others see, never goes back. For staff.",
    args: { input: t.arg({ type: MarkUnreadInput, description: "From where on." }) },
    errors: { types: [InvalidInput, NotFound, NotPermitted], union: resultOf("MarkUnread") },
    resolve: async (_root, { input: { conversationId: id, seq } }, context) => {
      const conversationId = localId("Conversation", id);
      return conversationOf(context, await markUnread(actorOf(context), { conversationId, seq }));
    },
  }),
  setRoomAttention: t.field({
    type: roomPayload("SetRoomAttention", "It is so now."),
    description:
      "Sets of what in a room the caller wants to be told, and whether it stands first among theirs. Nobody else is told. For staff.",
    args: { input: t.arg({ type: SetRoomAttentionInput, description: "What is to change." }) },
    errors: { types: [NotFound, NotPermitted], union: resultOf("SetRoomAttention") },
    resolve: async (_root, { input: { conversationId: id, level, isStarred } }, context) => {
      const given = { conversationId: localId("Conversation", id), level: level ?? undefined };
      const set = await setAttention(actorOf(context), { ...given, isStarred: isStarred ?? undefined });
      return conversationOf(context, set);
    },
  }),
}));
