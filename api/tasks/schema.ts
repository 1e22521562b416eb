import type { Message as MessageRow, Task as TaskRow } from "../../prisma/generated/client/client.ts";
import { Conversation, Message } from "../chat/schema.ts";
import { actorOf, badInput, builder, localId, workspaceOf } from "../kernel/builder.ts";
import { perRequest } from "../kernel/loader.ts";
import { loadNode } from "../kernel/schema.ts";
import { dateOf } from "./due.ts";
import { findMade, findSources, findTask, findTaskByKey, MOST_MADE } from "./queries.ts";
import { StateGroup, WorkflowState } from "./state-schema.ts";
import { keyOfTask } from "./task.ts";
import { stateOf, workflowOf } from "./workflow.ts";

const loadSource = perRequest<MessageRow | null>(async (context, ids) => {
  const actor = actorOf(context);
  return actor.kind === "agent" ? findSources(actor, ids) : new Map();
}, null);
const loadMade = perRequest<TaskRow[]>(async (context, ids) => {
  const actor = actorOf(context);
  return actor.kind === "agent" ? findMade(actor, ids) : new Map();
}, []);

export const TaskType = builder.enumType("TaskType", {
  description: "What kind of thing there is to do.",
  values: {
    TASK: { value: "task", description: "Something to do." },
    BUG: { value: "bug", description: "Something is not as it should be; it has a severity." },
    EPIC: { value: "epic", description: "Something great, done by its subtasks." },
  } as const,
});

export const TaskPriority = builder.enumType("TaskPriority", {
  description: "How soon it should be done, beside others.",
  values: {
    NONE: { value: "none", description: "Nobody has said." },
    LOW: { value: "low", description: "When there is time." },
    NORMAL: { value: "normal", description: "In its turn." },
    HIGH: { value: "high", description: "Before others." },
    URGENT: { value: "urgent", description: "At once." },
  } as const,
});

export const TaskSeverity = builder.enumType("TaskSeverity", {
  description: "How bad a bug is.",
  values: {
    MINOR: { value: "minor", description: "It looks wrong." },
    MAJOR: { value: "major", description: "It works wrong." },
    CRITICAL: { value: "critical", description: "It does not work, or loses something." },
    BLOCKER: { value: "blocker", description: "Nothing goes on until it is gone." },
  } as const,
});

export const TaskDue = builder.objectRef<Pick<TaskRow, "dueAt" | "dueKind" | "dueZone">>("TaskDue").implement({
  description: "When a task is due: by the end of a date, or at an instant.",
  fields: (t) => ({
    at: t.field({
      type: "DateTime",
      description: "From when it is late; of a date its end, in its zone.",
      resolve: ({ dueAt }) => dueAt!,
    }),
    date: t.string({
      nullable: true,
      description: "The date, such as 2026-11-27; null where an instant was said.",
      resolve: ({ dueAt, dueKind, dueZone }) => dateOf({ at: dueAt!, kind: dueKind!, zone: dueZone! }),
    }),
    zone: t.string({ description: "The IANA time zone in which it was said.", resolve: ({ dueZone }) => dueZone! }),
  }),
});

