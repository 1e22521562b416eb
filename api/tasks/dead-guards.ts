import { leadsFrom, stateOf, type Workflow, type WorkflowMove, type WorkflowState } from "./workflow.ts";

/**
 * The moves that are their assignees' to make, where nobody can be one: in each state that the move leads from, which is
 * not the start, whoever was assigned has just been taken off the task by whatever move led there. Only an owner could make it.
 *
 * The other guards can be met wherever a task stands. A comment is given with the move. Subtasks can be done: some task has
 * none, no task is its own ancestor, and that ends are reached is looked at elsewhere. A move that needs an assignee and is
 * every member's asks them to assign somebody first, which they may.
 */
export function findDeadGuards(workflow: Workflow): { move: WorkflowMove; state: WorkflowState }[] {
  const { states, moves, start } = workflow;
  // Any state may be the start as long as none is.
  if (!stateOf(workflow, start)) return [];
  const deserted = new Set(states.filter((state) => isDeserted(workflow, state)).map(({ id }) => id));
  return moves.flatMap((move) => {
    const sources = states.filter(({ id }) => leadsFrom(move, id));
    const isDead = move.by === "assignee" && sources.length > 0 && sources.every(({ id }) => deserted.has(id));
    return isDead ? [{ move, state: sources[0]! }] : [];
  });
}

/** Whether whatever comes to the state comes without assignees. */
function isDeserted({ states, moves, start }: Workflow, { id: stateId }: WorkflowState): boolean {
  const ways = moves.filter((move) => move.to === stateId && states.some(({ id }) => leadsFrom(move, id)));
  const desert = ({ effects }: WorkflowMove) => effects.some(({ kind }) => kind === "unassign");
  return stateId !== start && ways.length > 0 && ways.every(desert);
}
