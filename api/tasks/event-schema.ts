import type { Agent as AgentRow, Task as TaskRow } from "../../prisma/generated/client/client.ts";
import { Event, findPerson, showEvent, typenameOf } from "../chat/event-schema.ts";
import { actorOf, builder } from "../kernel/builder.ts";
import { prisma } from "../kernel/database.ts";
import type { LoggedEvent } from "../kernel/log/event.ts";
import { Agent, Person } from "../people/schema.ts";
import { CHANGED } from "./events.ts";
import { findTask } from "./queries.ts";
import { Task } from "./schema.ts";

export type TaskLogged = LoggedEvent<
  "task.created" | "task.moved" | "task.changed" | "task.assigned" | "task.linked" | "task.ranked" | "task.notified"
>;

/** A task by its id, for an event of its own project. */
function taskOf(workspaceId: string, conversationId: string, query: object = {}): Promise<TaskRow> {
  const where = { workspaceId_conversationId: { workspaceId, conversationId } };
  return prisma().task.findUniqueOrThrow({ ...query, where });
}

/** Agents by their ids, in their order. */
async function agentsOf(workspaceId: string, ids: string[]): Promise<AgentRow[]> {
  const agents = await prisma().agent.findMany({ where: { workspaceId, id: { in: ids } } });
  return ids.flatMap((id) => agents.filter((agent) => agent.id === id));
}

export const TaskEvent = builder.interfaceRef<TaskLogged>("TaskEvent").implement({
  description: "Something that became of a task; told to staff alone.",
  resolveType: typenameOf,
  interfaces: [Event],
  fields: (t) => ({
    task: t.prismaField({
      type: Task,
      description: "The task as it is now, perhaps later than the event.",
      resolve: (query, { workspaceId, conversationId }) => taskOf(workspaceId, conversationId, query),
    }),
    parent: t.prismaField({
      type: Task,
      nullable: true,
      description: "The task that it is a part of now, whose progress may be another by it.",
      resolve: async (query, { workspaceId, conversationId }) => {
        const { parentId } = await taskOf(workspaceId, conversationId);
        return parentId === null ? null : taskOf(workspaceId, parentId, query);
      },
    }),
    by: t.field({
      type: Person,
      description: "Who did it.",
      resolve: ({ payload, workspaceId }) => findPerson(payload.by, workspaceId),
    }),
  }),
});

const interfaces = [Event, TaskEvent];

showEvent<LoggedEvent<"task.created">>("task.created", "TaskCreated").implement({
  description: "A task was made.",
  interfaces,
});

showEvent<LoggedEvent<"task.moved">>("task.moved", "TaskMoved").implement({
  description: "A task stands elsewhere in its workflow.",
  interfaces,
  fields: (t) => ({
    move: t.string({
      nullable: true,
      description: "The key of the move; null where the workflow itself was changed.",
      resolve: ({ payload }) => payload.moveId,
    }),
    // Not `from` and `to`: beside those of a ticket in one selection, GraphQL would refuse to merge them.
    fromState: t.string({
      description: "The key of the state where it stood.",
      resolve: ({ payload }) => payload.from,
    }),
    toState: t.string({ description: "The key of the state that it came to.", resolve: ({ payload }) => payload.to }),
  }),
});

const TaskField = builder.enumType("TaskField", {
  description: "What of a task may change.",
  values: Object.fromEntries(
    CHANGED.map((field) => [field.toUpperCase(), { value: field, description: `Its ${field}.` }]),
  ) as Record<Uppercase<(typeof CHANGED)[number]>, { value: (typeof CHANGED)[number]; description: string }>,
});

showEvent<LoggedEvent<"task.changed">>("task.changed", "TaskChanged").implement({
  description: "Something of a task is otherwise.",
  interfaces,
  fields: (t) => ({
    what: t.field({ type: [TaskField], description: "What.", resolve: ({ payload }) => payload.what }),
    previousParent: t.prismaField({
      type: Task,
      nullable: true,
      description: "Where its parent changed, the task that it was a part of until then; null for none.",
      resolve: (query, { workspaceId, payload: { parentId } }) =>
        parentId?.from ? taskOf(workspaceId, parentId.from, query) : null,
    }),
  }),
});

showEvent<LoggedEvent<"task.assigned">>("task.assigned", "TaskAssigned").implement({
  description: "A task is somebody else's.",
  interfaces,
  fields: (t) => ({
    added: t.field({
      type: [Agent],
      description: "Whose it is now and was not.",
      resolve: ({ workspaceId, payload }) => agentsOf(workspaceId, payload.added),
    }),
    removed: t.field({
      type: [Agent],
      description: "Whose it was and is no more.",
      resolve: ({ workspaceId, payload }) => agentsOf(workspaceId, payload.removed),
    }),
  }),
});

showEvent<LoggedEvent<"task.ranked">>("task.ranked", "TaskRanked").implement({
  description: "A task stands elsewhere among those of its state.",
  interfaces,
});

showEvent<LoggedEvent<"task.notified">>("task.notified", "TaskNotified").implement({
  description: "Some of those who watch a task are to be told of the move that was made just before.",
  interfaces,
  fields: (t) => ({
    people: t.field({
      type: [Agent],
      description: "Who; never whoever made the move.",
      resolve: ({ workspaceId, payload }) => agentsOf(workspaceId, payload.agentIds),
    }),
  }),
});

export const TaskLinkKind = builder.enumType("TaskLinkKind", {
  description: "How a task stands to another one.",
  values: {
    BLOCKS: { value: "blocks", description: "The other one waits for it." },
    BLOCKED_BY: { value: "blocked_by", description: "It waits for the other one." },
    RELATES: { value: "relates", description: "The two have to do with each other." },
    DUPLICATES: { value: "duplicates", description: "It is the same as the other one, which stays." },
    DUPLICATED_BY: { value: "duplicated_by", description: "The other one is the same, and this one stays." },
  } as const,
});

showEvent<LoggedEvent<"task.linked">>("task.linked", "TaskLinked").implement({
  description: "A task was linked to another one, or the link was taken away; told in both.",
  interfaces,
  fields: (t) => ({
    kind: t.field({
      type: TaskLinkKind,
      description: "How it stands to the other.",
      resolve: ({ payload }) => payload.kind,
    }),
    isOn: t.boolean({
      description: "Whether they are linked so from then on.",
      resolve: ({ payload }) => payload.isOn,
    }),
    other: t.field({
      type: Task,
      nullable: true,
      description: "The other task; null where it is not the caller's to see.",
      extensions: { perViewer: true },
      resolve: ({ payload }, _args, context) => findTask(actorOf(context), payload.toId),
    }),
  }),
});
