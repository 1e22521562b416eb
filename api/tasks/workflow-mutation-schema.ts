import { actorOf, builder, localId } from "../kernel/builder.ts";
import { UserErrorType } from "../kernel/schema.ts";
import { Conflict, InvalidInput, NotFound, NotPermitted, UserError } from "../kernel/user-error.ts";
import { updateWorkflow } from "./actions/update-workflow.ts";
import { readGivenWorkflow } from "./given-workflow.ts";
import { projectOf, projectPayload, projectResult } from "./mutation-schema.ts";
import { type ToldFault, WorkflowFault, WorkflowInput } from "./workflow-schema.ts";

/** A workflow that is refused for what is wrong with it. */
class WorkflowBroken extends UserError {
  faults: ToldFault[] = [];
}

builder.objectType(WorkflowBroken, {
  name: "WorkflowBroken",
  description: "The workflow does not make sense; nothing was changed.",
  interfaces: [UserErrorType],
  fields: (t) => ({
    faults: t.field({
      type: [WorkflowFault],
      description: "All that is wrong with it.",
      resolve: ({ faults }) => faults,
    }),
  }),
});

const StateGoesInput = builder.inputType("StateGoesInput", {
  description: "Where the tasks go of a state that is none any more.",
  fields: (t) => ({
    from: t.string({ description: "The key of the state that goes." }),
    to: t.string({ description: "The key of a state of the new workflow." }),
  }),
});

const UpdateWorkflowInput = builder.inputType("UpdateWorkflowInput", {
  description: "Another workflow for a project.",
  fields: (t) => ({
    projectId: t.id({ description: "Which project's." }),
    version: t.int({ description: "The `workflowVersion` that was edited. If it is another by now, nothing is done." }),
    workflow: t.field({ type: WorkflowInput, description: "The whole workflow." }),
    map: t.field({
      type: [StateGoesInput],
      defaultValue: [],
      description: "Where the tasks go of each state that goes; of one without tasks nothing need be said.",
    }),
  }),
});

builder.mutationField("updateWorkflow", (t) =>
  t.field({
    type: projectPayload("UpdateWorkflow", "Its tasks are moved so from now on."),
    description:
      "Gives a project another workflow, if it makes sense, and moves the tasks of states that go, all at once. For its owners.",
    args: { input: t.arg({ type: UpdateWorkflowInput, description: "Whose, and which." }) },
    errors: {
      types: [InvalidInput, NotFound, NotPermitted, Conflict, WorkflowBroken],
      union: projectResult("UpdateWorkflow"),
    },
    resolve: async (_root, { input: { projectId, workflow, ...input } }, context) => {
      const read = readGivenWorkflow(workflow);
      const updated = read.ok
        ? await updateWorkflow(actorOf(context), {
            ...{ ...input, projectId: localId("Project", projectId), workflow: read.value },
          })
        : read;
      if (read.ok && !updated.ok && "faults" in updated && updated.faults) {
        const broken = new WorkflowBroken(updated, context.locale);
        broken.faults = updated.faults.map((fault) => ({ ...fault, workflow: read.value }));
        throw broken;
      }
      return projectOf(context, updated);
    },
  }),
);
