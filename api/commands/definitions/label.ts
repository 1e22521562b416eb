import { commandResults } from "../../../words/command-results.ts";
import { listOf } from "../../../words/words.ts";
import { labelTask } from "../../tasks/actions/label-task.ts";
import { doneWith } from "../command-outcome.ts";
import { readLabels, suggestLabels } from "../read-labels.ts";
import { defineTaskCommand, type TaskContext } from "../task-command.ts";
import { words } from "../word-arguments.ts";

const args = { labels: words({ en: "label", ru: "метка" }) };

/** `/label shop "very odd"`: marks the task with labels of its project. */
export const label = defineTaskCommand({
  name: { en: "label", ru: "метка" },
  args,
  help: { en: "Mark the task with labels.", ru: "Пометить задачу." },
  example: { en: '/label bug, "very odd"', ru: "/метка ошибка, «очень странная»" },
  suggests: { labels: suggestLabels },
  run: (context, { labels }) => changeLabels("label", labels, context),
});

/** `/unlabel shop`: takes labels off it. */
export const unlabel = defineTaskCommand({
  name: { en: "unlabel", ru: "снять-метку" },
  args,
  help: { en: "Take labels off the task.", ru: "Снять с задачи метки." },
  example: { en: "/unlabel bug", ru: "/снять-метку ошибка" },
  suggests: { labels: suggestLabels },
  run: (context, { labels }) => changeLabels("unlabel", labels, context),
});

async function changeLabels(verb: "label" | "unlabel", said: readonly string[], context: TaskContext) {
  const { actor, task, locale } = context;
  const labels = await readLabels(context, said);
  if (!labels.ok) return labels;
  const ids = labels.value.map(({ id }) => id);
  const names = labels.value.map(({ name }) => name);
  const [add, remove] = verb === "label" ? [ids, []] : [[], ids];
  const effect = commandResults[locale][verb](listOf(locale, names));
  return doneWith(await labelTask(actor, { taskId: task.taskId, add, remove }), effect);
}