export const Task = builder.prismaNode("Task", {
  id: { resolve: (task) => task.conversationId },
  findUnique: (id, context) => ({
    workspaceId_conversationId: { workspaceId: workspaceOf(context), conversationId: id },
  }),
  description:
    "Something there is to do, with a conversation of its own. Whoever sees its project sees it; customers never.",
  fields: (t) => ({
    key: t.string({
      description: "What people call it by: its project's key and its number, such as OPS-12.",
      select: { number: true, project: { select: { key: true } } },
      resolve: (task) => keyOfTask(task.project, task),
    }),
    number: t.exposeInt("number", { description: "Its number in its project, from 1." }),
    seq: t.exposeInt("version", {
      description: "How often it has been changed: of two pictures of it the later one has more.",
    }),
    type: t.field({ type: TaskType, description: "What kind of thing it is.", resolve: (task) => task.type }),
    title: t.exposeString("title", { description: "What there is to do: one line of 1 to 200 characters." }),
    description: t.exposeString("description", {
      description:
        "What more there is to say: up to 10,000 characters, shown as a subset of Markdown, never as markup.",
    }),
    state: t.field({
      type: WorkflowState,
      description: "Where it stands in its project's workflow.",
      select: { stateId: true, stateGroup: true, project: { select: { workflow: true } } },
      // Two statements: between them the workflow may have been changed, and the task moved with it.
      resolve: ({ stateId, stateGroup, project }) =>
        stateOf(workflowOf(project), stateId) ?? { id: stateId, name: stateId, group: stateGroup },
    }),
    group: t.field({ type: StateGroup, description: "What its state means.", resolve: (task) => task.stateGroup }),
    stateSince: t.field({
      type: "DateTime",
      description: "Since when it stands there.",
      resolve: (task) => task.stateAt,
    }),
    priority: t.field({
      type: TaskPriority,
      description: "How soon it should be done.",
      resolve: (task) => task.priority,
    }),
    severity: t.field({
      type: TaskSeverity,
      nullable: true,
      description: "How bad it is; null where nobody has said, and of what is no bug.",
      resolve: (task) => task.severity,
    }),
    due: t.field({
      type: TaskDue,
      nullable: true,
      description: "When it is due; null: at no time.",
      resolve: (task) => (task.dueAt ? task : null),
    }),
    estimateMinutes: t.exposeInt("estimateMinutes", {
      nullable: true,
      description: "How long it is thought to take, in minutes; null: nobody has said.",
    }),
    rank: t.exposeString("rank", {
      description: "Its place among the tasks of its state: compared byte by byte, ties by id.",
    }),
    createdBy: t.relation("createdBy", { description: "Who made it." }),
    createdAt: t.field({ type: "DateTime", description: "When it was made.", resolve: (task) => task.createdAt }),
    completedAt: t.field({
      type: "DateTime",
      nullable: true,
      description: "When it came to an end; null as long as it has not.",
      resolve: (task) => task.completedAt,
    }),
    conversation: t.relation("conversation", { description: "Where it is talked about." }),
    source: t.field({
      type: Message,
      nullable: true,
      description: "The message that it was made from; null if there is none, or it is not the caller's to see.",
      extensions: { perViewer: true },
      resolve: ({ sourceMessageId: id }, _args, context) => (id === null ? null : loadSource(context, id)),
    }),
  }),
});

loadNode("Task", findTask);

builder.prismaObjectField(Conversation, "task", (t) =>
  t.relation("task", { nullable: true, description: "The task that it is about; null for every other conversation." }),
);

builder.prismaObjectField(Conversation, "tasks", (t) =>
  t.field({
    type: [Task],
    description: `The tasks that were made from its messages, as far as the caller may see them, the newest first; up to ${MOST_MADE}. Empty to customers.`,
    extensions: { perViewer: true, cost: 5, rows: MOST_MADE },
    resolve: ({ id }, _args, context) => (context.readers === "staff" ? loadMade(context, id) : []),
  }),
);

builder.queryField("task", (t) =>
  t.field({
    type: Task,
    nullable: true,
    description: "The task with this id or key; null if there is none or it is not the caller's to see.",
    args: {
      id: t.arg.id({ required: false, description: "The task's id." }),
      key: t.arg.string({ required: false, description: "Or its key, such as OPS-12, in any case." }),
    },
    resolve: (_root, { id, key }, context): Promise<TaskRow | null> => {
      const actor = actorOf(context);
      if (typeof id === "string" && typeof key !== "string") return findTask(actor, localId("Task", id));
      if (typeof key === "string" && typeof id !== "string") return findTaskByKey(actor, key);
      throw badInput("Give `id` or `key`, one of them.");
    },
  }),
);
