import { assignTask } from "../../api/tasks/actions/assign-task.ts";
import { moveTask } from "../../api/tasks/actions/move-task.ts";
import { updateWorkflow } from "../../api/tasks/actions/update-workflow.ts";
import type { StateGoes } from "../../api/tasks/change-workflow.ts";
import { isEnd } from "../../api/tasks/workflow.ts";
import type { Dice } from "../dice.ts";
import { soundWorkflow } from "./generate.ts";
import { standingOf } from "./look.ts";
import { type Attempt, moved, permitted, verdictOn } from "./model.ts";
import { granted, type Played, type Player, type Scene } from "./scene.ts";

const GUARDED = [
  ...["task_move_impossible", "task_move_by_owner", "task_move_by_assignee"],
  ...["task_needs_assignee", "task_needs_subtasks_done"],
];

type Tried = Attempt & { person: Player };
/** What is wrong with a step, if anything, and how many moves it made. */
export type Stepped = { problem?: string | undefined; moves: number };

/** One person tries a move, mostly one that is theirs to make: it comes to what the model says. */
export async function one(scene: Scene, dice: Dice): Promise<Stepped> {
  const task = dice.pick(scene.tasks);
  const attempt = throwAttempt(scene, dice, task);
  const verdict = verdictOn(scene.workflow, task.model, attempt);
  const answer = await attemptIt(task, attempt);
  if (verdict === "moved") move(scene, task, attempt);
  const isRight = verdict === "guarded" ? GUARDED.includes(answer) : answer === verdict;
  return { problem: isRight ? undefined : told({ answer, verdict, attempt }), moves: Number(verdict === "moved") };
}

/**
 * Several try moves of one task at once, all having seen it where it stands: one of those who may wins, and each other is told
 * what they would have been alone, before that or after it.
 */
export async function atOnce(scene: Scene, dice: Dice): Promise<Stepped> {
  const task = dice.pick(scene.tasks);
  const count = dice.between(2, 5);
  const attempts = Array.from({ length: count }, () => ({
    ...throwAttempt(scene, dice, task),
    expectedState: task.model.state,
  }));
  const before = attempts.map((attempt) => verdictOn(scene.workflow, task.model, attempt));
  const answers = await Promise.all(attempts.map((attempt) => attemptIt(task, attempt)));
  const winners = [...answers.keys()].filter((index) => answers[index] === "moved");
  const problem = told({ attempts, before, answers });
  const mayWin = before.some((verdict) => verdict === "moved");
  if (winners.length !== Number(mayWin)) return { problem: `${winners.length} win: ${problem}`, moves: 0 };
  const [winner] = winners;
  if (winner === undefined) return { moves: 0 };
  if (before[winner] !== "moved") return { problem: `who may not wins: ${problem}`, moves: 0 };
  move(scene, task, attempts[winner]!);
  for (const [index, attempt] of attempts.entries()) {
    const after = verdictOn(scene.workflow, task.model, attempt);
    const allowed = [
      after,
      ...(before[index] === "guarded" ? GUARDED : [before[index] === "moved" ? after : before[index]]),
    ];
    if (index !== winner && !allowed.includes(answers[index]!)) return { problem: `${index}: ${problem}`, moves: 1 };
  }
  return { moves: 1 };
}

/** Somebody assigns people by hand and takes others off, who may work on the task. */
export async function byHand(scene: Scene, dice: Dice): Promise<Stepped> {
  const { id: taskId, model } = dice.pick(scene.tasks);
  const able = scene.players.filter(({ role }) => role !== "viewer");
  const [add, remove] = [0.3, 0.5].map((odds) => able.filter(() => dice.happens(odds)).map(({ id }) => id));
  granted(await assignTask(dice.pick(able).actor, { taskId, add: add!, remove: remove! }));
  for (const id of remove!) model.assignees.delete(id);
  for (const id of add!) model.assignees.add(id);
  return { moves: 0 };
}

