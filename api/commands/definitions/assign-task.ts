import { commandResults } from "../../../words/command-results.ts";
import { listOf } from "../../../words/words.ts";
import { assignTask as assignTo } from "../../tasks/actions/assign-task.ts";
import { doneWith } from "../command-outcome.ts";
import { readPeople } from "../read-people.ts";
import { defineTaskCommand } from "../task-command.ts";
import { mentions } from "../word-arguments.ts";

/** `/assign @ann @ben`: it is theirs, beside whose it was. */
export const assignTask = defineTaskCommand({
  name: { en: "assign", ru: "назначить" },
  args: { whom: mentions({ en: "who", ru: "кому" }) },
  help: { en: "Give the task to colleagues.", ru: "Поручить задачу коллегам." },
  example: { en: "/assign @ben @ann", ru: "/назначить @ben @ann" },
  among: "conversation",
  run: async (context, { whom }) => {
    const people = await readPeople(context, whom, "conversation");
    if (!people.ok) return people;
    const { actor, task, locale } = context;
    const add = people.value.map(({ id }) => id);
    const names = people.value.map(({ name }) => name);
    const effect = commandResults[locale].assignTask(listOf(locale, names));
    return doneWith(await assignTo(actor, { taskId: task.taskId, add, remove: [] }), effect);
  },
});
