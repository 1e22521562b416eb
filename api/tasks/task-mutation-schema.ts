import type { Task as TaskRow } from "../../prisma/generated/client/client.ts";
import type { Refusal } from "../../words/refusals.ts";
import { actorOf, builder, type Context, localId } from "../kernel/builder.ts";
import { done, type Outcome, refuse } from "../kernel/outcome.ts";
import { Conflict, InvalidInput, NotFound, NotPermitted, unwrap } from "../kernel/user-error.ts";
import { createTask } from "./actions/create-task.ts";
import type { Due } from "./due.ts";
import { findTask } from "./queries.ts";
import { Task, TaskPriority, TaskSeverity, TaskType } from "./schema.ts";

/** A payload with a task, as most mutations of one have. */
export function taskPayload(title: string, description: string) {
  return builder.objectRef<{ task: TaskRow }>(`${title}Payload`).implement({
    description,
    fields: (t) => ({ task: t.field({ type: Task, description: "The task.", resolve: ({ task }) => task }) }),
  });
}

/** The task as it is after an action, to whoever still sees it: a retry may come after they have left its project. */
export async function taskAfter(context: Context, outcome: Outcome<{ taskId: string }, Refusal>) {
  const { taskId } = unwrap(outcome, context.locale);
  const task = await findTask(actorOf(context), taskId);
  return unwrap(task ? done({ task }) : refuse("task_not_found"), context.locale);
}

/** What a mutation of a task answers. */
export function taskResult(title: string) {
  return { name: `${title}Result`, description: "The task, or why not." };
}

export const TaskDueInput = builder.inputType("TaskDueInput", {
  description: "When a task is due: by the end of a date or at an instant, one of them.",
  isOneOf: true,
  fields: (t) => ({
    date: t.field({
      type: builder.inputType("TaskDueDateInput", {
        description: "A date in a time zone.",
        fields: (f) => ({
          date: f.string({ description: "The date, as 2026-11-27; it counts until its end." }),
          zone: f.string({ required: false, description: "An IANA time zone; the caller's, if it is left out." }),
        }),
      }),
      required: false,
      description: "By the end of this date.",
    }),
    instant: t.field({
      type: builder.inputType("TaskDueInstantInput", {
        description: "An instant, said in a time zone.",
        fields: (f) => ({
          at: f.field({ type: "DateTime", description: "The instant." }),
          zone: f.string({ required: false, description: "An IANA time zone; the caller's, if it is left out." }),
        }),
      }),
      required: false,
      description: "At this instant.",
    }),
  }),
});

type GivenDue = {
  date?: { date: string; zone?: string | null } | null;
  instant?: { at: Date; zone?: string | null } | null;
};

/** When a task is due, as the actions take it; undefined where it is left out, null where it is taken away. */
export function dueOf(given: GivenDue | null | undefined, context: Context): Due | null | undefined {
  if (!given) return given;
  const actor = actorOf(context);
  const own = actor.kind === "agent" ? actor.zone : "UTC";
  const { date, instant } = given;
  if (date) return { date: date.date, zone: date.zone ?? own };
  return { at: instant!.at, zone: instant!.zone ?? own };
}

const CreateTaskInput = builder.inputType("CreateTaskInput", {
  description: "A task to be made.",
  fields: (t) => ({
    clientId: t.string({ description: "1 to 64 characters of A-Z, a-z, 0-9, _ and -; a retry gives the same one." }),
    projectId: t.id({ description: "Where." }),
    title: t.string({ description: "What there is to do: one line of 1 to 200 characters." }),
    description: t.string({
      defaultValue: "",
      description: "What more there is to say: up to 10,000 characters of Markdown.",
    }),
    type: t.field({ type: TaskType, defaultValue: "task", description: "What kind of thing it is." }),
    priority: t.field({ type: TaskPriority, defaultValue: "none", description: "How soon it should be done." }),
    severity: t.field({ type: TaskSeverity, required: false, description: "How bad it is; of a bug alone." }),
    due: t.field({ type: TaskDueInput, required: false, description: "When it is due." }),
    estimateMinutes: t.int({ required: false, description: "How long it is thought to take: 1 to 525,600 minutes." }),
    parentId: t.id({ required: false, description: "A task of the same project that it is a part of." }),
    sourceMessageId: t.id({
      required: false,
      description: "The message that it is made from, of any conversation that the caller sees.",
    }),
  }),
});

builder.mutationFields((t) => ({
  createTask: t.field({
    type: taskPayload("CreateTask", "It is there, at the end of the column where its project's workflow begins."),
    description:
      "Makes a task, with a conversation of its own, by itself or from a message of any conversation. Whoever makes it watches it. For the project's members.",
    args: { input: t.arg({ type: CreateTaskInput, description: "What there is to do." }) },
    errors: { types: [InvalidInput, NotFound, NotPermitted, Conflict], union: taskResult("CreateTask") },
    resolve: async (_root, { input }, context) => {
      const { projectId, parentId, sourceMessageId, due, severity, estimateMinutes, ...given } = input;
      const created = await createTask(actorOf(context), {
        ...given,
        projectId: localId("Project", projectId),
        severity: severity ?? null,
        due: dueOf(due, context) ?? null,
        estimateMinutes: estimateMinutes ?? null,
        ...(typeof parentId === "string" && { parentId: localId("Task", parentId) }),
        ...(typeof sourceMessageId === "string" && { sourceMessageId: localId("Message", sourceMessageId) }),
      });
      return taskAfter(context, created);
    },
  }),
}));
