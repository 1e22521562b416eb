import type { Message as MessageRow } from "../../prisma/generated/client/client.ts";
import type { Refusal } from "../../words/refusals.ts";
import { actorOf, builder, type Context, localId } from "../kernel/builder.ts";
import type { Outcome } from "../kernel/outcome.ts";
import { ConversationClosed, InvalidInput, NotFound, NotPermitted, unwrap } from "../kernel/user-error.ts";
import { deleteMessage } from "./actions/delete-message.ts";
import { editMessage } from "./actions/edit-message.ts";
import { pinMessage } from "./actions/pin-message.ts";
import { react } from "./actions/react.ts";
import { Message } from "./schema.ts";

function payloadOf(title: string, description: string) {
  return builder.objectRef<{ changed: MessageRow }>(`${title}Payload`).implement({
    description,
    fields: (t) => ({
      // Not `message`: a UserError has a text of that name.
      changedMessage: t.field({
        type: Message,
        description: "The message as it is now.",
        resolve: ({ changed }) => changed,
      }),
    }),
  });
}

function resultOf(title: string) {
  return { name: `${title}Result`, description: "The message, or why not." };
}

function changedBy(outcome: Outcome<MessageRow, Refusal>, { locale }: Context) {
  return { changed: unwrap(outcome, locale) };
}

const EditMessageInput = builder.inputType("EditMessageInput", {
  description: "A message to be edited.",
  fields: (t) => ({
    messageId: t.id({ description: "Which." }),
    body: t.string({ description: "What it shall say, 1 to 10,000 characters, not blank; as in sendMessage." }),
  }),
});

builder.mutationFields((t) => ({
  editMessage: t.field({
    type: payloadOf("EditMessage", "It says this now; what it said before is kept."),
    description:
      "Gives one's own message another text, for a day after it was sent. Of two edits at once the later one stands; the same text is no edit. Staff only.",
    args: { input: t.arg({ type: EditMessageInput, description: "Which, and the text." }) },
    errors: { types: [InvalidInput, NotFound, NotPermitted, ConversationClosed], union: resultOf("EditMessage") },
    resolve: async (_root, { input }, context) => {
      const messageId = localId("Message", input.messageId);
      return changedBy(await editMessage(actorOf(context), { messageId, body: input.body }), context);
    },
  }),
}));

function messageInput(title: string, description: string) {
  return builder.inputType(`${title}Input`, {
    description,
    fields: (t) => ({ messageId: t.id({ description: "Which." }) }),
  });
}

builder.mutationFields((t) => ({
  deleteMessage: t.field({
    type: payloadOf("DeleteMessage", "It is gone, or was already; that it was there stays to be seen."),
    description:
      "Erases what a message said, for good, with its versions, reactions and pin. Authors may for a day after they sent it; a room's owners and the workspace's owners and admins delete anybody's at any time. Staff only.",
    args: { input: t.arg({ type: messageInput("DeleteMessage", "A message to be deleted."), description: "Which." }) },
    errors: { types: [NotFound, NotPermitted, ConversationClosed], union: resultOf("DeleteMessage") },
    resolve: async (_root, { input }, context) => {
      const messageId = localId("Message", input.messageId);
      return changedBy(await deleteMessage(actorOf(context), { messageId }), context);
    },
  }),
}));

/** The two sides of a pin. */
// biome-ignore format: a table, aligned
const PINNINGS = [
  { name: "pinMessage",   title: "PinMessage",   isPinned: true,  description: "Keeps a message at hand in its conversation, for all its staff." },
  { name: "unpinMessage", title: "UnpinMessage", isPinned: false, description: "Keeps it at hand no longer." },
] as const;

for (const { name, title, isPinned, description } of PINNINGS) {
  builder.mutationField(name, (t) =>
    t.field({
      type: payloadOf(title, "It is so now, or was so already."),
      description: `${description} Staff only; customers are not told.`,
      args: { input: t.arg({ type: messageInput(title, "A message of a conversation."), description: "Which." }) },
      errors: { types: [InvalidInput, NotFound, NotPermitted, ConversationClosed], union: resultOf(title) },
      resolve: async (_root, { input }, context) => {
        const messageId = localId("Message", input.messageId);
        return changedBy(await pinMessage(actorOf(context), { messageId, isPinned }), context);
      },
    }),
  );
}

/** The two sides of a sign. */
// biome-ignore format: a table, aligned
const REACTIONS = [
  { name: "addReaction",    title: "AddReaction",    isOn: true,  description: "Sets the caller's sign under a message." },
  { name: "removeReaction", title: "RemoveReaction", isOn: false, description: "Takes the caller's sign away." },
] as const;

for (const { name, title, isOn, description } of REACTIONS) {
  const Input = builder.inputType(`${title}Input`, {
    description: "A sign under a message.",
    fields: (t) => ({
      messageId: t.id({ description: "Under which." }),
      emoji: t.string({ description: "The sign: an emoji, or its shortcode such as :+1:." }),
    }),
  });
  builder.mutationField(name, (t) =>
    t.field({
      type: payloadOf(title, "It is so now, or was so already."),
      description: `${description} Staff only; customers are not told.`,
      args: { input: t.arg({ type: Input, description: "Which sign, and where." }) },
      errors: { types: [InvalidInput, NotFound, NotPermitted, ConversationClosed], union: resultOf(title) },
      resolve: async (_root, { input }, context) => {
        const messageId = localId("Message", input.messageId);
        return changedBy(await react(actorOf(context), { messageId, emoji: input.emoji, isOn }), context);
      },
    }),
  );
}
