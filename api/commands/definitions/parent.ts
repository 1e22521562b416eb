import { commandResults } from "../../../words/command-results.ts";
import { commandWords } from "../../../words/commands.ts";
import { updateTask } from "../../tasks/actions/update-task.ts";
import { doneWith, refuseSaying } from "../command-outcome.ts";
import { NONE, orNone } from "../or-none.ts";
import { readTasks } from "../read-tasks.ts";
import { defineTaskCommand } from "../task-command.ts";
import { key } from "../word-arguments.ts";

/** `/parent OPS-3`: the task is a part of that one; `/parent none`: of none. */
export const parent = defineTaskCommand({
  name: { en: "parent", ru: "часть" },
  args: { whole: orNone(key({ en: "OPS-3", ru: "OPS-3" })) },
  help: { en: "Make the task a part of another one.", ru: "Сделать задачу частью другой." },
  example: { en: "/parent OPS-3", ru: "/часть OPS-3" },
  locks: "project",
  run: async (context, { whole }) => {
    const { actor, task, locale } = context;
    const tasks = await readTasks(context, whole === NONE ? [] : [whole]);
    if (!tasks.ok) return tasks;
    const [above = null] = tasks.value;
    if (above && above.projectId !== task.project.id)
      return refuseSaying("task_not_found", commandWords[locale].parentElsewhere(whole));
    const effect = commandResults[locale].parent(above && whole);
    return doneWith(await updateTask(actor, { taskId: task.taskId, parentId: above?.id ?? null }), effect);
  },
});
