import type { Effect } from "../../words/command-results.ts";
import type { Done } from "../kernel/outcome.ts";
import type { TaskPlace } from "../tasks/task-place.ts";
import { type Command, type CommandContext, type CommandRefused, defineCommand } from "./command.ts";
import type { Arguments, Values } from "./definition.ts";

/** Who gives a command in the conversation of which task. */
export type TaskContext = CommandContext & { task: TaskPlace };

type TaskCommand<Args extends Arguments> = Omit<Command<Args>, "where" | "run"> & {
  run(context: TaskContext, values: Values<Args>): Promise<Done<Effect> | CommandRefused>;
};

/** Declares a command of tasks' own conversations. */
export function defineTaskCommand<Args extends Arguments>(definition: TaskCommand<Args>): Command {
  const { run, ...rest } = definition;
  return defineCommand<Args>({
    ...rest,
    where: ["task"],
    run: async (context, values) => run(context as TaskContext, values),
  });
}
