import { actorOf, builder, localId } from "../kernel/builder.ts";
import { now } from "../kernel/clock.ts";
import type { Command } from "./command.ts";
import { commandsFor } from "./command-list.ts";
import { namesOf } from "./definition.ts";
import { type Preview, previewCommands } from "./preview.ts";
import { type Expected, type Suggestion, type Suggestions, suggestCommands } from "./suggest.ts";
import { shapeOf, usageOf } from "./usage.ts";

const CommandArgument = builder.objectRef<Expected>("CommandArgument").implement({
  description: "What stands behind a command's name.",
  fields: (t) => ({
    name: t.string({
      description: "What it is called, in the caller's language.",
      resolve: ({ name }, _args, { locale }) => name[locale],
    }),
    usage: t.string({
      description: "How it is written: `@who`, `[text]`. What may be left out stands in brackets.",
      resolve: (argument, _args, { locale }) => shapeOf(argument, locale),
    }),
    isOptional: t.exposeBoolean("isOptional", { description: "Whether it may be left out." }),
    choices: t.stringList({
      description:
        "What may be chosen, in the caller's language; of a time, a duration or a key beside any of these; empty where it is free.",
      resolve: ({ choices }, _args, { locale }) => choices.map(({ names }) => (locale === "en" ? names[0] : names[1])),
    }),
  }),
});

const CommandType = builder.objectRef<Command>("Command").implement({
  description: "What staff may write behind a slash.",
  fields: (t) => ({
    name: t.string({
      description: "What it is called, in the caller's language, without the slash.",
      resolve: ({ name }, _args, { locale }) => name[locale],
    }),
    names: t.stringList({
      description: "All that may be written for it, in every language.",
      resolve: (command) => namesOf(command),
    }),
    usage: t.string({
      description: "How it is written: `/assign @who`.",
      resolve: (command, _args, { locale }) => usageOf(command, locale),
    }),
    help: t.string({ description: "What it is for.", resolve: ({ help }, _args, { locale }) => help[locale] }),
    arguments: t.field({
      type: [CommandArgument],
      description: "What stands behind its name, in order.",
      resolve: ({ args }) => Object.values(args),
    }),
  }),
});

const CommandSuggestion = builder.objectRef<Suggestion>("CommandSuggestion").implement({
  description: "What may stand at the caret.",
  fields: (t) => ({
    text: t.exposeString("text", { description: "The text to put there." }),
    detail: t.exposeString("detail", {
      description: "What it is: a command's use, a colleague's name, a task's title.",
    }),
    from: t.exposeInt("from", { description: "Where what it replaces begins, in UTF-16 code units." }),
    to: t.exposeInt("to", { description: "Where that ends: at the end of the word that the caret is in." }),
  }),
});

const CommandSuggestions = builder.objectRef<Suggestions>("CommandSuggestions").implement({
  description: "What somebody who writes a command may want to know.",
  fields: (t) => ({
    command: t.field({
      type: CommandType,
      nullable: true,
      description: "The command that the caret is in; null as long as its name is not known.",
      resolve: ({ command }) => command,
    }),
    argument: t.field({
      type: CommandArgument,
      nullable: true,
      description: "What is expected at the caret; null where that is a command's name, or nothing.",
      resolve: ({ argument }) => argument,
    }),
    suggestions: t.field({
      type: [CommandSuggestion],
      description: "What could be meant: up to 8 colleagues, or 8 tasks, among it.",
      resolve: ({ suggestions }) => suggestions,
    }),
  }),
});

const CommandPreview = builder.objectRef<Preview>("CommandPreview").implement({
  description: "What a command would do now.",
  fields: (t) => ({
    source: t.exposeString("source", { description: "The command as it is written." }),
    isPossible: t.boolean({
      description: "Whether it would be carried out.",
      resolve: ({ refusal }) => refusal === null,
    }),
    code: t.exposeString("refusal", { nullable: true, description: "The refusal's name; null where it is possible." }),
    says: t.exposeString("said", {
      description: "What it would do, or why it would do nothing, in the caller's language.",
    }),
  }),
});

builder.queryFields((t) => ({
  commands: t.field({
    type: [CommandType],
    description:
      "The commands that the caller may write in a conversation, in a task's own also the moves that they may make now; none where they may not write, and for customers.",
    args: { conversationId: t.arg.id({ description: "Where." }) },
    resolve: (_root, { conversationId }, context) =>
      commandsFor(actorOf(context), { conversationId: localId("Conversation", conversationId), at: now() }),
  }),
  commandSuggestions: t.field({
    type: CommandSuggestions,
    nullable: true,
    description:
      "What could stand at the caret of a text that is being written; null where the caller may not write, and for customers.",
    args: {
      conversationId: t.arg.id({ description: "Where it is written." }),
      text: t.arg.string({ description: "All of the text, up to 10,000 characters." }),
      caret: t.arg.int({ description: "Where one writes, in UTF-16 code units." }),
    },
    resolve: (_root, { conversationId, text, caret }, context) =>
      suggestCommands(actorOf(context), {
        ...{ conversationId: localId("Conversation", conversationId), text, caret },
      }),
  }),
  previewCommand: t.field({
    type: [CommandPreview],
    description:
      "What the commands of a text would do now, each after those before it; writes nothing. Empty where there are none, where the caller may not write, and for customers.",
    args: {
      conversationId: t.arg.id({ description: "Where." }),
      text: t.arg.string({ description: "The text, up to 10,000 characters." }),
    },
    extensions: { cost: 500 },
    resolve: (_root, { conversationId, text }, context) =>
      previewCommands(actorOf(context), { conversationId: localId("Conversation", conversationId), text }),
  }),
}));
