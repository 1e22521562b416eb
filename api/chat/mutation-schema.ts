import type { Draft, Message } from "../../prisma/generated/client/client.ts";
import { actorOf, builder, localId } from "../kernel/builder.ts";
import { Conflict, ConversationClosed, InvalidInput, NotFound, NotPermitted, unwrap } from "../kernel/user-error.ts";
import { markRead } from "./actions/mark-read.ts";
import { saveDraft } from "./actions/save-draft.ts";
import { sendMessage } from "./actions/send-message.ts";
import { setTyping } from "./actions/set-typing.ts";
import { Draft as DraftType, Message as MessageType, MessageVisibility } from "./schema.ts";

const clientIdDescription =
  "1 to 64 characters of A-Z, a-z, 0-9, _ and -, new for each thing made. A retry with the same one gives the first result.";

const SendMessageInput = builder.inputType("SendMessageInput", {
  description: "A message to be sent.",
  fields: (t) => ({
    conversationId: t.id({ description: "Where to." }),
    clientId: t.string({ description: clientIdDescription }),
    body: t.string({ description: "Plain text, 1 to 10,000 characters, not blank." }),
    visibility: t.field({
      type: MessageVisibility,
      defaultValue: "everyone",
      description: "STAFF makes it a private note; only staff may.",
    }),
    threadId: t.id({
      required: false,
      description: "In a room, the message that it replies to: the root of its thread, itself no reply.",
    }),
    alsoInConversation: t.boolean({
      defaultValue: false,
      description: "Whether a reply stands in the conversation too; then it is unread there.",
    }),
  }),
});

const SendMessagePayload = builder.objectRef<{ sentMessage: Message }>("SendMessagePayload").implement({
  description: "The message was sent: it is stored for good.",
  fields: (t) => ({
    // Not `message`: beside UserError's in one selection, GraphQL would refuse to merge the two.
    sentMessage: t.field({ type: MessageType, description: "The message.", resolve: ({ sentMessage }) => sentMessage }),
  }),
});

const SaveDraftInput = builder.inputType("SaveDraftInput", {
  description: "What an agent has written so far.",
  fields: (t) => ({
    conversationId: t.id({ description: "Where." }),
    clientId: t.string({
      description: "The clientId that it will be sent under, 1 to 64 characters of A-Z, a-z, 0-9, _ and -.",
    }),
    body: t.string({ description: "The text so far, up to 10,000 characters; a blank one forgets the draft." }),
    visibility: t.field({
      type: MessageVisibility,
      defaultValue: "everyone",
      description: "STAFF for a private note.",
    }),
  }),
});

const SaveDraftPayload = builder.objectRef<{ draft: Draft | null }>("SaveDraftPayload").implement({
  description: "The draft is kept, on the server and for this agent alone.",
  fields: (t) => ({
    draft: t.field({
      type: DraftType,
      nullable: true,
      description: "The draft; null for a blank one.",
      resolve: ({ draft }) => draft,
    }),
  }),
});

const MarkReadInput = builder.inputType("MarkReadInput", {
  description: "How far the caller has read.",
  fields: (t) => ({
    conversationId: t.id({ description: "Where." }),
    seq: t.int({ description: "Up to this number, as in Message.seq. A mark never goes back." }),
  }),
});

const MarkReadPayload = builder.objectRef<{ seq: number }>("MarkReadPayload").implement({
  description: "The mark was kept.",
  fields: (t) => ({ seq: t.exposeInt("seq", { description: "The mark as it stands." }) }),
});

const SetTypingInput = builder.inputType("SetTypingInput", {
  description: "Whether the caller writes at present. Repeat it every few seconds while they do.",
  fields: (t) => ({
    conversationId: t.id({ description: "Where." }),
    isTyping: t.boolean({ description: "false when they stop or send." }),
    visibility: t.field({
      type: MessageVisibility,
      defaultValue: "everyone",
      description: "STAFF while writing a private note.",
    }),
  }),
});

const SetTypingPayload = builder.objectRef<{ isTyping: boolean }>("SetTypingPayload").implement({
  description: "Whoever follows the conversation was told.",
  fields: (t) => ({ isTyping: t.exposeBoolean("isTyping", { description: "As it was given." }) }),
});

builder.mutationFields((t) => ({
  sendMessage: t.field({
    type: SendMessagePayload,
    description:
      "Writes a message, or a private note. A customer's message reopens a pending or resolved ticket; an agent who answers has read what stands before.",
    args: { input: t.arg({ type: SendMessageInput, description: "The message." }) },
    errors: {
      types: [InvalidInput, NotFound, Conflict, ConversationClosed, NotPermitted],
      union: { name: "SendMessageResult", description: "The message, or why not." },
    },
    resolve: async (_root, { input }, context) => {
      const conversationId = localId("Conversation", input.conversationId);
      const { threadId, alsoInConversation: isBroadcast, ...written } = input;
      const reply = typeof threadId === "string" ? { threadId: localId("Message", threadId), isBroadcast } : {};
      const outcome = await sendMessage(actorOf(context), { ...written, conversationId, ...reply });
      return { sentMessage: unwrap(outcome, context.locale) };
    },
  }),
  saveDraft: t.field({
    type: SaveDraftPayload,
    description:
      "Keeps what the calling agent has begun to write in a conversation, in place of what was kept; a blank body forgets what was kept under its clientId. Staff only; nobody is told.",
    args: { input: t.arg({ type: SaveDraftInput, description: "The draft." }) },
    errors: {
      types: [InvalidInput, NotFound, NotPermitted],
      union: { name: "SaveDraftResult", description: "The draft, or why not." },
    },
    resolve: async (_root, { input }, context) => {
      const conversationId = localId("Conversation", input.conversationId);
      return { draft: unwrap(await saveDraft(actorOf(context), { ...input, conversationId }), context.locale) };
    },
  }),
  markRead: t.field({
    type: MarkReadPayload,
    description: "Marks a conversation read by the caller.",
    args: { input: t.arg({ type: MarkReadInput, description: "The mark." }) },
    errors: {
      types: [InvalidInput, NotFound, NotPermitted],
      union: { name: "MarkReadResult", description: "The mark, or why not." },
    },
    resolve: async (_root, { input }, context) => {
      const conversationId = localId("Conversation", input.conversationId);
      return unwrap(await markRead(actorOf(context), { conversationId, seq: input.seq }), context.locale);
    },
  }),
  setTyping: t.field({
    type: SetTypingPayload,
    description: "Shows others that the caller writes. Nothing is stored.",
    args: { input: t.arg({ type: SetTypingInput, description: "The sign." }) },
    errors: { types: [NotFound, NotPermitted], union: { name: "SetTypingResult", description: "Told, or why not." } },
    resolve: async (_root, { input }, context) => {
      const conversationId = localId("Conversation", input.conversationId);
      return unwrap(await setTyping(actorOf(context), { ...input, conversationId }), context.locale);
    },
  }),
}));
