import { moveWords, stateWords } from "../../words/workflows.ts";
import type { Locale } from "../../words/words.ts";
import type { MoveEffect, Need, StateGroup, Workflow, WorkflowMove } from "./workflow.ts";

type StateId = keyof typeof stateWords;
type MoveId = keyof typeof moveWords;
type MoveRow<S> = {
  from: readonly S[] | "any";
  to: S;
  by: WorkflowMove["by"];
  needs: readonly Need[];
  effects: readonly MoveEffect[];
};
type Table<S extends StateId> = {
  start: NoInfer<S>;
  states: Record<S, { group: StateGroup; limit?: number }>;
  moves: Partial<Record<MoveId, MoveRow<NoInfer<S>>>>;
};

const take = { kind: "assign_mover" } as const;
const free = { kind: "unassign" } as const;
const tell = { kind: "notify_watchers" } as const;
const urgent = { kind: "set_priority", priority: "urgent" } as const;

/** A move to or from a state that is not among the table's does not compile. */
const table = <S extends StateId>(table: Table<S>) => table;

// biome-ignore format: a table, aligned
const kanban = table({
  start: "todo",
  states: {
    todo:      { group: "unstarted" },
    doing:     { group: "started" },
    done:      { group: "completed" },
    cancelled: { group: "cancelled" },
  },
  moves: {
    start:  { from: ["todo"],              to: "doing",     by: "member", needs: [],                effects: [take] },
    stop:   { from: ["doing"],             to: "todo",      by: "member", needs: [],                effects: [] },
    done:   { from: ["todo", "doing"],     to: "done",      by: "member", needs: ["subtasks_done"], effects: [] },
    cancel: { from: ["todo", "doing"],     to: "cancelled", by: "member", needs: [],                effects: [] },
    reopen: { from: ["done", "cancelled"], to: "todo",      by: "member", needs: [],                effects: [] },
  },
});

// biome-ignore format: a table, aligned
const engineering = table({
  start: "triage",
  states: {
    triage:    { group: "triage" },
    backlog:   { group: "backlog" },
    todo:      { group: "unstarted" },
    doing:     { group: "started" },
    waiting:   { group: "started" },
    review:    { group: "started", limit: 5 },
    testing:   { group: "started", limit: 5 },
    done:      { group: "completed" },
    duplicate: { group: "cancelled" },
    cancelled: { group: "cancelled" },
  },
  moves: {
    accept:      { from: ["triage"],                         to: "backlog",   by: "member",   needs: [],                           effects: [] },
    plan:        { from: ["triage", "backlog"],              to: "todo",      by: "member",   needs: [],                           effects: [] },
    start:       { from: ["triage", "backlog", "todo"],      to: "doing",     by: "member",   needs: [],                           effects: [take] },
    wait:        { from: ["doing", "review", "testing"],     to: "waiting",   by: "member",   needs: ["comment"],                  effects: [tell] },
    resume:      { from: ["waiting"],                        to: "doing",     by: "member",   needs: [],                           effects: [] },
    submit:      { from: ["doing"],                          to: "review",    by: "assignee", needs: ["assignee"],                 effects: [tell] },
    approve:     { from: ["review"],                         to: "testing",   by: "member",   needs: [],                           effects: [] },
    "send-back": { from: ["review", "testing"],              to: "doing",     by: "member",   needs: ["comment"],                  effects: [tell] },
    done:        { from: ["review", "testing"],              to: "done",      by: "member",   needs: ["assignee", "subtasks_done"], effects: [tell] },
    stop:        { from: ["doing", "waiting"],               to: "backlog",   by: "member",   needs: [],                           effects: [free] },
    duplicate:   { from: ["triage", "backlog", "todo"],      to: "duplicate", by: "member",   needs: ["comment"],                  effects: [] },
    cancel:      { from: ["triage", "backlog", "todo", "doing", "waiting"], to: "cancelled", by: "member", needs: ["comment"],      effects: [tell] },
    reopen:      { from: ["done", "duplicate", "cancelled"], to: "backlog",   by: "member",   needs: ["comment"],                  effects: [tell] },
  },
});

// biome-ignore format: a table, aligned
const incident = table({
  start: "reported",
  states: {
    reported:      { group: "triage" },
    investigating: { group: "started" },
    fixing:        { group: "started" },
    watching:      { group: "started" },
    resolved:      { group: "completed" },
    closed:        { group: "completed" },
    "false-alarm": { group: "cancelled" },
  },
  moves: {
    start:   { from: ["reported"],                                to: "investigating", by: "member",   needs: [],                          effects: [take, urgent, tell] },
    fix:     { from: ["investigating", "watching"],               to: "fixing",        by: "member",   needs: ["assignee"],                effects: [tell] },
    wait:    { from: ["investigating", "fixing"],                 to: "watching",      by: "member",   needs: ["comment"],                 effects: [tell] },
    done:    { from: ["investigating", "fixing", "watching"],     to: "resolved",      by: "assignee", needs: ["assignee", "subtasks_done"], effects: [tell] },
    close:   { from: ["resolved"],                                to: "closed",        by: "owner",    needs: ["comment"],                 effects: [] },
    dismiss: { from: ["reported", "investigating"],               to: "false-alarm",   by: "member",   needs: ["comment"],                 effects: [tell] },
    reopen:  { from: ["watching", "resolved", "closed", "false-alarm"], to: "investigating", by: "member", needs: ["comment"],           effects: [urgent, tell] },
  },
});

// biome-ignore format: a table, aligned
const approval = table({
  start: "draft",
  states: {
    draft:     { group: "unstarted" },
    asked:     { group: "started" },
    approved:  { group: "started" },
    done:      { group: "completed" },
    refused:   { group: "cancelled" },
    cancelled: { group: "cancelled" },
  },
  moves: {
    ask:      { from: ["draft"],                     to: "asked",     by: "member", needs: [],                            effects: [tell] },
    approve:  { from: ["asked"],                     to: "approved",  by: "owner",  needs: [],                            effects: [tell] },
    refuse:   { from: ["asked"],                     to: "refused",   by: "owner",  needs: ["comment"],                   effects: [tell] },
    withdraw: { from: ["asked"],                     to: "draft",     by: "member", needs: [],                            effects: [] },
    done:     { from: ["approved"],                  to: "done",      by: "member", needs: ["assignee", "subtasks_done"], effects: [tell] },
    cancel:   { from: ["draft", "approved"],         to: "cancelled", by: "member", needs: ["comment"],                   effects: [tell] },
    reopen:   { from: ["done", "refused", "cancelled"], to: "draft",  by: "member", needs: [],                            effects: [] },
  },
});

/** The workflows that a project may begin with. */
export const SHIPPED = { kanban, engineering, incident, approval };
export type ShippedWorkflow = keyof typeof SHIPPED;

/** A shipped workflow as a project keeps it, its names in one language. */
export function shippedWorkflow(which: ShippedWorkflow, locale: Locale): Workflow {
  const { start, states, moves } = SHIPPED[which] as Table<StateId>;
  return {
    start,
    states: Object.entries(states).map(([id, row]) => ({ id, name: stateWords[id as StateId][locale], ...row })),
    moves: Object.entries(moves).map(([id, { from, needs, effects, ...row }]) => ({
      ...{ id, name: moveWords[id as MoveId][locale], ...row },
      ...{ from: from === "any" ? from : [...from], needs: [...needs], effects: [...effects] },
    })),
  };
}
