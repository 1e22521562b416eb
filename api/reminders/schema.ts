import { queryFromInfo } from "@pothos/plugin-prisma";
import { resolveCursorConnection } from "@pothos/plugin-relay";
import type { Reminder as ReminderRow } from "../../prisma/generated/client/client.ts";
import { activityCursor, activityPageOf } from "../chat/activity-cursor.ts";
import { Event, showEvent } from "../chat/event-schema.ts";
import { LONGEST_PAGE } from "../chat/queries.ts";
import { actorOf, builder, byId, refusePage } from "../kernel/builder.ts";
import { prisma } from "../kernel/database.ts";
import type { LoggedEvent } from "../kernel/log/event.ts";
import { loadNode } from "../kernel/schema.ts";
import "./events.ts";
import { countTold, findReminder, remindersPage } from "./queries.ts";

const ReminderKind = builder.enumType("ReminderKind", {
  description: "Why somebody is reminded.",
  values: {
    ASKED: { value: "asked", description: "They asked for it, or a colleague did." },
    DUE_SOON: {
      value: "due_soon",
      description:
        "A task that is theirs, or that they watch, will be late soon: in an hour, or in a day where it is due on a date.",
    },
    OVERDUE: { value: "overdue", description: "A task that is theirs, or that they watch, is late." },
    MOVED: { value: "moved", description: "A task that they watch was moved by somebody else." },
    COMMENTED: {
      value: "commented",
      description: "Somebody else said something at a task that they watch, and they had not read it a minute later.",
    },
  } as const,
});

export const Reminder = builder.prismaNode("Reminder", {
  id: { resolve: ({ id }) => id },
  findUnique: byId,
  description:
    "What somebody is told of when its time has come, and keeps until they remove it. Nobody knows of it but them and who asked for it.",
  fields: (t) => ({
    kind: t.field({ type: ReminderKind, description: "Why.", resolve: ({ kind }) => kind }),
    text: t.exposeString("text", { description: "What they are reminded of, in words; empty where nothing was said." }),
    at: t.field({ type: "DateTime", description: "When.", resolve: ({ at }) => at }),
    toldAt: t.field({
      type: "DateTime",
      nullable: true,
      description: "When they were told; null as long as it lies ahead.",
      resolve: ({ toldAt }) => toldAt,
    }),
    agent: t.relation("agent", { description: "Whose it is." }),
    createdBy: t.relation("createdBy", {
      nullable: true,
      description: "Who asked for it; null where nobody did: a task tells by itself.",
    }),
    conversation: t.relation("conversation", { description: "What it is about; a task's own, of a task." }),
    message: t.relation("message", {
      nullable: true,
      description: "The message there that it is about, if it is of one.",
    }),
  }),
});

loadNode("Reminder", findReminder);

const ReminderStage = builder.enumType("ReminderStage", {
  description: "Whether somebody has been reminded yet.",
  values: {
    AHEAD: { value: "ahead", description: "Its time has not come." },
    TOLD: { value: "told", description: "They were told, and have not removed it." },
  } as const,
});

builder.queryFields((t) => ({
  reminders: t.connection(
    {
      type: Reminder,
      description: `The caller's own reminders about conversations that they see, by their times, the earliest first. Empty to customers. Pages of 50, up to ${LONGEST_PAGE}.`,
      args: {
        stage: t.arg({
          type: ReminderStage,
          defaultValue: "ahead",
          description: "Those that lie ahead, or were told.",
        }),
      },
      resolve: (_root, { stage, ...args }, context, info) => {
        refusePage(args, LONGEST_PAGE);
        const actor = actorOf(context);
        return resolveCursorConnection<Promise<ReminderRow[]>>(
          {
            args,
            defaultSize: 50,
            maxSize: LONGEST_PAGE,
            toCursor: ({ at, id }: ReminderRow) => activityCursor({ at, id }),
          },
          async (asked) => {
            if (actor.kind !== "agent") return [];
            const query = queryFromInfo({ context, info, paths: [["edges", "node"], ["nodes"]] });
            const page = remindersPage(actor, { ...activityPageOf(asked), stage });
            return prisma().reminder.findMany({ ...query, ...page });
          },
        );
      },
    },
    { name: "ReminderConnection", description: "A page of reminders." },
    { name: "ReminderEdge", description: "A reminder in a page." },
  ),
  toldReminderCount: t.int({
    description: "How many of their reminders the caller was told and has not removed; 0 to customers.",
    extensions: { cost: 5 },
    resolve: (_root, _args, context) => {
      const actor = actorOf(context);
      return actor.kind === "agent" ? countTold(actor) : 0;
    },
  }),
}));

showEvent<LoggedEvent<"reminder.told">>("reminder.told", "ReminderTold").implement({
  description: "The caller is reminded. Nobody else is told; it comes to whoever follows all that they see.",
  interfaces: [Event],
  fields: (t) => ({
    reminder: t.field({
      type: Reminder,
      nullable: true,
      description: "What of; null where it has been removed, or is about what they see no more.",
      extensions: { perViewer: true },
      resolve: ({ payload }, _args, context) => findReminder(actorOf(context), payload.reminderId),
    }),
  }),
});
