import { commandResults } from "../../../words/command-results.ts";
import { updateTask } from "../../tasks/actions/update-task.ts";
import { doneWith } from "../command-outcome.ts";
import { defineTaskCommand } from "../task-command.ts";
import { text } from "../word-arguments.ts";

/** `/title text`. */
export const title = defineTaskCommand({
  name: { en: "title", ru: "заголовок" },
  aliases: ["название"],
  args: { title: text({ en: "text", ru: "текст" }) },
  help: { en: "Give the task another title.", ru: "Изменить заголовок задачи." },
  example: { en: "/title Mend the lamp", ru: "/заголовок Починить лампу" },
  run: async ({ actor, task: { taskId }, locale }, { title: said }) =>
    doneWith(await updateTask(actor, { taskId, title: said }), commandResults[locale].title(said)),
});
