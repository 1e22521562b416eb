import { commandResults } from "../../../words/command-results.ts";
import { taskWords } from "../../../words/tasks.ts";
import { listOf } from "../../../words/words.ts";
import { done } from "../../kernel/outcome.ts";
import { linkTasks } from "../../tasks/actions/link-tasks.ts";
import { optional } from "../argument.ts";
import { choice } from "../choice.ts";
import { readTasks } from "../read-tasks.ts";
import { defineTaskCommand } from "../task-command.ts";
import { keys } from "../word-arguments.ts";

/** What a link is called, as the task says it of itself. */
const kind = choice(
  { en: "kind", ru: "связь" },
  {
    blocks: ["blocks", "блокирует"],
    blocked_by: ["blocked by", "ждёт", "waits for", "заблокирована"],
    relates: ["relates to", "связана с", "relates", "связана"],
    duplicates: ["duplicates", "повторяет"],
    duplicated_by: ["duplicated by", "повторена в"],
  },
);

/** `/link blocks OPS-7`; without a kind they are related. */
export const link = defineTaskCommand({
  name: { en: "link", ru: "связать" },
  aliases: ["связь"],
  args: { kind: optional(kind), tasks: keys({ en: "OPS-7", ru: "OPS-7" }) },
  help: { en: "Link the task to others.", ru: "Связать задачу с другими." },
  example: { en: "/link blocks OPS-7", ru: "/связать блокирует OPS-7" },
  locks: "workspace",
  run: async (context, { kind: side, tasks: said }) => {
    const { actor, task, locale } = context;
    const others = await readTasks(context, said);
    if (!others.ok) return others;
    for (const { id: otherId } of others.value) {
      const linked = await linkTasks(actor, { taskId: task.taskId, kind: side ?? "relates", otherId, isOn: true });
      if (!linked.ok) return linked;
    }
    const words = taskWords[locale].links[side ?? "relates"].toLowerCase();
    return done(commandResults[locale].link(`${words} ${listOf(locale, said)}`));
  },
});
