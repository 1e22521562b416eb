import { commandResults } from "../../../words/command-results.ts";
import { commandWords } from "../../../words/commands.ts";
import { tellRefusal } from "../../../words/refusals.ts";
import { nameIn, namesOf } from "../../../words/workflows.ts";
import { moveTask } from "../../tasks/actions/move-task.ts";
import { movesAt, type TaskPlace } from "../../tasks/task-place.ts";
import { leadsFrom, stateOf, type WorkflowMove, type WorkflowState } from "../../tasks/workflow.ts";
import { done } from "../../kernel/outcome.ts";
import type { Asking, Offer } from "../command.ts";
import { doneWith, refuseSaying } from "../command-outcome.ts";
import { shown } from "../misread.ts";
import { fold, nearest } from "../../kernel/nearest.ts";
import { defineTaskCommand, type TaskContext } from "../task-command.ts";
import { usageOf } from "../usage.ts";
import { text } from "../word-arguments.ts";
import { moveCommand } from "./move.ts";

/** `/status in progress`: to this state, by the move that leads there. */
export const status = defineTaskCommand({
  name: { en: "status", ru: "статус" },
  args: { state: text({ en: "state", ru: "состояние" }) },
  help: { en: "Move the task to another state.", ru: "Перевести задачу в другое состояние." },
  example: { en: "/status in progress", ru: "/статус в работе" },
  suggests: { state: async (asking) => suggestStates(asking) },
  run: async (context, { state: said }) => {
    const { actor, task, clientId, locale } = context;
    const to = stateCalled(task, said);
    if (!to) return refuseState(context, said);
    const effect = commandResults[locale].moved(nameIn(locale, to.name));
    if (to.id === task.standing.stateId) return done(effect);
    const move = moveTo(task, to);
    if (!move) return refuseWay(context, to);
    const moved = await moveTask(actor, { taskId: task.taskId, moveId: move.id, clientId });
    if (moved.ok || moved.refusal !== "task_needs_comment") return doneWith(moved, effect);
    const usage = usageOf(moveCommand(move, task.workflow), locale);
    return refuseSaying(moved.refusal, `${tellRefusal(moved, locale)} ${commandWords[locale].written(usage)}`);
  },
});

function namesOfState({ id, name }: WorkflowState): string[] {
  return [id, ...namesOf(name)];
}

function stateCalled({ workflow }: TaskPlace, said: string): WorkflowState | undefined {
  return workflow.states.find((state) => namesOfState(state).some((name) => fold(name) === fold(said.trim())));
}

/** The move that leads there from where the task stands: of several one that may be made, if there is such. */
function moveTo(task: TaskPlace, to: WorkflowState): WorkflowMove | undefined {
  const ways = [...movesAt(task), ...task.workflow.moves.filter((move) => leadsFrom(move, task.standing.stateId))];
  return ways.find((move) => move.to === to.id);
}

/** Where the task may be moved now, by name. */
function statesAhead(task: TaskPlace): WorkflowState[] {
  const ahead = new Set(movesAt(task).map(({ to }) => to));
  return task.workflow.states.filter(({ id }) => ahead.has(id));
}

function refuseState({ task, locale }: TaskContext, said: string) {
  const near = nearest(said, task.workflow.states.flatMap(namesOfState));
  const names = statesAhead(task).map(({ name }) => nameIn(locale, name));
  return refuseSaying("argument_invalid", commandWords[locale].noState(shown(said), { near, names }));
}

function refuseWay({ task, locale }: TaskContext, to: WorkflowState) {
  const from = nameIn(locale, stateOf(task.workflow, task.standing.stateId)!.name);
  const names = statesAhead(task).map(({ name }) => nameIn(locale, name));
  return refuseSaying("task_move_impossible", commandWords[locale].noWay(from, { to: nameIn(locale, to.name), names }));
}

function suggestStates({ task, locale, typed }: Asking): Offer[] {
  const states = task ? statesAhead(task) : [];
  return states
    .filter((state) => namesOfState(state).some((name) => fold(name).startsWith(fold(typed))))
    .map(({ id, name }) => ({ text: nameIn(locale, name), detail: id }));
}
