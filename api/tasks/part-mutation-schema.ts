import type { Label as LabelRow } from "../../prisma/generated/client/client.ts";
import type { Refusal } from "../../words/refusals.ts";
import { actorOf, builder, type Context, localId } from "../kernel/builder.ts";
import { done, type Outcome, refuse } from "../kernel/outcome.ts";
import { Conflict, InvalidInput, NotFound, NotPermitted, unwrap } from "../kernel/user-error.ts";
import { addChecklistItem } from "./actions/add-checklist-item.ts";
import { createLabel } from "./actions/create-label.ts";
import { deleteLabel } from "./actions/delete-label.ts";
import { labelTask } from "./actions/label-task.ts";
import { linkTasks } from "./actions/link-tasks.ts";
import { removeChecklistItem } from "./actions/remove-checklist-item.ts";
import { updateChecklistItem } from "./actions/update-checklist-item.ts";
import { updateLabel } from "./actions/update-label.ts";
import { TaskLinkKind } from "./event-schema.ts";
import { findLabel } from "./part-queries.ts";
import { Label, LabelColour } from "./part-schema.ts";
import { taskAfter, taskPayload, taskResult } from "./task-mutation-schema.ts";

function labelPayload(title: string, description: string) {
  return builder.objectRef<{ label: LabelRow }>(`${title}Payload`).implement({
    description,
    fields: (t) => ({ label: t.field({ type: Label, description: "The label.", resolve: ({ label }) => label }) }),
  });
}

/** The label as it is after an action, to whoever still sees its project. */
async function labelAfter(context: Context, outcome: Outcome<{ labelId: string }, Refusal>) {
  const { labelId } = unwrap(outcome, context.locale);
  const label = await findLabel(actorOf(context), labelId);
  return unwrap(label ? done({ label }) : refuse("label_not_found"), context.locale);
}

function labelResult(title: string) {
  return { name: `${title}Result`, description: "The label, or why not." };
}

const CreateLabelInput = builder.inputType("CreateLabelInput", {
  description: "A label to be made.",
  fields: (t) => ({
    clientId: t.string({ description: "1 to 64 characters of A-Z, a-z, 0-9, _ and -; a retry gives the same one." }),
    projectId: t.id({ description: "Where." }),
    name: t.string({ description: "The word, 1 to 40 characters." }),
    colour: t.field({ type: LabelColour, defaultValue: "grey", description: "How it looks." }),
  }),
});

const UpdateLabelInput = builder.inputType("UpdateLabelInput", {
  description: "What of a label is to change; what is left out stays.",
  fields: (t) => ({
    labelId: t.id({ description: "Which." }),
    name: t.string({ required: false, description: "The word, 1 to 40 characters." }),
    colour: t.field({ type: LabelColour, required: false, description: "How it looks." }),
  }),
});

const DeleteLabelInput = builder.inputType("DeleteLabelInput", {
  description: "A label to do away with.",
  fields: (t) => ({ labelId: t.id({ description: "Which." }) }),
});

const DeleteLabelPayload = builder.objectRef<{ labelId: string }>("DeleteLabelPayload").implement({
  description: "No task has it any more.",
  fields: (t) => ({
    labelId: t.globalID({ description: "The id that it had.", resolve: ({ labelId: id }) => ({ type: "Label", id }) }),
  }),
});

const LabelTaskInput = builder.inputType("LabelTaskInput", {
  description: "What a task shall be marked with, and what no more.",
  fields: (t) => ({
    taskId: t.id({ description: "Which." }),
    add: t.idList({ defaultValue: [], description: "Labels of its project that it shall have." }),
    remove: t.idList({ defaultValue: [], description: "Labels that it shall have no more." }),
  }),
});

const AddChecklistItemInput = builder.inputType("AddChecklistItemInput", {
  description: "A line for a task's checklist.",
  fields: (t) => ({
    clientId: t.string({ description: "1 to 64 characters of A-Z, a-z, 0-9, _ and -; a retry gives the same one." }),
    taskId: t.id({ description: "Which task's." }),
    text: t.string({ description: "What it says: one line of 1 to 200 characters." }),
  }),
});

const UpdateChecklistItemInput = builder.inputType("UpdateChecklistItemInput", {
  description: "What of a line is to change; what is left out stays.",
  fields: (t) => ({
    itemId: t.id({ description: "Which." }),
    text: t.string({ required: false, description: "What it says: one line of 1 to 200 characters." }),
    isDone: t.boolean({ required: false, description: "Whether it is done." }),
    position: t.int({
      required: false,
      description: "Where in its list it stands, from 1; beyond the end is the end.",
    }),
  }),
});

const RemoveChecklistItemInput = builder.inputType("RemoveChecklistItemInput", {
  description: "A line to be taken off its checklist.",
  fields: (t) => ({ itemId: t.id({ description: "Which." }) }),
});

/** The two mutations of a link. */
// biome-ignore format: a table, aligned
const LINKING = [
  { name: "linkTasks",   title: "LinkTasks",   isOn: true,  description: "Links a task to another one, of any project that the caller sees. No task waits for itself, however many stand between." },
  { name: "unlinkTasks", title: "UnlinkTasks", isOn: false, description: "Takes a link away." },
] as const;

