import { z } from "zod";
import type { SpaceRole } from "../../prisma/generated/client/client.ts";
import { done, type Outcome, refuse } from "../kernel/outcome.ts";
import { isStorable } from "../kernel/text.ts";

/** What a state means, whatever a project calls it. The last two are ends. */
export const GROUPS = ["triage", "backlog", "unstarted", "started", "completed", "cancelled"] as const;
export type StateGroup = (typeof GROUPS)[number];

export const PRIORITIES = ["none", "low", "normal", "high", "urgent"] as const;
export type Priority = (typeof PRIORITIES)[number];

/** Who makes a move: anybody who may write, who is assigned, an owner. An owner may make all of them. */
export const MOVERS = ["member", "assignee", "owner"] as const;
/** What must hold before a move: somebody is assigned, no subtask is open, the mover says something about it. */
export const NEEDS = ["assignee", "subtasks_done", "comment"] as const;
export type Need = (typeof NEEDS)[number];

export const MOST_STATES = 40;
export const MOST_MOVES = 120;
const MOST_LIMIT = 999;

/** A short word that stays while names change; a move's is its command. */
const id = z
  .string()
  .max(32)
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);

const name = z
  .string()
  .transform((text) => text.trim().replace(/\s+/g, " "))
  .pipe(z.string().min(1).max(40).refine(isStorable));

const state = z.strictObject({
  id,
  name,
  group: z.enum(GROUPS),
  /** How many tasks its column should hold at most; more are shown as too many, and not refused. */
  limit: z.int().min(1).max(MOST_LIMIT).optional(),
});

const effect = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("assign_mover") }),
  z.strictObject({ kind: z.literal("unassign") }),
  z.strictObject({ kind: z.literal("set_priority"), priority: z.enum(PRIORITIES) }),
  z.strictObject({ kind: z.literal("notify_watchers") }),
]);

const move = z.strictObject({
  id,
  name,
  from: z.union([z.literal("any"), z.array(id).min(1).max(MOST_STATES)]),
  to: id,
  by: z.enum(MOVERS),
  needs: z.array(z.enum(NEEDS)).max(NEEDS.length),
  effects: z.array(effect).max(4),
});

const workflow = z.strictObject({
  states: z.array(state).min(1).max(MOST_STATES),
  moves: z.array(move).max(MOST_MOVES),
  start: id,
});

/** The states of a project's tasks, in the order of its columns, the moves between them, and where tasks begin. */
export type Workflow = z.infer<typeof workflow>;
export type WorkflowState = z.infer<typeof state>;
export type WorkflowMove = z.infer<typeof move>;
export type MoveEffect = z.infer<typeof effect>;

/** A workflow as somebody gives it, read; refuses what has another shape. Whether it makes sense is `checkWorkflow`'s to say. */
export function readWorkflow(given: unknown): Outcome<Workflow, "workflow_invalid"> {
  const read = workflow.safeParse(given);
  if (read.success) return done(read.data);
  const path = read.error.issues[0]!.path.map(String);
  return refuse("workflow_invalid", ["input", "workflow", ...path]);
}

/** The workflow of a project, as it was kept. */
export function workflowOf(project: { workflow: unknown }): Workflow {
  // Only `readWorkflow` makes what is kept: to parse each row again would be the dearest part of a list of tasks.
  return project.workflow as Workflow;
}

/** The state of this id; undefined: there is none. */
export function stateOf({ states }: Workflow, id: string): WorkflowState | undefined {
  return states.find((state) => state.id === id);
}

/** The move of this id; undefined: there is none. */
export function moveOf({ moves }: Workflow, id: string): WorkflowMove | undefined {
  return moves.find((move) => move.id === id);
}

/** The group of a state that tasks stand in. */
export function groupOf(workflow: Workflow, stateId: string): StateGroup {
  return stateOf(workflow, stateId)!.group;
}

/** Whether what stands in this group is done with, well or not. */
export function isEnd(group: StateGroup): boolean {
  return group === "completed" || group === "cancelled";
}

/** Whether the move takes a task from this state anywhere: not one that it leads to. */
export function leadsFrom({ from, to }: WorkflowMove, stateId: string): boolean {
  return stateId !== to && (from === "any" || from.includes(stateId));
}

/** How a task stands, as far as moves ask. */
export type Standing = { stateId: string; assigneeIds: readonly string[]; openSubtasks: number };

/** Who would move it; `role`: what they are in the project, where the workspace's owners and admins count as owners. */
export type Mover = { agentId: string; role: SpaceRole };

/** Of these moves the one by which a task is put into a state: one that asks for no comment first; undefined: none leads there. */
export function wayTo(stateId: string, moves: readonly WorkflowMove[]): WorkflowMove | undefined {
  const ways = moves.filter(({ to }) => to === stateId);
  return ways.find(({ needs }) => !needs.includes("comment")) ?? ways[0];
}

/** Why somebody may not make a move now. What needs a comment may be made: it is given with the move. */
export type MoveRefusal =
  | "not_permitted"
  | "task_move_impossible"
  | "task_move_by_owner"
  | "task_move_by_assignee"
  | "task_needs_assignee"
  | "task_needs_subtasks_done";

/** Why this person may not make the move now; undefined: they may. */
export function refuseMove(move: WorkflowMove, task: Standing, mover: Mover): MoveRefusal | undefined {
  if (mover.role === "viewer") return "not_permitted";
  if (!leadsFrom(move, task.stateId)) return "task_move_impossible";
  if (mover.role !== "owner" && move.by === "owner") return "task_move_by_owner";
  const isAssignee = task.assigneeIds.includes(mover.agentId);
  if (mover.role !== "owner" && move.by === "assignee" && !isAssignee) return "task_move_by_assignee";
  if (move.needs.includes("assignee") && task.assigneeIds.length === 0) return "task_needs_assignee";
  if (move.needs.includes("subtasks_done") && task.openSubtasks > 0) return "task_needs_subtasks_done";
  return undefined;
}

/** The moves that this person may make now, in the workflow's order. */
export function offeredMoves({ moves }: Workflow, task: Standing, mover: Mover): WorkflowMove[] {
  return moves.filter((move) => refuseMove(move, task, mover) === undefined);
}

/** The moves that lead from where the task stands and that this person may not make now, with why not. */
export function hinderedMoves({ moves }: Workflow, task: Standing, mover: Mover) {
  return moves
    .filter((move) => leadsFrom(move, task.stateId))
    .flatMap((move) => {
      const refusal = refuseMove(move, task, mover);
      return refusal ? [{ move, refusal }] : [];
    });
}
