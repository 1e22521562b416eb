import { stateOf, type Workflow, type WorkflowState } from "./workflow.ts";

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

type FormerState = Pick<WorkflowState, "id" | "name">;

/** A workflow as a project keeps it: with what states were called that are none any more, since tasks were in them once. */
export type KeptWorkflow = Workflow & { former?: readonly FormerState[] };

/** So many former states are kept, the last ones: a name that was used again and again is no history. */
const MOST_FORMER = 200;

/** The workflow that comes after another one, as it is kept. */
export function keptAfter(before: KeptWorkflow, after: Workflow): KeptWorkflow {
  const gone = [...(before.former ?? []), ...before.states].filter(({ id }) => !stateOf(after, id));
  const former = new Map(gone.map(({ id, name }) => [id, { id, name }]));
  return former.size === 0 ? after : { ...after, former: [...former.values()].slice(-MOST_FORMER) };
}

/** What a state is called that tasks are or were in; its id where nobody knows any more. */
export function nameOfState(workflow: KeptWorkflow, id: string): string {
  return (stateOf(workflow, id) ?? workflow.former?.findLast((state) => state.id === id))?.name ?? id;
}
