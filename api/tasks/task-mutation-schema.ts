import type { Task as TaskRow } from "../../prisma/generated/client/client.ts";
import type { Refusal } from "../../words/refusals.ts";
import { actorOf, builder, type Context, localId } from "../kernel/builder.ts";
import { done, type Outcome, refuse } from "../kernel/outcome.ts";
import { Conflict, InvalidInput, NotFound, NotPermitted, unwrap } from "../kernel/user-error.ts";
import { assignTask } from "./actions/assign-task.ts";
import { createTask } from "./actions/create-task.ts";
import { rankTask } from "./actions/rank-task.ts";
import { updateTask } from "./actions/update-task.ts";
import { watchTask } from "./actions/watch-task.ts";
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

const UpdateTaskInput = builder.inputType("UpdateTaskInput", {
  description: "What of a task is to change; what is left out stays, and null takes away.",
  fields: (t) => ({
    taskId: t.id({ description: "Which." }),
    title: t.string({ required: false, description: "What there is to do: one line of 1 to 200 characters." }),
    description: t.string({
      required: false,
      description: "What more there is to say: up to 10,000 characters of Markdown.",
    }),
    type: t.field({ type: TaskType, required: false, description: "What kind of thing it is." }),
    priority: t.field({ type: TaskPriority, required: false, description: "How soon it should be done." }),
    severity: t.field({ type: TaskSeverity, required: false, description: "How bad it is; of a bug alone." }),
    due: t.field({ type: TaskDueInput, required: false, description: "When it is due." }),
    estimateMinutes: t.int({ required: false, description: "How long it is thought to take: 1 to 525,600 minutes." }),
    parentId: t.id({ required: false, description: "A task of the same project that it is a part of." }),
    expectedTitle: t.string({
      required: false,
      description: "The title that the caller saw, who gives another. If it is a third one by now, nothing is changed.",
    }),
    expectedDescription: t.string({
      required: false,
      description:
        "The description that the caller saw, who gives another. If it is a third one by now, nothing is changed.",
    }),
  }),
});

const AssignTaskInput = builder.inputType("AssignTaskInput", {
  description: "Whose a task shall be, and whose no more.",
  fields: (t) => ({
    taskId: t.id({ description: "Which." }),
    add: t.idList({ defaultValue: [], description: "Whose it shall be: of those who work on its project." }),
    remove: t.idList({ defaultValue: [], description: "Whose it shall be no more." }),
  }),
});

const RankTaskInput = builder.inputType("RankTaskInput", {
  description: "Where in its column a task shall stand.",
  fields: (t) => ({
    taskId: t.id({ description: "Which." }),
    beside: t.field({
      type: builder.inputType("TaskPlaceInput", {
        description: "A place beside another task of the same column, one of them.",
        isOneOf: true,
        fields: (f) => ({
          before: f.id({ required: false, description: "Right before this task." }),
          after: f.id({ required: false, description: "Right after this task." }),
        }),
      }),
      description: "Where.",
    }),
  }),
});

/** Mutations of no more than a task, by its id. */
// biome-ignore format: a table, aligned
const WATCHES = [
  { name: "watchTask",   title: "WatchTask",   isWatching: true,  description: "Lets the caller be told, by reminders, of a task's moves, of what is said there and of its date." },
  { name: "unwatchTask", title: "UnwatchTask", isWatching: false, description: "Lets the caller be told of it no more." },
] as const;

for (const { name, title, isWatching, description } of WATCHES) {
  const Input = builder.inputType(`${title}Input`, {
    description: "A task.",
    fields: (t) => ({ taskId: t.id({ description: "Which." }) }),
  });
  builder.mutationField(name, (t) =>
    t.field({
      type: taskPayload(title, "It is so now."),
      description: `${description} For whoever sees it.`,
      args: { input: t.arg({ type: Input, description: "Which." }) },
      errors: { types: [NotFound, NotPermitted, Conflict], union: taskResult(title) },
      resolve: async (_root, { input }, context) =>
        taskAfter(context, await watchTask(actorOf(context), { taskId: localId("Task", input.taskId), isWatching })),
    }),
  );
}

builder.mutationFields((t) => ({
  updateTask: t.field({
    type: taskPayload("UpdateTask", "It is so now."),
    description:
      "Changes what a task says, is and is a part of. What becomes no bug has no severity any more. For the project's members.",
    args: { input: t.arg({ type: UpdateTaskInput, description: "What is to change." }) },
    errors: { types: [InvalidInput, NotFound, NotPermitted, Conflict], union: taskResult("UpdateTask") },
    resolve: async (_root, { input }, context) => {
      const { taskId, title, description, type, priority, due, parentId, ...others } = input;
      const { expectedTitle, expectedDescription, ...nullable } = others;
      const updated = await updateTask(actorOf(context), {
        ...nullable,
        taskId: localId("Task", taskId),
        ...{ title: title ?? undefined, description: description ?? undefined },
        ...{ expectedTitle: expectedTitle ?? undefined, expectedDescription: expectedDescription ?? undefined },
        ...{ type: type ?? undefined, priority: priority ?? undefined, due: dueOf(due, context) },
        parentId: typeof parentId === "string" ? localId("Task", parentId) : parentId,
      });
      return taskAfter(context, updated);
    },
  }),
  assignTask: t.field({
    type: taskPayload("AssignTask", "It is theirs."),
    description:
      "Makes a task these people's and not those people's any more. Who gets it watches it from then on. For the project's members.",
    args: { input: t.arg({ type: AssignTaskInput, description: "Whose." }) },
    errors: { types: [InvalidInput, NotFound, NotPermitted, Conflict], union: taskResult("AssignTask") },
    resolve: async (_root, { input }, context) => {
      const agents = (ids: string[]) => ids.map((id) => localId("Agent", id));
      const [add, remove] = [agents(input.add), agents(input.remove)];
      return taskAfter(
        context,
        await assignTask(actorOf(context), { taskId: localId("Task", input.taskId), add, remove }),
      );
    },
  }),
  rankTask: t.field({
    type: taskPayload("RankTask", "It stands there."),
    description:
      "Puts a task right before or after another one of its column. Of two who put tasks into the same place at once each stands in one of its own. For the project's members.",
    args: { input: t.arg({ type: RankTaskInput, description: "Where." }) },
    errors: { types: [NotFound, NotPermitted, Conflict], union: taskResult("RankTask") },
    resolve: async (_root, { input: { taskId, beside } }, context) => {
      const side = typeof beside.before === "string" ? "before" : "after";
      const place = { taskId: localId("Task", taskId), besideId: localId("Task", beside[side]!), side } as const;
      return taskAfter(context, await rankTask(actorOf(context), place));
    },
  }),
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
