import { isDeepStrictEqual } from "node:util";
import { applyMove } from "../../api/tasks/apply-move.ts";
import {
  hinderedMoves,
  leadsFrom,
  offeredMoves,
  type Priority,
  stateOf,
  type Workflow,
} from "../../api/tasks/workflow.ts";
import { type Dice, diceFor } from "../dice.ts";
import type { ProofOptions, Size } from "../options.ts";
import { type Tally, tell } from "../tally.ts";
import { shippedWorkflows, soundWorkflows } from "./checker.ts";
import { type ModelTask, moved, type Person, permitted } from "./model.ts";

const generated: Record<Size, number> = { full: 5_000, ci: 1_000, brief: 300 };
const STEPS = 60;
const ROLES = ["viewer", "member", "member", "member", "owner"] as const;
const people: Person[] = ROLES.map((role, index) => ({ id: `p${index}`, role }));

/**
 * Random people take a task through each workflow: at every step each is offered exactly what the model permits, all else
 * that leads on is refused with a reason, and the task stands where the table says.
 */
export function proveRules(tally: Tally, { seed, size }: ProofOptions): void {
  let steps = 0;
  const workflows = [...shippedWorkflows(), ...soundWorkflows(seed, generated[size])];
  for (const [index, workflow] of workflows.entries()) {
    const walk = walkThrough(workflow, diceFor(seed + index, "rules"));
    steps += walk.steps;
    tally.judge(walk.problem && `${walk.problem} in ${JSON.stringify(workflow)}`);
  }
  // A walk that never goes anywhere would hold for nothing.
  tally.expect("tasks move", steps > workflows.length * 5, steps);
  tell(`  ${workflows.length} workflows, ${steps} moves by the rules alone`);
}

function walkThrough(workflow: Workflow, dice: Dice): { steps: number; problem?: string } {
  let task: ModelTask = { state: workflow.start, assignees: new Set(), openSubtasks: 0, priority: "none" };
  let steps = 0;
  for (let step = 0; step < STEPS; step++) {
    if (dice.happens(0.3)) task = { ...task, openSubtasks: dice.between(0, 1) };
    if (dice.happens(0.3))
      task = { ...task, assignees: new Set(people.filter(() => dice.happens(0.3)).map(({ id }) => id)) };
    const person = dice.pick(people);
    const problem = problemFor(workflow, task, person);
    if (problem) return { steps, problem };
    const moves = permitted(workflow, task, person);
    if (moves.length === 0) continue;
    const moveId = dice.pick(moves);
    const after = moved(workflow, task, { moveId, person });
    if (!isDeepStrictEqual(after, applied(workflow, task, { moveId, person })))
      return { steps, problem: `${moveId} went astray` };
    if (!stateOf(workflow, after.state)) return { steps, problem: `${after.state} is no state` };
    task = after;
    steps++;
  }
  return { steps };
}

function problemFor(workflow: Workflow, task: ModelTask, person: Person): string | undefined {
  const standing = { stateId: task.state, assigneeIds: [...task.assignees], openSubtasks: task.openSubtasks };
  const mover = { agentId: person.id, role: person.role };
  const offered = offeredMoves(workflow, standing, mover).map(({ id }) => id);
  const expected = permitted(workflow, task, person);
  if (!isDeepStrictEqual(offered, expected)) return `${JSON.stringify({ task, person, offered, expected })}`;
  const hindered = hinderedMoves(workflow, standing, mover).map(({ move }) => move.id);
  const leading = workflow.moves.filter((move) => leadsFrom(move, task.state)).map(({ id }) => id);
  const told = [...offered, ...hindered].toSorted();
  return isDeepStrictEqual(told, leading.toSorted()) ? undefined : `${JSON.stringify({ told, leading })}`;
}

function applied(
  workflow: Workflow,
  task: ModelTask,
  { moveId, person }: { moveId: string; person: Person },
): ModelTask {
  const move = workflow.moves.find(({ id }) => id === moveId)!;
  const before = { stateId: task.state, assigneeIds: [...task.assignees], priority: task.priority as Priority };
  const { stateId, assigneeIds, priority } = applyMove(move, before, { agentId: person.id });
  return { ...task, state: stateId, assignees: new Set(assigneeIds), priority };
}
