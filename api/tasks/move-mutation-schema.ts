import type { Task as TaskRow } from "../../prisma/generated/client/client.ts";
import { actorOf, builder, localId } from "../kernel/builder.ts";
import { Conflict, IllegalMove, InvalidInput, NotFound, NotPermitted } from "../kernel/user-error.ts";
import { moveTask } from "./actions/move-task.ts";
import { Task } from "./schema.ts";
import { taskAfter, taskResult } from "./task-mutation-schema.ts";

const MoveTaskInput = builder.inputType("MoveTaskInput", {
  description: "A move of a task.",
  fields: (t) => ({
    taskId: t.id({ description: "Which task." }),
    moveId: t.string({ description: "The key of the move: one of the task's `moves`." }),
    comment: t.string({
      required: false,
      description: "What there is to say about it: up to 10,000 characters, a message in the task's conversation.",
    }),
    expectedState: t.string({
      required: false,
      description: "The key of the state where the caller saw it. If it is elsewhere by now, nothing is done.",
    }),
  }),
});

const MoveTaskPayload = builder.objectRef<{ task: TaskRow; isMoved: boolean }>("MoveTaskPayload").implement({
  description: "It is there.",
  fields: (t) => ({
    task: t.field({ type: Task, description: "The task.", resolve: ({ task }) => task }),
    isMoved: t.exposeBoolean("isMoved", {
      description: "Whether it was moved by this; false where it was there already, and then nothing was said.",
    }),
  }),
});

builder.mutationField("moveTask", (t) =>
  t.field({
    type: MoveTaskPayload,
    description:
      "Moves a task by its project's workflow, with the move's effects, to the end of the new column. Being there already is no error. For whom the move is.",
    args: { input: t.arg({ type: MoveTaskInput, description: "Which, and how." }) },
    errors: { types: [InvalidInput, NotFound, NotPermitted, IllegalMove, Conflict], union: taskResult("MoveTask") },
    resolve: async (_root, { input: { taskId, moveId, comment, expectedState } }, context) => {
      const moved = await moveTask(actorOf(context), {
        ...{ taskId: localId("Task", taskId), moveId },
        ...{ comment: comment ?? undefined, expectedState: expectedState ?? undefined },
      });
      return { ...(await taskAfter(context, moved)), isMoved: moved.ok && moved.value.isMoved };
    },
  }),
);
