import { commandResults } from "../../../words/command-results.ts";
import { type Eyes, saidWhen } from "../../../words/time.ts";
import { updateTask } from "../../tasks/actions/update-task.ts";
import type { Due } from "../../tasks/due.ts";
import { doneWith } from "../command-outcome.ts";
import { NONE, orNone } from "../or-none.ts";
import { defineTaskCommand } from "../task-command.ts";
import { instant } from "../time-arguments.ts";

/** `/due tomorrow at 18:00`, in the writer's zone. */
export const due = defineTaskCommand({
  name: { en: "due", ru: "срок" },
  args: { when: orNone(instant({ en: "when", ru: "когда" })) },
  help: { en: "Say when the task is due.", ru: "Указать срок задачи." },
  example: { en: "/due tomorrow at 18:00", ru: "/срок завтра в 18:00" },
  run: async ({ actor, task: { taskId }, at, locale }, { when }) => {
    const eyes: Eyes = { locale, zone: actor.zone };
    const effect = commandResults[locale].due(when === NONE ? null : saidWhen(when, at, eyes));
    return doneWith(await updateTask(actor, { taskId, due: dueOf(when, actor.zone) }), effect);
  },
});

function dueOf(when: Parameters<typeof saidWhen>[0] | typeof NONE, zone: string): Due | null {
  if (when === NONE) return null;
  return when.kind === "date" ? { date: when.date, zone } : { at: when.at, zone };
}