/** An owner gives the project another workflow, and says where the tasks go of each state that goes. */
export async function change(scene: Scene, dice: Dice): Promise<Stepped> {
  const map = await changeTo(scene, dice);
  for (const { model } of scene.tasks) model.state = map.find(({ from }) => from === model.state)?.to ?? model.state;
  count(scene);
  return { moves: 0 };
}

/**
 * The same, while others move tasks: which came first is not known, and so the model takes over how the tasks stand. That
 * each is in a state of the new workflow, and that its history leads there, is looked at as ever.
 */
export async function changeMeanwhile(scene: Scene, dice: Dice): Promise<Stepped> {
  const attempts = scene.tasks.flatMap((task) =>
    [1, 2].map(() => ({ task, attempt: { ...throwAttempt(scene, dice, task), expectedState: undefined } })),
  );
  const answers = attempts.map(({ task, attempt }) => attemptIt(task, attempt));
  const [, ...said] = await Promise.all([changeTo(scene, dice), ...answers]);
  const broken = said.find((answer) => answer.startsWith("broke"));
  if (broken) return { problem: broken, moves: 0 };
  for (const task of scene.tasks) {
    const { state, priority, assignees } = await standingOf(task.id);
    if (!scene.workflow.states.some(({ id }) => id === state)) return { problem: `${state} is no state`, moves: 0 };
    task.model = { ...task.model, state, priority, assignees: new Set(assignees) };
  }
  count(scene);
  return { moves: 0 };
}

async function changeTo(scene: Scene, dice: Dice): Promise<StateGoes[]> {
  const after = soundWorkflow(dice);
  const gone = scene.workflow.states.filter(({ id }) => !after.states.some((state) => state.id === id));
  const map = gone.map(({ id: from }) => ({ from, to: dice.pick(after.states).id }));
  const owner = scene.players[0]!.actor;
  granted(await updateWorkflow(owner, { projectId: scene.projectId, version: scene.version, workflow: after, map }));
  scene.workflow = after;
  scene.version++;
  return map;
}

/** Mostly a move that the person may make; now and then any, or one of another workflow. */
function throwAttempt({ workflow, players }: Scene, dice: Dice, task: Played): Tried {
  const person = dice.pick(players);
  const own = permitted(workflow, task.model, person);
  const any = [...workflow.moves.map(({ id }) => id), "elsewhere"];
  const expectedState = dice.happens(0.3) ? dice.pick(workflow.states).id : undefined;
  const moveId = own.length > 0 && dice.happens(0.7) ? dice.pick(own) : dice.pick(any);
  return { person, moveId, expectedState, hasComment: dice.happens(0.7) };
}

/** What the server says to it: "moved", "same", the refusal, or how it broke. */
async function attemptIt(
  { id: taskId }: Played,
  { person, moveId, expectedState, hasComment }: Tried,
): Promise<string> {
  const comment = hasComment ? "Here it goes" : undefined;
  try {
    const outcome = await moveTask(person.actor, { taskId, moveId, comment, expectedState });
    return outcome.ok ? (outcome.value.isMoved ? "moved" : "same") : outcome.refusal;
  } catch (fault) {
    return `broke: ${(fault as Error).message}`;
  }
}

function move(scene: Scene, task: Played, attempt: Attempt): void {
  task.model = moved(scene.workflow, task.model, attempt);
  count(scene);
}

/** How many parts of each task are not at an end. */
export function count({ workflow, tasks }: Scene): void {
  const isOpen = ({ model }: Played) => !isEnd(workflow.states.find(({ id }) => id === model.state)!.group);
  for (const [place, task] of tasks.entries())
    task.model.openSubtasks = tasks.filter((part) => part.parent === place && isOpen(part)).length;
}

function told(what: { [key: string]: unknown }): string {
  return JSON.stringify(what, (key, value) =>
    key === "actor" ? undefined : value instanceof Set ? [...value] : value,
  );
}
