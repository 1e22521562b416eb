import { builder } from "../kernel/builder.ts";
import type { WorkflowState as StateRow } from "./workflow.ts";

export const StateGroup = builder.enumType("StateGroup", {
  description: "What a state means, whatever a project calls it.",
  values: {
    TRIAGE: { value: "triage", description: "It has to be looked at first." },
    BACKLOG: { value: "backlog", description: "It may be done one day." },
    UNSTARTED: { value: "unstarted", description: "It is to be done." },
    STARTED: { value: "started", description: "Somebody works on it." },
    COMPLETED: { value: "completed", description: "It is done." },
    CANCELLED: { value: "cancelled", description: "It will not be done." },
  } as const,
});

export const WorkflowState = builder.objectRef<StateRow>("WorkflowState").implement({
  description: "Where tasks of a project stand: a column of its board.",
  fields: (t) => ({
    // Not `id`: a state is known by it in its project alone.
    key: t.string({
      description: "A short word of a-z, 0-9 and hyphens that stays while its name changes.",
      resolve: ({ id }) => id,
    }),
    name: t.exposeString("name", { description: "What it is called, 1 to 40 characters." }),
    group: t.field({ type: StateGroup, description: "What it means.", resolve: ({ group }) => group }),
    limit: t.int({
      nullable: true,
      description: "How many tasks should stand there at most; null: any number. More are shown as too many.",
      resolve: ({ limit }) => limit ?? null,
    }),
  }),
});
