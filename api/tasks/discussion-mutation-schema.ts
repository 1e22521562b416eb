import { actorOf, builder, localId } from "../kernel/builder.ts";
import { Conflict, ConversationClosed, InvalidInput, NotFound, NotPermitted } from "../kernel/user-error.ts";
import { turnIntoTask } from "./actions/turn-into-task.ts";
import { taskAfter, taskPayload, taskResult } from "./task-mutation-schema.ts";

const TurnIntoTaskInput = builder.inputType("TurnIntoTaskInput", {
  description: "A group that becomes a task.",
  fields: (t) => ({
    clientId: t.string({ description: "1 to 64 characters of A-Z, a-z, 0-9, _ and -; a retry gives the same one." }),
    conversationId: t.id({ description: "The group." }),
    projectId: t.id({ description: "Where it is a task." }),
    title: t.string({
      required: false,
      description: "What there is to do: one line of 1 to 200 characters. The group's name, if it is left out.",
    }),
  }),
});

builder.mutationField("turnIntoTask", (t) =>
  t.field({
    type: taskPayload("TurnIntoTask", "The group is a task now, and its conversation the task's."),
    description:
      "Lets a group become a task, with all that was said in it; who were in it watch it. Refused while somebody in the group is not in the project. For the group's owners, who are members of the project.",
    args: { input: t.arg({ type: TurnIntoTaskInput, description: "Which, and where." }) },
    errors: {
      types: [InvalidInput, NotFound, NotPermitted, Conflict, ConversationClosed],
      union: taskResult("TurnIntoTask"),
    },
    resolve: async (_root, { input: { conversationId, projectId, clientId, title } }, context) => {
      const turned = await turnIntoTask(actorOf(context), {
        ...{ clientId, title: title ?? undefined },
        conversationId: localId("Conversation", conversationId),
        projectId: localId("Project", projectId),
      });
      return taskAfter(context, turned);
    },
  }),
);
