import { commandResults } from "../../../words/command-results.ts";
import { watchTask } from "../../tasks/actions/watch-task.ts";
import { doneWith } from "../command-outcome.ts";
import { defineTaskCommand } from "../task-command.ts";

/** `/watch`: who writes it is told of what becomes of the task. */
export const watch = defineTaskCommand({
  name: { en: "watch", ru: "следить" },
  args: {},
  help: { en: "Be told of what becomes of the task.", ru: "Узнавать, что происходит с задачей." },
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
