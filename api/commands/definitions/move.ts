import { commandResults } from "../../../words/command-results.ts";
import { nameIn } from "../../../words/workflows.ts";
import { moveTask } from "../../tasks/actions/move-task.ts";
import { bothNames } from "../../tasks/state-names.ts";
import { stateOf, type Workflow, type WorkflowMove } from "../../tasks/workflow.ts";
import { optional } from "../argument.ts";
import type { Command } from "../command.ts";
import { doneWith } from "../command-outcome.ts";
import { defineTaskCommand } from "../task-command.ts";
import { text } from "../word-arguments.ts";

/** A move of a task's workflow as a command, by its id or by its name: `/start`, `/начать`. What it says behind it is a comment. */
export function moveCommand(move: WorkflowMove, workflow: Workflow): Command {
  const comment = text({ en: "comment", ru: "комментарий" });
  const state = bothNames(stateOf(workflow, move.to)!);
  const name = { en: move.id, ru: wordOf(nameIn("ru", move.name)) ?? move.id };
  return defineTaskCommand({
    name,
    aliases: [wordOf(nameIn("en", move.name)) ?? move.id],
    args: { comment: move.needs.includes("comment") ? comment : optional(comment) },
    help: {
      en: commandResults.en.moved(state.en).will,
      ru: commandResults.ru.moved(state.ru).will,
    },
    example: {
      en: exampleOf(move.id, move, "The parts are here"),
      ru: exampleOf(name.ru, move, "Детали приехали"),
    },
    run: async ({ actor, task: { taskId }, clientId, locale }, { comment: said }) => {
      const asked = { taskId, moveId: move.id, comment: said ?? undefined, clientId };
      return doneWith(await moveTask(actor, asked), commandResults[locale].moved(state[locale]));
    },
  });
}

/** A comment is shown where the move needs one. */
function exampleOf(name: string, { needs }: WorkflowMove, comment: string): string {
  return needs.includes("comment") ? `/${name} ${comment}` : `/${name}`;
}

const NAME = /^\p{L}[\p{L}\p{M}\p{N}_-]*$/u;

/** A name as one word, as it stands behind a slash: "Send back" is `send-back`; null where it cannot. */
function wordOf(name: string): string | null {
  const word = name.toLowerCase().replace(/\s+/g, "-");
  return NAME.test(word) ? word : null;
}
