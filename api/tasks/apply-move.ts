import type { Mover, Priority, Standing, WorkflowMove } from "./workflow.ts";

/** What a move changes about a task. */
export type Moved = Pick<Standing, "stateId" | "assigneeIds"> & { priority: Priority };

/** How the task stands after the move: in its new state, with the move's effects in their order. */
export function applyMove(move: WorkflowMove, task: Moved, mover: Pick<Mover, "agentId">): Moved {
  let { assigneeIds, priority } = task;
  for (const effect of move.effects) {
    if (effect.kind === "unassign") assigneeIds = [];
    if (effect.kind === "assign_mover") assigneeIds = [...new Set([...assigneeIds, mover.agentId])];
    if (effect.kind === "set_priority") priority = effect.priority;
  }
  return { stateId: move.to, assigneeIds, priority };
}
