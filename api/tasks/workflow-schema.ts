import { shippedWords } from "../../words/workflows.ts";
import { tellRefusal } from "../../words/refusals.ts";
import { actorOf, badInput, builder } from "../kernel/builder.ts";
import { checkWorkflow, type Fault } from "./check-workflow.ts";
import { readGivenWorkflow } from "./given-workflow.ts";
import { ShippedWorkflow } from "./mutation-schema.ts";
import { TaskPriority } from "./schema.ts";
import { SHIPPED, shippedWorkflow, type ShippedWorkflow as Shipped } from "./shipped-workflows.ts";
import { StateGroup, WorkflowState } from "./state-schema.ts";
import { tellFault } from "./tell-fault.ts";
import { type MoveEffect, type Workflow as Value, workflowOf, type WorkflowMove as MoveValue } from "./workflow.ts";

export const MoveBy = builder.enumType("MoveBy", {
  description: "Who makes a move. Owners of the project make all of them.",
  values: {
    MEMBER: { value: "member", description: "Everybody who may write in the project." },
    ASSIGNEE: { value: "assignee", description: "Whoever is assigned to the task." },
    OWNER: { value: "owner", description: "Owners of the project alone." },
  } as const,
});

export const MoveNeed = builder.enumType("MoveNeed", {
  description: "What must hold before a move.",
  values: {
    ASSIGNEE: { value: "assignee", description: "Somebody is assigned." },
    SUBTASKS_DONE: { value: "subtasks_done", description: "Each subtask has come to an end, if there are any." },
    COMMENT: { value: "comment", description: "Whoever makes it says something about it." },
  } as const,
});

export const MoveEffectKind = builder.enumType("MoveEffectKind", {
  description: "What happens with a move.",
  values: {
    ASSIGN_MOVER: { value: "assign_mover", description: "Whoever makes it is assigned, too." },
    UNASSIGN: { value: "unassign", description: "Nobody is assigned any more." },
    SET_PRIORITY: { value: "set_priority", description: "The task has another priority." },
    NOTIFY_WATCHERS: {
      value: "notify_watchers",
      description: "Those who watch the task are told anew, also where they have not looked at an earlier move of it.",
    },
  } as const,
});

const MoveEffectType = builder.objectRef<MoveEffect>("MoveEffect").implement({
  description: "Something that happens with a move.",
  fields: (t) => ({
    kind: t.field({ type: MoveEffectKind, description: "What.", resolve: ({ kind }) => kind }),
    priority: t.field({
      type: TaskPriority,
      nullable: true,
      description: "Which priority it sets; null of other kinds.",
      resolve: (effect) => (effect.kind === "set_priority" ? effect.priority : null),
    }),
  }),
});

const WorkflowMove = builder.objectRef<MoveValue>("WorkflowMove").implement({
  description: "A way from some states of a workflow to another one.",
  fields: (t) => ({
    key: t.string({ description: "A short word that stays; its command.", resolve: ({ id }) => id }),
    name: t.exposeString("name", { description: "What it is called, 1 to 40 characters." }),
    from: t.stringList({
      nullable: true,
      description: "The keys of the states that it leads from; null: from every other one.",
      resolve: ({ from }) => (from === "any" ? null : from),
    }),
    to: t.exposeString("to", { description: "The key of the state that it leads to." }),
    by: t.field({ type: MoveBy, description: "Who makes it.", resolve: ({ by }) => by }),
    needs: t.field({ type: [MoveNeed], description: "What must hold before it.", resolve: ({ needs }) => needs }),
    effects: t.field({
      type: [MoveEffectType],
      description: "What happens with it.",
      resolve: ({ effects }) => effects,
    }),
  }),
});

export const Workflow = builder.objectRef<Value>("Workflow").implement({
  description: "The states of a project's tasks and the moves between them.",
  fields: (t) => ({
    states: t.field({
      type: [WorkflowState],
      description: "Its states, in the order of columns.",
      extensions: { rows: 10 },
      resolve: ({ states }) => states,
    }),
    moves: t.field({
      type: [WorkflowMove],
      description: "Its moves, in the order in which they are offered.",
      extensions: { rows: 15 },
      resolve: ({ moves }) => moves,
    }),
    start: t.exposeString("start", { description: "The key of the state that tasks begin in." }),
  }),
});

builder.prismaObjectField("Project", "workflow", (t) =>
  t.field({ type: Workflow, description: "How its tasks are moved.", resolve: (project) => workflowOf(project) }),
);
builder.prismaObjectField("Project", "workflowVersion", (t) =>
  t.exposeInt("workflowVersion", {
    description: "Grows with every change of the workflow; to be given with the next.",
  }),
);

