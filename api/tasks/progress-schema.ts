import type { TaskProgress as ProgressRow } from "../../prisma/generated/client/client.ts";
import { Event, showEvent } from "../chat/event-schema.ts";
import { findPlace } from "../chat/conversation.ts";
import { Conversation } from "../chat/schema.ts";
import { builder, byId, workspaceOf } from "../kernel/builder.ts";
import { prisma } from "../kernel/database.ts";
import { isId } from "../kernel/id.ts";
import { perRequest } from "../kernel/loader.ts";
import type { LoggedEvent } from "../kernel/log/event.ts";
import { loadNode } from "../kernel/schema.ts";
import { findProgress, MOST_PROGRESS } from "./progress.ts";

const loadProgress = perRequest<ProgressRow[]>((context, ids) => findProgress(workspaceOf(context), ids), []);

const ProgressStep = builder.enumType("ProgressStep", {
  description: "How far the team has come with something, as customers are told.",
  values: {
    RECEIVED: { value: "received", description: "It is to be done." },
    IN_PROGRESS: { value: "in_progress", description: "Somebody works on it." },
    DONE: { value: "done", description: "It is done." },
    CLOSED: { value: "closed", description: "It will not be done." },
  } as const,
});

export const Progress = builder.prismaNode("TaskProgress", {
  name: "Progress",
  id: { resolve: ({ id }) => id },
  findUnique: byId,
  description:
    "How far the team has come with something that a customer wrote about: all that is told of a task to whoever sees no tasks.",
  fields: (t) => ({
    step: t.field({ type: ProgressStep, description: "How far.", resolve: ({ step }) => step }),
    changedAt: t.field({ type: "DateTime", description: "Since when.", resolve: ({ changedAt }) => changedAt }),
  }),
});

loadNode("Progress", async (actor, id) => {
  if (!isId(id)) return null;
  const where = { workspaceId_id: { workspaceId: actor.workspaceId, id } };
  const found = await prisma().taskProgress.findUnique({ where });
  return found && (await findPlace(actor, found.conversationId)) ? found : null;
});

builder.prismaObjectField(Conversation, "progress", (t) =>
  t.field({
    type: [Progress],
    description: `How far the team has come with each task that was made from a message in it that the customer sees, the oldest first; the newest ${MOST_PROGRESS} of them. Empty in rooms.`,
    extensions: { cost: 2, rows: 3 },
    resolve: ({ id }, _args, context) => loadProgress(context, id),
  }),
);

showEvent<LoggedEvent<"progress.changed">>("progress.changed", "ProgressChanged").implement({
  description: "The team has begun with something that the customer wrote about, has come further with it, or is done.",
  interfaces: [Event],
  fields: (t) => ({
    progress: t.prismaField({
      type: Progress,
      description: "How far it has come by now, perhaps later than the event.",
      resolve: (query, { workspaceId, payload: { progressId: id } }) =>
        prisma().taskProgress.findUniqueOrThrow({ ...query, where: { workspaceId_id: { workspaceId, id } } }),
    }),
  }),
});
