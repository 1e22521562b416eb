import type { Conversation as ConversationRow } from "../../prisma/generated/client/client.ts";
import type { Refusal } from "../../words/refusals.ts";
import { Conversation } from "../chat/schema.ts";
import { actorOf, builder, type Context, localId } from "../kernel/builder.ts";
import { prisma } from "../kernel/database.ts";
import type { Outcome } from "../kernel/outcome.ts";
import { IllegalMove, NotFound, NotPermitted, unwrap } from "../kernel/user-error.ts";
import { assignTicket } from "./actions/assign-ticket.ts";
import { moveTicket } from "./actions/move-ticket.ts";
import type { Move } from "./ticket.ts";

function conversationPayload(title: string, description: string) {
  return builder.objectRef<{ conversation: ConversationRow }>(`${title}Payload`).implement({
    description,
    fields: (t) => ({
      conversation: t.field({
        type: Conversation,
        description: "The conversation.",
        resolve: ({ conversation }) => conversation,
      }),
    }),
  });
}

/** The conversation as it is after an action. */
async function conversationOf(context: Context, outcome: Outcome<{ conversationId: string }, Refusal>) {
  const { conversationId: id } = unwrap(outcome, context.locale);
  const where = { workspaceId_id: { workspaceId: actorOf(context).workspaceId, id } };
  return { conversation: await prisma().conversation.findUniqueOrThrow({ where }) };
}

function titleOf(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

const MoveConversationInput = builder.inputType("MoveConversationInput", {
  description: "A conversation to be moved.",
  fields: (t) => ({ conversationId: t.id({ description: "Which." }) }),
});

/** The mutation of each move. */
// biome-ignore format: a table, aligned
const MOVE_MUTATIONS: Record<Move, { name: string; description: string }> = {
  wait:    { name: "setConversationPending", description: "Waits for the customer: from OPEN or RESOLVED. Their next message opens it again." },
  resolve: { name: "resolveConversation",    description: "Resolves it: from OPEN or PENDING. The customer's next message opens it again." },
  close:   { name: "closeConversation",      description: "Closes it for good to messages: from OPEN, PENDING or RESOLVED." },
  reopen:  { name: "reopenConversation",     description: "Opens it again: from PENDING, RESOLVED or CLOSED." },
};

for (const [made, { name, description }] of Object.entries(MOVE_MUTATIONS) as [
  Move,
  { name: string; description: string },
][]) {
  const title = titleOf(name);
  builder.mutationField(name, (t) =>
    t.field({
      type: conversationPayload(title, "It is there now, or was there already."),
      description: `${description} Staff only; being there already is no error.`,
      args: { input: t.arg({ type: MoveConversationInput, description: "Which." }) },
      errors: {
        types: [NotFound, NotPermitted, IllegalMove],
        union: { name: `${title}Result`, description: "The conversation, or why not." },
      },
      resolve: async (_root, { input }, context) => {
        const moved = { conversationId: localId("Conversation", input.conversationId), move: made };
        return conversationOf(context, await moveTicket(actorOf(context), moved));
      },
    }),
  );
}

const AssignConversationInput = builder.inputType("AssignConversationInput", {
  description: "A conversation to be given to an agent.",
  fields: (t) => ({
    conversationId: t.id({ description: "Which." }),
    assigneeId: t.id({ description: "The agent whose it shall be; `viewer` tells the caller's own id." }),
  }),
});

const UnassignConversationInput = builder.inputType("UnassignConversationInput", {
  description: "A conversation that shall be nobody's.",
  fields: (t) => ({ conversationId: t.id({ description: "Which." }) }),
});

builder.mutationFields((t) => ({
  assignConversation: t.field({
    type: conversationPayload("AssignConversation", "It is theirs now, or was theirs already."),
    description:
      "Makes it an agent's, from whoever had it before. Staff only; the agent must be one who may see it. Customers are not told.",
    args: { input: t.arg({ type: AssignConversationInput, description: "Which, and whose." }) },
    errors: {
      types: [NotFound, NotPermitted],
      union: { name: "AssignConversationResult", description: "The conversation, or why not." },
    },
    resolve: async (_root, { input }, context) => {
      const conversationId = localId("Conversation", input.conversationId);
      const assigneeId = localId("Agent", input.assigneeId);
      return conversationOf(context, await assignTicket(actorOf(context), { conversationId, assigneeId }));
    },
  }),
  unassignConversation: t.field({
    type: conversationPayload("UnassignConversation", "It is nobody's now, or was nobody's already."),
    description:
      "Makes it nobody's. Staff only. Whoever next answers the customer in it has it then. Customers are not told.",
    args: { input: t.arg({ type: UnassignConversationInput, description: "Which." }) },
    errors: {
      types: [NotFound, NotPermitted],
      union: { name: "UnassignConversationResult", description: "The conversation, or why not." },
    },
    resolve: async (_root, { input }, context) => {
      const conversationId = localId("Conversation", input.conversationId);
      return conversationOf(context, await assignTicket(actorOf(context), { conversationId, assigneeId: null }));
    },
  }),
}));
