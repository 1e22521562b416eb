import { commandWords } from "../../words/commands.ts";
import { done, type Done } from "../kernel/outcome.ts";
import type { Asking, CommandRefused, Offer } from "./command.ts";
import { refuseSaying } from "./command-outcome.ts";
import { shown } from "./misread.ts";
import { fold, nearest } from "../kernel/nearest.ts";
import { keyOfLabel } from "../tasks/label.ts";
import { quoted } from "./quotes.ts";
import type { TaskContext } from "./task-command.ts";

export type NamedLabel = { id: string; name: string };

/** The labels of these names in the task's project, in their order; refused with the nearest name where one is none. */
export async function readLabels(
  context: TaskContext,
  names: readonly string[],
): Promise<Done<NamedLabel[]> | CommandRefused> {
  const labels = await findLabels(context);
  // As it is written, before as it sounds: there may be both «Счёт» and «Счет».
  const byName = new Map(labels.map((label) => [fold(label.name), label]));
  const byKey = new Map(labels.map((label) => [keyOfLabel(label.name), label]));
  const called = (name: string) => byKey.get(keyOfLabel(name)) ?? byName.get(fold(name));
  const missing = names.find((name) => !called(name));
  if (missing === undefined) return done(names.map((name) => called(name)!));
  const near = nearest(
    missing,
    labels.map(({ name }) => name),
  );
  return refuseSaying("label_not_found", commandWords[context.locale].noLabel(shown(missing), near));
}

/** Labels of the task's project whose names begin with what is typed. */
export async function suggestLabels(asking: Asking): Promise<Offer[]> {
  const wanted = fold(asking.typed.replace(/^["«“„]/, ""));
  const labels = await findLabels(asking);
  return labels
    .filter(({ name }) => fold(name).startsWith(wanted))
    .map(({ name }) => ({ text: /^[\p{L}\p{M}\p{N}_-]+$/u.test(name) ? name : quoted(name), detail: name }));
}

/** In the order of their names. */
function findLabels({ sql, actor, task }: Pick<Asking, "sql" | "actor" | "task">): Promise<NamedLabel[]> {
  return sql<NamedLabel>`
    SELECT id, name FROM label
    WHERE workspace_id = ${actor.workspaceId} AND project_id = ${task!.project.id} ORDER BY key`;
}
