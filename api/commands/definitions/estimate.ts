import { commandResults } from "../../../words/command-results.ts";
import { durationIn } from "../../../words/time.ts";
import { updateTask } from "../../tasks/actions/update-task.ts";
import { doneWith } from "../command-outcome.ts";
import { NONE, orNone } from "../or-none.ts";
import { defineTaskCommand } from "../task-command.ts";
import { duration } from "../time-arguments.ts";

/** `/estimate 3h`: how long it is thought to take. */
export const estimate = defineTaskCommand({
  name: { en: "estimate", ru: "оценка" },
  args: { time: orNone(duration({ en: "time", ru: "время" })) },
  help: { en: "Say how long the task may take.", ru: "Указать, сколько времени займёт задача." },
  example: { en: "/estimate 1d 4h", ru: "/оценка 1 д 4 ч" },
  run: async ({ actor, task: { taskId }, locale }, { time }) => {
    const estimateMinutes = time === NONE ? null : time;
    const effect = commandResults[locale].estimate(time === NONE ? null : durationIn(locale, time));
    return doneWith(await updateTask(actor, { taskId, estimateMinutes }), effect);
  },
});
