import type { SpaceRole } from "../../prisma/generated/client/client.ts";
import type { Workflow } from "../../api/tasks/workflow.ts";

/** A task as the model has it: by hand, from the words of the workflow, and not by its rules. */
export type ModelTask = { state: string; assignees: Set<string>; openSubtasks: number; priority: string };
/** `role`: what they count as in the project. */
export type Person = { id: string; role: SpaceRole };
export type Attempt = { moveId: string; person: Person; hasComment?: boolean; expectedState?: string | undefined };

/** The ids of the moves that a person may make, worked out in the plainest way. */
export function permitted(workflow: Workflow, task: ModelTask, person: Person): string[] {
  const ids: string[] = [];
  for (const { id, from, to, by, needs } of workflow.moves) {
    const isHere = from === "any" ? task.state !== to : from.some((one) => one === task.state) && task.state !== to;
    const isTheirs =
      person.role === "owner" ||
      (person.role === "member" && (by === "member" || (by === "assignee" && task.assignees.has(person.id))));
    const isFulfilled = needs.every(
      (need) => ({ assignee: task.assignees.size > 0, subtasks_done: task.openSubtasks === 0, comment: true })[need],
    );
    if (isHere && isTheirs && isFulfilled) ids.push(id);
  }
  return ids;
}

/** What an attempt comes to: "moved", "same" where the task is there already, or the refusal; "guarded" stands for any guard's. */
export function verdictOn(workflow: Workflow, task: ModelTask, attempt: Attempt): string {
  const { moveId, person, hasComment, expectedState } = attempt;
  if (person.role === "viewer") return "not_permitted";
  const move = workflow.moves.find(({ id }) => id === moveId);
  if (!move) return "task_move_unknown";
  if (move.to === task.state) return "same";
  if (expectedState !== undefined && expectedState !== task.state) return "task_moved_meanwhile";
  if (!permitted(workflow, task, person).includes(moveId)) return "guarded";
  return move.needs.includes("comment") && !hasComment ? "task_needs_comment" : "moved";
}

/** The task after a move that somebody was permitted to make. */
export function moved(workflow: Workflow, task: ModelTask, { moveId, person }: Attempt): ModelTask {
  const { to, effects } = workflow.moves.find(({ id }) => id === moveId)!;
  const after = { ...task, state: to, assignees: new Set(task.assignees) };
  for (const effect of effects) {
    if (effect.kind === "unassign") after.assignees.clear();
    if (effect.kind === "assign_mover") after.assignees.add(person.id);
    if (effect.kind === "set_priority") after.priority = effect.priority;
  }
  return after;
}
