import { commandResults } from "../../../words/command-results.ts";
import { listOf } from "../../../words/words.ts";
import { assignTask as assignTo } from "../../tasks/actions/assign-task.ts";
import { optional } from "../argument.ts";
import { doneWith } from "../command-outcome.ts";
import { readPeople } from "../read-people.ts";
import { defineTaskCommand } from "../task-command.ts";
import { mentions } from "../word-arguments.ts";

/** `/unassign @ann`: it is hers no more; `/unassign`: it is nobody's. */
export const unassignTask = defineTaskCommand({
  name: { en: "unassign", ru: "снять" },
  args: { whom: optional(mentions({ en: "who", ru: "кого" })) },
  help: { en: "Take the task from colleagues, or from everybody.", ru: "Снять исполнителей: названных или всех." },
  example: { en: "/unassign @ben", ru: "/снять @ben" },
  among: "conversation",
  run: async (context, { whom }) => {
    const { actor, task, locale } = context;
    // Also who has left the project since.
    const people = await readPeople(context, whom ?? [], "workspace");
    if (!people.ok) return people;
    const remove = whom ? people.value.map(({ id }) => id) : task.standing.assigneeIds;
    const names =
      whom &&
      listOf(
        locale,
        people.value.map(({ name }) => name),
      );
    const effect = commandResults[locale].unassignTask(names);
    return doneWith(await assignTo(actor, { taskId: task.taskId, add: [], remove }), effect);
  },
});