const ShippedWorkflowEntry = builder.objectRef<Shipped>("ShippedWorkflowEntry").implement({
  description: "A workflow that a project may begin with.",
  fields: (t) => ({
    which: t.field({ type: ShippedWorkflow, description: "Which.", resolve: (which) => which }),
    name: t.string({
      description: "What it is called, in the caller's language.",
      resolve: (which, _args, { locale }) => shippedWords[which].name[locale],
    }),
    about: t.string({
      description: "What it is for, in the caller's language.",
      resolve: (which, _args, { locale }) => shippedWords[which].about[locale],
    }),
    workflow: t.field({
      type: Workflow,
      description: "The workflow, its names in the caller's language.",
      resolve: (which, _args, { locale }) => shippedWorkflow(which, locale),
    }),
  }),
});

export type ToldFault = Fault & { workflow: Value };

export const WorkflowFault = builder.objectRef<ToldFault>("WorkflowFault").implement({
  description: "Something that is wrong with a workflow.",
  fields: (t) => ({
    kind: t.exposeString("kind", {
      description: "What kind of thing, in snake_case, as docs/workflows.md lists them. New ones may be added.",
    }),
    state: t.exposeString("stateId", { nullable: true, description: "The key of the state that it is about, if any." }),
    move: t.exposeString("moveId", { nullable: true, description: "The key of the move that it is about, if any." }),
    message: t.string({
      description: "In a sentence, in the caller's language.",
      resolve: ({ workflow, ...fault }, _args, { locale }) => tellFault(workflow, fault, locale),
    }),
  }),
});

const WorkflowStateInput = builder.inputType("WorkflowStateInput", {
  description: "A state of a workflow.",
  fields: (t) => ({
    key: t.string({
      description: "A short word of a-z, 0-9 and hyphens, a letter first; it stays while the name changes.",
    }),
    name: t.string({ description: "What it is called, 1 to 40 characters." }),
    group: t.field({ type: StateGroup, description: "What it means." }),
    limit: t.int({ required: false, description: "How many tasks should stand there at most: 1 to 999." }),
  }),
});

const MoveEffectInput = builder.inputType("MoveEffectInput", {
  description: "Something that happens with a move.",
  fields: (t) => ({
    kind: t.field({ type: MoveEffectKind, description: "What." }),
    priority: t.field({ type: TaskPriority, required: false, description: "Which priority it sets, if it does." }),
  }),
});

const WorkflowMoveInput = builder.inputType("WorkflowMoveInput", {
  description: "A move of a workflow.",
  fields: (t) => ({
    key: t.string({ description: "A short word of a-z, 0-9 and hyphens, a letter first; its command." }),
    name: t.string({ description: "What it is called, 1 to 40 characters." }),
    from: t.stringList({
      required: false,
      description: "The keys of the states that it leads from; every other one if left out.",
    }),
    to: t.string({ description: "The key of the state that it leads to." }),
    by: t.field({ type: MoveBy, defaultValue: "member", description: "Who makes it." }),
    needs: t.field({ type: [MoveNeed], defaultValue: [], description: "What must hold before it." }),
    effects: t.field({ type: [MoveEffectInput], defaultValue: [], description: "What happens with it." }),
  }),
});

export const WorkflowInput = builder.inputType("WorkflowInput", {
  description: "A workflow: 1 to 40 states, up to 120 moves.",
  fields: (t) => ({
    states: t.field({ type: [WorkflowStateInput], description: "Its states, in the order of columns." }),
    moves: t.field({ type: [WorkflowMoveInput], description: "Its moves, in the order in which they are offered." }),
    start: t.string({ description: "The key of the state that tasks begin in." }),
  }),
});

builder.queryFields((t) => ({
  shippedWorkflows: t.field({
    type: [ShippedWorkflowEntry],
    description: "The workflows that a project may begin with.",
    resolve: (_root, _args, context) => {
      actorOf(context);
      return Object.keys(SHIPPED) as Shipped[];
    },
  }),
  checkWorkflow: t.field({
    type: [WorkflowFault],
    description: "What is wrong with a workflow, which none of it changes; empty where it could be saved.",
    args: { workflow: t.arg({ type: WorkflowInput, description: "The workflow." }) },
    resolve: (_root, { workflow }, context) => {
      actorOf(context);
      const read = readGivenWorkflow(workflow);
      if (!read.ok) throw badInput(`${tellRefusal(read, context.locale)} (${read.path.slice(2).join(".")})`);
      return checkWorkflow(read.value).map((fault) => ({ ...fault, workflow: read.value }));
    },
  }),
}));
