import { commandResults } from "../../../words/command-results.ts";
import { listOf } from "../../../words/words.ts";
import { done } from "../../kernel/outcome.ts";
import { linkTasks } from "../../tasks/actions/link-tasks.ts";
import { LINK_SIDES } from "../../tasks/events.ts";
import { readTasks } from "../read-tasks.ts";
import { defineTaskCommand } from "../task-command.ts";
import { keys } from "../word-arguments.ts";

/** `/unlink OPS-7`: whatever links them. */
export const unlink = defineTaskCommand({
  name: { en: "unlink", ru: "отвязать" },
  args: { tasks: keys({ en: "OPS-7", ru: "OPS-7" }) },
  help: { en: "Take away what links the task to others.", ru: "Убрать связи задачи с другими." },
  example: { en: "/unlink OPS-7", ru: "/отвязать OPS-7" },
  locks: "workspace",
  run: async (context, { tasks: said }) => {
    const { actor, task, locale } = context;
    const others = await readTasks(context, said);
    if (!others.ok) return others;
    for (const { id: otherId } of others.value) {
      for (const kind of LINK_SIDES) {
        const unlinked = await linkTasks(actor, { taskId: task.taskId, kind, otherId, isOn: false });
        if (!unlinked.ok) return unlinked;
      }
    }
    return done(commandResults[locale].unlink(listOf(locale, said)));
  },
});
