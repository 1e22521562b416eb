import { commandResults } from "../../../words/command-results.ts";
import { taskWords } from "../../../words/tasks.ts";
import { updateTask } from "../../tasks/actions/update-task.ts";
import { choice } from "../choice.ts";
import { doneWith } from "../command-outcome.ts";
import { defineTaskCommand } from "../task-command.ts";

/** `/severity critical`: of a bug. */
export const severity = defineTaskCommand({
  name: { en: "severity", ru: "серьёзность" },
  args: {
    severity: choice(
      { en: "severity", ru: "серьёзность" },
      {
        none: ["none", "нет"],
        minor: ["minor", "незначительная"],
        major: ["major", "значительная"],
        critical: ["critical", "критическая"],
        blocker: ["blocker", "блокирующая"],
      },
    ),
  },
  help: { en: "Say how bad the bug is.", ru: "Указать, насколько ошибка серьёзна." },
  example: { en: "/severity critical", ru: "/серьёзность критическая" },
  run: async ({ actor, task: { taskId }, locale }, { severity: chosen }) => {
    const effect = commandResults[locale].severity(taskWords[locale].severities[chosen]);
    return doneWith(await updateTask(actor, { taskId, severity: chosen === "none" ? null : chosen }), effect);
  },
});
