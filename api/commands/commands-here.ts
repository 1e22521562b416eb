import { movesAt, type TaskPlace } from "../tasks/task-place.ts";
import { leadsFrom } from "../tasks/workflow.ts";
import type { Command } from "./command.ts";
import type { Known } from "./command-line.ts";
import { namesOf } from "./definition.ts";
import { moveCommand } from "./definitions/move.ts";
import type { Giving } from "./giving.ts";
import { fold } from "../kernel/nearest.ts";
import { commandsIn, isCommand } from "./registry.ts";

/** The commands of a place, as they are for who gives them there now. */
export type CommandsHere = {
  /** What is offered, in help's order: of a task's moves those that may be made. */
  offered: readonly Command[];
  /** The command of this name in either language; also that of a move which may not be made, and which says why not. */
  called: (name: string) => Command | undefined;
};

type Here = Pick<Giving, "kind" | "task">;

/** The commands of a conversation: those of its kind, and in a task's own one for each move of its workflow. */
export function commandsHere({ kind, task }: Here): CommandsHere {
  const standing = commandsIn(kind);
  const moves = task ? moveCommandsOf(task) : [];
  const named = [
    ...standing.flatMap((command) => namesOf(command).map((name) => [name, command] as const)),
    // An id is one move's alone; moves that start from different states may share a name.
    ...moves.map(({ command }) => [command.name.en, command] as const),
    ...moves.flatMap(({ command }) => namesOf(command).map((name) => [name, command] as const)),
  ];
  const byName = new Map(named.toReversed().map(([name, command]) => [fold(name), command]));
  const possible = moves.filter(({ isPossible }) => isPossible).map(({ command }) => command);
  return { offered: [...possible, ...standing], called: (name) => byName.get(fold(name)) };
}

/** What begins a command in a conversation: what is one here, and what is one elsewhere, which is told where. */
export function knownIn(here: Here): Known {
  const { called } = commandsHere(here);
  return (name) => called(name) !== undefined || isCommand(name);
}

/** Those that lead on from where the task stands come first, so that a shared name is theirs. */
function moveCommandsOf(task: TaskPlace) {
  const { moves } = task.workflow;
  const possible = new Set(movesAt(task).map(({ id }) => id));
  const { leading = [], others = [] } = Object.groupBy(moves, (move) =>
    leadsFrom(move, task.standing.stateId) ? "leading" : "others",
  );
  return [...leading, ...others].map((move) => ({
    command: moveCommand(move, task.workflow),
    isPossible: possible.has(move.id),
  }));
}
