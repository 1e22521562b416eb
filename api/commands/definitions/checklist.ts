import { commandResults } from "../../../words/command-results.ts";
import { addChecklistItem } from "../../tasks/actions/add-checklist-item.ts";
import { doneWith } from "../command-outcome.ts";
import { defineTaskCommand } from "../task-command.ts";
import { text } from "../word-arguments.ts";

/** `/checklist text`: one line more. */
export const checklist = defineTaskCommand({
  name: { en: "checklist", ru: "пункт" },
  args: { line: text({ en: "text", ru: "текст" }) },
  help: { en: "Add a line to the checklist.", ru: "Добавить строку в список дел." },
  example: { en: "/checklist Order the lamps", ru: "/пункт Заказать лампы" },
  run: async ({ actor, task: { taskId }, clientId, locale }, { line }) =>
    doneWith(await addChecklistItem(actor, { clientId, taskId, text: line }), commandResults[locale].checklist(line)),
});