for (const { name, title, isOn, description } of LINKING) {
  const Input = builder.inputType(`${title}Input`, {
    description: "A task, and how it stands to another one.",
    fields: (t) => ({
      taskId: t.id({ description: "The task." }),
      kind: t.field({ type: TaskLinkKind, description: "How it stands to the other one." }),
      otherId: t.id({ description: "The other one." }),
    }),
  });
  builder.mutationField(name, (t) =>
    t.field({
      type: taskPayload(title, "It is so now, seen from both."),
      description: `${description} For the members of its project.`,
      args: { input: t.arg({ type: Input, description: "Which, and how." }) },
      errors: { types: [InvalidInput, NotFound, NotPermitted, Conflict], union: taskResult(title) },
      resolve: async (_root, { input: { kind, ...ids } }, context) => {
        const [taskId, otherId] = [localId("Task", ids.taskId), localId("Task", ids.otherId)];
        return taskAfter(context, await linkTasks(actorOf(context), { taskId, kind, otherId, isOn }));
      },
    }),
  );
}

builder.mutationFields((t) => ({
  createLabel: t.field({
    type: labelPayload("CreateLabel", "It is there, on no task yet."),
    description: "Makes a word that a project's tasks are marked with. For the project's owners.",
    args: { input: t.arg({ type: CreateLabelInput, description: "What it shall be." }) },
    errors: { types: [InvalidInput, NotFound, NotPermitted, Conflict], union: labelResult("CreateLabel") },
    resolve: async (_root, { input }, context) => {
      const projectId = localId("Project", input.projectId);
      return labelAfter(context, await createLabel(actorOf(context), { ...input, projectId }));
    },
  }),
  updateLabel: t.field({
    type: labelPayload("UpdateLabel", "It is so now, on all tasks that have it."),
    description: "Gives a label another name or colour. For the project's owners.",
    args: { input: t.arg({ type: UpdateLabelInput, description: "What is to change." }) },
    errors: { types: [InvalidInput, NotFound, NotPermitted, Conflict], union: labelResult("UpdateLabel") },
    resolve: async (_root, { input: { labelId, name, colour } }, context) => {
      const given = { name: name ?? undefined, colour: colour ?? undefined };
      return labelAfter(context, await updateLabel(actorOf(context), { labelId: localId("Label", labelId), ...given }));
    },
  }),
  deleteLabel: t.field({
    type: DeleteLabelPayload,
    description: "Does away with a label. For the project's owners.",
    args: { input: t.arg({ type: DeleteLabelInput, description: "Which." }) },
    errors: {
      types: [NotFound, NotPermitted, Conflict],
      union: { name: "DeleteLabelResult", description: "That it is gone, or why not." },
    },
    resolve: async (_root, { input }, context) =>
      unwrap(await deleteLabel(actorOf(context), { labelId: localId("Label", input.labelId) }), context.locale),
  }),
  labelTask: t.field({
    type: taskPayload("LabelTask", "It is marked so."),
    description: "Marks a task with labels of its project, and takes others off it. For the project's members.",
    args: { input: t.arg({ type: LabelTaskInput, description: "Which." }) },
    errors: { types: [InvalidInput, NotFound, NotPermitted, Conflict], union: taskResult("LabelTask") },
    resolve: async (_root, { input }, context) => {
      const labels = (ids: string[]) => ids.map((id) => localId("Label", id));
      const [add, remove] = [labels(input.add), labels(input.remove)];
      return taskAfter(
        context,
        await labelTask(actorOf(context), { taskId: localId("Task", input.taskId), add, remove }),
      );
    },
  }),
  addChecklistItem: t.field({
    type: taskPayload("AddChecklistItem", "It stands at the end of the list."),
    description: "Adds a line to a task's checklist. For the project's members.",
    args: { input: t.arg({ type: AddChecklistItemInput, description: "The line." }) },
    errors: { types: [InvalidInput, NotFound, NotPermitted, Conflict], union: taskResult("AddChecklistItem") },
    resolve: async (_root, { input }, context) =>
      taskAfter(context, await addChecklistItem(actorOf(context), { ...input, taskId: localId("Task", input.taskId) })),
  }),
  updateChecklistItem: t.field({
    type: taskPayload("UpdateChecklistItem", "It is so now."),
    description:
      "Changes what a line of a checklist says, whether it is done, and where it stands. For the project's members.",
    args: { input: t.arg({ type: UpdateChecklistItemInput, description: "What is to change." }) },
    errors: { types: [InvalidInput, NotFound, NotPermitted, Conflict], union: taskResult("UpdateChecklistItem") },
    resolve: async (_root, { input: { itemId, text, isDone, position } }, context) => {
      const given = { text: text ?? undefined, isDone: isDone ?? undefined, position: position ?? undefined };
      const item = { itemId: localId("ChecklistItem", itemId), ...given };
      return taskAfter(context, await updateChecklistItem(actorOf(context), item));
    },
  }),
  removeChecklistItem: t.field({
    type: taskPayload("RemoveChecklistItem", "It is gone."),
    description: "Takes a line off a checklist. For the project's members.",
    args: { input: t.arg({ type: RemoveChecklistItemInput, description: "Which." }) },
    errors: { types: [NotFound, NotPermitted, Conflict], union: taskResult("RemoveChecklistItem") },
    resolve: async (_root, { input }, context) => {
      const itemId = localId("ChecklistItem", input.itemId);
      return taskAfter(context, await removeChecklistItem(actorOf(context), { itemId }));
    },
  }),
}));
