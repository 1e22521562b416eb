import type { TaskType } from "../../../prisma/generated/client/client.ts";
import { commandResults } from "../../../words/command-results.ts";
import { done } from "../../kernel/outcome.ts";
import { createTask } from "../../tasks/actions/create-task.ts";
import { optional } from "../argument.ts";
import { flag } from "../choice.ts";
import { type Command, defineCommand } from "../command.ts";
import { chooseProject, suggestProjects } from "../choose-project.ts";
import { readSource } from "../read-source.ts";
import { keyOf } from "../read-tasks.ts";
import { project, text } from "../word-arguments.ts";

const URGENT = { priority: "urgent" } as const;

/** `/task OPS Mend the lamp --urgent`: makes one, of the message that says so, or of what a customer wrote last. */
export const task = makes("task", {
  name: { en: "task", ru: "задача" },
  help: { en: "Make a task.", ru: "Создать задачу." },
  example: { en: "/task OPS Mend the lamp --urgent", ru: "/задача OPS Починить лампу --срочно" },
});

/** `/bug The lamp flickers`. */
export const bug = makes("bug", {
  name: { en: "bug", ru: "ошибка" },
  help: { en: "Make a bug.", ru: "Создать ошибку." },
  example: { en: "/bug The lamp flickers", ru: "/ошибка Лампа мигает" },
});

/** `/epic New lamps`. */
export const epic = makes("epic", {
  name: { en: "epic", ru: "эпик" },
  help: { en: "Make an epic.", ru: "Создать эпик." },
  example: { en: "/epic New lamps", ru: "/эпик Новые лампы" },
});

type Told = Pick<Command, "name" | "help" | "example">;

function makes(type: TaskType, told: Told): Command {
  return defineCommand({
    ...told,
    args: {
      project: optional(project({ en: "KEY", ru: "КЛЮЧ" })),
      title: text({ en: "title", ru: "заголовок" }),
      isUrgent: flag({ en: "urgent", ru: "срочно" }),
    },
    suggests: { project: suggestProjects },
    locks: "project",
    where: ["support", "channel", "group", "direct", "task"],
    run: async (context, said) => {
      const { actor, clientId, locale } = context;
      const { isUrgent } = said;
      const chosen = await chooseProject(context, said, told.name);
      if (!chosen.ok) return chosen;
      const { id: projectId, key, title } = chosen.value;
      const { messageId, isShown } = await readSource(context);
      const source = messageId === null ? {} : { sourceMessageId: messageId };
      const made = await createTask(actor, { clientId, projectId, type, title, ...source, ...(isUrgent && URGENT) });
      if (!made.ok) return made;
      const shown = { key, made: await keyOf(context, made.value.taskId), title, isUrgent, isShown };
      return done(commandResults[locale].made(type, shown));
    },
  });
}
