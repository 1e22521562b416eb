import type {
  Agent as AgentRow,
  ChecklistItem as ItemRow,
  Label as LabelRow,
  Task as TaskRow,
} from "../../prisma/generated/client/client.ts";
import { actorOf, builder, byId, workspaceOf } from "../kernel/builder.ts";
import { perRequest } from "../kernel/loader.ts";
import { loadNode } from "../kernel/schema.ts";
import { Agent } from "../people/schema.ts";
import { MOST_ASSIGNEES } from "./actions/assign-task.ts";
import { MOST_ITEMS } from "./checklist.ts";
import { TaskLinkKind } from "./event-schema.ts";
import { COLOURS, MOST_LABELS, MOST_ON_TASK } from "./label.ts";
import { MOST_LINKS } from "./link.ts";
import {
  findAssignees,
  findChecklists,
  findItem,
  findLabel,
  findLabels,
  findLinks,
  findProgress,
  findSubtasks,
  findTaskLabels,
  findWatchers,
  type Link as LinkRow,
  MOST_SUBTASKS,
  MOST_WATCHERS,
  type Progress,
} from "./part-queries.ts";
import { Project } from "./project-schema.ts";
import { Task } from "./schema.ts";

const loadAssignees = perRequest<AgentRow[]>((context, ids) => findAssignees(workspaceOf(context), ids), []);
const loadWatchers = perRequest<AgentRow[]>((context, ids) => findWatchers(workspaceOf(context), ids), []);
const loadTaskLabels = perRequest<LabelRow[]>((context, ids) => findTaskLabels(workspaceOf(context), ids), []);
const loadChecklist = perRequest<ItemRow[]>((context, ids) => findChecklists(workspaceOf(context), ids), []);
const loadSubtasks = perRequest<TaskRow[]>((context, ids) => findSubtasks(workspaceOf(context), ids), []);
const loadProgress = perRequest<Progress | null>((context, ids) => findProgress(workspaceOf(context), ids), null);
const loadLabels = perRequest<LabelRow[]>((context, ids) => findLabels(workspaceOf(context), ids), []);
const loadLinks = perRequest<LinkRow[]>(async (context, ids) => {
  const actor = actorOf(context);
  return actor.kind === "agent" ? findLinks(actor, ids) : new Map();
}, []);

export const LabelColour = builder.enumType("LabelColour", {
  description: "The colours of labels: tokens of the design, each with a light and a dark shade.",
  values: Object.fromEntries(
    COLOURS.map((colour) => [colour.toUpperCase(), { value: colour, description: `The token ${colour}.` }]),
  ) as Record<Uppercase<(typeof COLOURS)[number]>, { value: (typeof COLOURS)[number]; description: string }>,
});

export const Label = builder.prismaNode("Label", {
  id: { resolve: (label) => label.id },
  findUnique: byId,
  description: "A word that tasks of a project are marked with.",
  fields: (t) => ({
    name: t.exposeString("name", { description: "The word, 1 to 40 characters; no other label's in its project." }),
    colour: t.field({
      type: LabelColour,
      description: "How it looks.",
      resolve: ({ colour }) => colour as (typeof COLOURS)[number],
    }),
  }),
});

export const ChecklistItem = builder.prismaNode("ChecklistItem", {
  id: { resolve: (item) => item.id },
  findUnique: byId,
  description: "A line of a task's checklist.",
  fields: (t) => ({
    text: t.exposeString("text", { description: "What it says: one line of 1 to 200 characters." }),
    isDone: t.exposeBoolean("isDone", { description: "Whether it is done." }),
    position: t.exposeInt("position", { description: "Where it stands in its list, from 1." }),
  }),
});

loadNode("Label", findLabel);
loadNode("ChecklistItem", findItem);

const TaskProgress = builder.objectRef<Progress>("TaskProgress").implement({
  description: "How far a task's parts are.",
  fields: (t) => ({
    total: t.exposeInt("total", { description: "How many there are, without those that will not be done." }),
    completed: t.exposeInt("completed", { description: "How many of them are done." }),
  }),
});

const TaskLink = builder.objectRef<LinkRow>("TaskLink").implement({
  description: "That a task has to do with another one.",
  fields: (t) => ({
    kind: t.field({ type: TaskLinkKind, description: "How it stands to the other one.", resolve: ({ kind }) => kind }),
    task: t.field({ type: Task, description: "The other one.", resolve: ({ other }) => other }),
  }),
});

/** Lists that are told whole, and lead nowhere: counted as long as they commonly are. */
const few = { extensions: { cost: 2, rows: 3 } };

builder.prismaObjectFields("Task", (t) => ({
  assignees: t.field({
    ...few,
    type: [Agent],
    description: `Whose it is, the longest first: up to ${MOST_ASSIGNEES}.`,
    resolve: ({ conversationId }, _args, context) => loadAssignees(context, conversationId),
  }),
  watchers: t.field({
    ...few,
    type: [Agent],
    description: `Who is told of its moves, of what is said there and of its date, the longest first; up to ${MOST_WATCHERS} of them.`,
    resolve: ({ conversationId }, _args, context) => loadWatchers(context, conversationId),
  }),
  labels: t.field({
    ...few,
    type: [Label],
    description: `What it is marked with, by name: up to ${MOST_ON_TASK}.`,
    resolve: ({ conversationId }, _args, context) => loadTaskLabels(context, conversationId),
  }),
  checklist: t.field({
    ...few,
    type: [ChecklistItem],
    description: `What belongs to it, in order: up to ${MOST_ITEMS} lines.`,
    resolve: ({ conversationId }, _args, context) => loadChecklist(context, conversationId),
  }),
  parent: t.relation("parent", { nullable: true, description: "The task that it is a part of; null for none." }),
  subtasks: t.field({
    // A task leads to others, and each of these to as many again: counted as full.
    extensions: { cost: 2, rows: MOST_SUBTASKS },
    type: [Task],
    description: `Its parts, by their numbers; up to ${MOST_SUBTASKS}.`,
    resolve: ({ conversationId }, _args, context) => loadSubtasks(context, conversationId),
  }),
  progress: t.field({
    type: TaskProgress,
    nullable: true,
    description: "How far its parts are; null where it has none.",
    extensions: { cost: 2 },
    resolve: ({ conversationId }, _args, context) => loadProgress(context, conversationId),
  }),
  links: t.field({
    type: [TaskLink],
    description: `The tasks that it has to do with, as far as the caller sees them, the oldest link first: up to ${MOST_LINKS}.`,
    extensions: { perViewer: true, cost: 3, rows: MOST_LINKS },
    resolve: ({ conversationId }, _args, context) => loadLinks(context, conversationId),
  }),
}));

builder.prismaObjectField(Project, "labels", (t) =>
  t.field({
    ...few,
    type: [Label],
    description: `The labels that its tasks may have, by name: up to ${MOST_LABELS}.`,
    resolve: ({ id }, _args, context) => loadLabels(context, id),
  }),
);
