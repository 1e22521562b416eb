import type { TaskType } from "../../../prisma/generated/client/client.ts";
import { commandResults } from "../../../words/command-results.ts";
import { done } from "../../kernel/outcome.ts";
import { createTask } from "../../tasks/actions/create-task.ts";
import { type Named, optional } from "../argument.ts";
import { type Command, defineCommand } from "../command.ts";
import { chooseProject, suggestProjects } from "../choose-project.ts";
import { readSource } from "../read-source.ts";
import { keyOf } from "../read-tasks.ts";
import { project, text } from "../word-arguments.ts";

/** `/task OPS Mend the lamp`: makes one, of the message that says so, or of what a customer wrote last. */
export const task = makes("task", { en: "task", ru: "задача" }, { en: "Make a task.", ru: "Создать задачу." });

/** `/bug The lamp flickers`. */
export const bug = makes("bug", { en: "bug", ru: "ошибка" }, { en: "Make a bug.", ru: "Создать ошибку." });

/** `/epic New lamps`. */
export const epic = makes("epic", { en: "epic", ru: "эпик" }, { en: "Make an epic.", ru: "Создать эпик." });

function makes(type: TaskType, name: Named, help: Named): Command {
  return defineCommand({
    name,
    args: { project: optional(project({ en: "KEY", ru: "КЛЮЧ" })), title: text({ en: "title", ru: "заголовок" }) },
    help,
    suggests: { project: suggestProjects },
    locks: "project",
    where: ["support", "channel", "group", "direct", "task"],
    run: async (context, said) => {
      const { actor, clientId, locale } = context;
      const chosen = await chooseProject(context, said, name);
      if (!chosen.ok) return chosen;
      const { id: projectId, key, title } = chosen.value;
      const { messageId, isShown } = await readSource(context);
      const source = messageId === null ? {} : { sourceMessageId: messageId };
      const made = await createTask(actor, { clientId, projectId, type, title, ...source });
      if (!made.ok) return made;
      const told = { key, made: await keyOf(context, made.value.taskId), title, isShown };
      return done(commandResults[locale].made(type, told));
    },
  });
}
