import { commandResults } from "../../../words/command-results.ts";
import { taskWords } from "../../../words/tasks.ts";
import { updateTask } from "../../tasks/actions/update-task.ts";
import { choice } from "../choice.ts";
import { doneWith } from "../command-outcome.ts";
import { defineTaskCommand } from "../task-command.ts";

/** `/priority high`. */
export const priority = defineTaskCommand({
  name: { en: "priority", ru: "важность" },
  aliases: ["приоритет"],
  args: {
    priority: choice(
      { en: "priority", ru: "важность" },
      {
        none: ["none", "нет"],
        low: ["low", "низкая", "низкий"],
        normal: ["normal", "обычная", "обычный"],
        high: ["high", "высокая", "высокий"],
        urgent: ["urgent", "срочная", "срочный", "срочно"],
      },
    ),
  },
  help: { en: "Say how much the task matters.", ru: "Указать важность задачи." },
  example: { en: "/priority high", ru: "/важность высокая" },
  run: async ({ actor, task: { taskId }, locale }, { priority: chosen }) => {
    const effect = commandResults[locale].priority(taskWords[locale].priorities[chosen]);
    return doneWith(await updateTask(actor, { taskId, priority: chosen }), effect);
  },
});
