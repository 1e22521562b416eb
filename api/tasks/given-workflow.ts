import type { Outcome } from "../kernel/outcome.ts";
import { readWorkflow, type Workflow } from "./workflow.ts";

type Keyed = { key: string };
type Effect = { kind: string; priority?: string | null };
type GivenMove = Keyed & {
  name: string;
  from?: string[] | null;
  to: string;
  by: string;
  needs: string[];
  effects: Effect[];
};

/** A workflow as the API takes it: what a project calls an id is a key there. */
export type GivenWorkflow = {
  states: (Keyed & { name: string; group: string; limit?: number | null })[];
  moves: GivenMove[];
  start: string;
};

/** A workflow from the API, read; refuses what has another shape, by the names that it has there. */
export function readGivenWorkflow({ states, moves, start }: GivenWorkflow): Outcome<Workflow, "workflow_invalid"> {
  const read = readWorkflow({
    states: states.map(({ key, limit, ...state }) => ({ id: key, ...state, ...(limit != null && { limit }) })),
    moves: moves.map(({ key, from, effects, ...move }) => ({
      ...{ id: key, ...move, from: from ?? "any" },
      effects: effects.map(({ kind, priority }) => ({ kind, ...(priority != null && { priority }) })),
    })),
    start,
  });
  return read.ok ? read : { ...read, path: read.path.map((part) => (part === "id" ? "key" : part)) };
}
