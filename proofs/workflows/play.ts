import { migrate } from "../../api/migrate.ts";
import type { AgentActor } from "../../api/kernel/actor.ts";
import { closeDatabase, openDatabase } from "../../api/kernel/database.ts";
import { useProjections } from "../../api/kernel/log/record.ts";
import type { Workflow } from "../../api/tasks/workflow.ts";
import { roster } from "../../api/roster.ts";
import { startThrowaway } from "../../launch/throwaway.ts";
import { type Dice, diceFor } from "../dice.ts";
import type { ProofOptions, Size } from "../options.ts";
import { type Tally, tell } from "../tally.ts";
import { shippedWorkflows, soundWorkflows } from "./checker.ts";
import { problemOf, problemOfHistory, problemOfOffers } from "./look.ts";
import { openCast, openPlay, type Scene } from "./scene.ts";
import { atOnce, byHand, change, changeMeanwhile, count, one, type Stepped } from "./steps.ts";

const generated: Record<Size, number> = { full: 1_000, ci: 40, brief: 6 };
const STEPS = 30;
/** Projects that are played in at once. */
const ABREAST = 4;

/**
 * Random people move tasks by every workflow, on a real database, one after another and at once, while owners change the
 * workflow: each is answered what a model says, each task stands where it says, and the history replays to it.
 */
export async function provePlay(tally: Tally, { seed, size }: ProofOptions): Promise<void> {
  const { postgres, stop } = await startThrowaway();
  try {
    await migrate(postgres.url);
    openDatabase({ url: postgres.url, connections: 12 });
    useProjections(roster.projections);
    const cast = await openCast();
    const workflows = [...shippedWorkflows(), ...soundWorkflows(seed, generated[size])];
    let [next, moves] = [0, 0];
    const playAll = async () => {
      while (next < workflows.length && tally.failed() === 0) {
        const index = next++;
        const played = await play(cast, { workflow: workflows[index]!, dice: diceFor(seed + index, "play"), index });
        moves += played.moves;
        tally.judge(played.problem && `seed ${seed}, workflow ${index}: ${played.problem}`);
      }
    };
    await Promise.all(Array.from({ length: ABREAST }, playAll));
    tally.expect("tasks are moved", tally.failed() > 0 || moves >= workflows.length * 5, moves);
    tell(`  ${workflows.length} workflows, ${moves} moves by six people on a database`);
  } finally {
    await closeDatabase();
    await stop();
  }
}

/** As often as they stand here. */
const deeds = [
  ...[...Array(12).fill(one), ...Array(4).fill(atOnce), ...Array(3).fill(changeMeanwhile), change, byHand, byHand],
] as (typeof one)[];

type Game = { workflow: Workflow; dice: Dice; index: number };

async function play(cast: AgentActor[], { workflow, dice, index }: Game): Promise<Stepped> {
  const scene = await openPlay(cast, `P${index}`, workflow);
  count(scene);
  let moves = 0;
  for (let step = 0; step < STEPS; step++) {
    const deed = dice.pick(deeds);
    const stepped = await deed(scene, dice);
    moves += stepped.moves;
    const problem = stepped.problem ?? (await problemAfter(scene, dice));
    if (problem)
      return { problem: `${deed.name} at step ${step}: ${problem} in ${JSON.stringify(scene.workflow)}`, moves };
  }
  for (const task of scene.tasks) {
    const problem = await problemOfHistory(task);
    if (problem) return { problem: `history: ${problem}`, moves };
  }
  return { moves };
}

/** All tasks are looked at, as one may have moved with another, and one person's moves. */
async function problemAfter(scene: Scene, dice: Dice): Promise<string | undefined> {
  for (const task of scene.tasks) {
    const problem = await problemOf(scene, task);
    if (problem) return problem;
  }
  return problemOfOffers(scene, dice.pick(scene.tasks), dice.pick(scene.players));
}
