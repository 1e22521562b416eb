import { stateOf, type Workflow } from "./workflow.ts";

/** Where the tasks of a state go that is none any more. */
export type StateGoes = { from: string; to: string };

/**
 * What a change of the workflow does to tasks that stand in a state: where each of these states leads. A state that stays is
 * there only if it means something else from now on; null: it goes, and nobody has said where its tasks go.
 */
export function changedStates(
  { before, after }: { before: Workflow; after: Workflow },
  map: readonly StateGoes[],
): Map<string, string | null> {
  const changed = new Map<string, string | null>();
  for (const { id, group } of before.states) {
    const kept = stateOf(after, id);
    if (!kept) changed.set(id, map.find(({ from }) => from === id)?.to ?? null);
    else if (kept.group !== group) changed.set(id, id);
  }
  return changed;
}
