import { commandResults } from "../../../words/command-results.ts";
import { watchTask } from "../../tasks/actions/watch-task.ts";
import { doneWith } from "../command-outcome.ts";
import { defineTaskCommand } from "../task-command.ts";

/** `/watch`: who writes it is told when others move the task or say something there, and of its date. */
export const watch = defineTaskCommand({
  name: { en: "watch", ru: "следить" },
  args: {},
  help: { en: "Be told of the task's moves, comments and date.", ru: "Узнавать о ходе задачи, комментариях и сроке." },
  example: { en: "/watch", ru: "/следить" },
  run: async ({ actor, task: { taskId }, locale }) =>
    doneWith(await watchTask(actor, { taskId, isWatching: true }), commandResults[locale].watch),
});

/** `/unwatch`: no more. */
export const unwatch = defineTaskCommand({
  name: { en: "unwatch", ru: "не-следить" },
  args: {},
  help: { en: "Be told of it no more.", ru: "Больше не следить за задачей." },
  example: { en: "/unwatch", ru: "/не-следить" },
  run: async ({ actor, task: { taskId }, locale }) =>
    doneWith(await watchTask(actor, { taskId, isWatching: false }), commandResults[locale].unwatch),
});
