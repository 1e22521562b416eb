import { readCommandLines } from "../../api/commands/command-line.ts";
import { type Grammar, namesOf } from "../../api/commands/definition.ts";
import { moveCommand } from "../../api/commands/definitions/move.ts";
import { commandsIn } from "../../api/commands/registry.ts";
import { fold } from "../../api/kernel/nearest.ts";
import { SHIPPED, type ShippedWorkflow, shippedWorkflow } from "../../api/tasks/shipped-workflows.ts";
import { examples } from "./example-commands.ts";

/** The commands of a place, and how they are found there. */
export type Book = {
  readonly name: string;
  readonly grammars: readonly Grammar[];
  readonly grammarOf: (name: string) => Grammar | undefined;
};

function bookOf(name: string, grammars: readonly Grammar[]): Book {
  const named = grammars.flatMap((grammar) => namesOf(grammar).map((one) => [fold(one), grammar] as const));
  const byName = new Map(named.toReversed());
  return { name, grammars, grammarOf: (said) => byName.get(fold(said)) };
}

/** Commands with arguments of every kind. */
export const exampleBook = bookOf("examples", Object.values(examples));

/** The commands of tasks, with the moves of each workflow. */
export const taskBooks = (Object.keys(SHIPPED) as ShippedWorkflow[]).map((which) => {
  const workflow = shippedWorkflow(which, "en");
  const moves = workflow.moves.map((move) => moveCommand(move, workflow));
  return bookOf(`tasks by ${which}`, [...commandsIn("task"), ...moves]);
});

/** The commands that are shipped, by where they work. */
export const shippedBooks = [
  ...taskBooks,
  ...(["support", "channel", "direct"] as const).map((kind) => bookOf(`in ${kind}`, commandsIn(kind))),
];

/** The calls of a text by a book, each with its grammar; undefined for what it does not know. */
export function callsBy({ grammarOf }: Book, text: string) {
  const calls = readCommandLines(text, (name) => grammarOf(name) !== undefined).flatMap((line) => line.calls);
  return calls.map((call) => ({ call, grammar: grammarOf(call.name) }));
}
