import type { Conversation as ConversationRow } from "../../prisma/generated/client/client.ts";
import { Conversation } from "../chat/schema.ts";
import { actorOf, builder, localId } from "../kernel/builder.ts";
import { prisma } from "../kernel/database.ts";
import { Conflict, InvalidInput, NotFound, NotPermitted, unwrap } from "../kernel/user-error.ts";
import { type CommandResult, runCommand } from "./actions/run-command.ts";

const CommandResultType = builder.objectRef<CommandResult>("CommandResult").implement({
  description: "What came of a command.",
  fields: (t) => ({
    source: t.exposeString("source", { description: "The command as it was written." }),
    isDone: t.boolean({ description: "Whether it was carried out.", resolve: ({ refusal }) => refusal === null }),
    code: t.exposeString("refusal", { nullable: true, description: "The refusal's name; null where it was done." }),
    says: t.exposeString("said", { description: "What it did, or why it did nothing, in the caller's language." }),
  }),
});

type Ran = { results: CommandResult[]; place: { workspaceId: string; id: string } };

const RunCommandPayload = builder.objectRef<Ran>("RunCommandPayload").implement({
  description: "The commands were carried out, each on its own.",
  fields: (t) => ({
    results: t.field({
      type: [CommandResultType],
      description: "What came of each, in order.",
      resolve: ({ results }) => results,
    }),
    conversation: t.field({
      type: Conversation,
      nullable: true,
      description: "The conversation after them.",
      resolve: ({ place }): Promise<ConversationRow | null> =>
        prisma().conversation.findUnique({ where: { workspaceId_id: place } }),
    }),
  }),
});

const RunCommandInput = builder.inputType("RunCommandInput", {
  description: "Commands that are given without a message.",
  fields: (t) => ({
    conversationId: t.id({ description: "Where." }),
    text: t.string({ description: "Lines of commands, as in a message; up to 20 of them." }),
    clientId: t.string({ description: "New for each run, 1 to 64 characters of A-Z, a-z, 0-9, _ and -." }),
  }),
});

builder.mutationFields((t) => ({
  runCommand: t.field({
    type: RunCommandPayload,
    description:
      "Carries out commands in a conversation without writing a message: each on its own, and all once under a clientId. Staff only.",
    args: { input: t.arg({ type: RunCommandInput, description: "The commands." }) },
    errors: {
      types: [InvalidInput, NotFound, Conflict, NotPermitted],
      union: { name: "RunCommandResult", description: "What came of them, or why none was looked at." },
    },
    resolve: async (_root, { input }, context) => {
      const actor = actorOf(context);
      const conversationId = localId("Conversation", input.conversationId);
      const results = unwrap(await runCommand(actor, { ...input, conversationId }), context.locale);
      return { results, place: { workspaceId: actor.workspaceId, id: conversationId } };
    },
  }),
}));
