import type { AgentActor } from "../../api/kernel/actor.ts";
import type { Outcome } from "../../api/kernel/outcome.ts";
import { pick } from "../session/pick.ts";
import type { Model, ModelRoom, Said, Who } from "./model.ts";
import type { Step } from "./steps.ts";

/** Who walks, what they should know, and the numbers of what was said, by its id. */
export type Walk = {
  people: readonly AgentActor[];
  model: Model;
  seqs: Map<string, number>;
  /** Counts what is written. */
  written: { next: () => number };
};

/** Something came of a step that should not have. */
export class Mismatch extends Error {}

/** A step whose numbers have fallen on somebody and a room. */
export type Place = Omit<Step, "deed" | "room"> & { room: ModelRoom };

/** Where a step takes place. */
export function placeOf({ people, model }: Walk, { who, room, n, m }: Step): Place {
  return { who: who % people.length, room: pick(model.rooms, room)!, n, m };
}

/** The message that a step's number falls on. */
export function saidAt({ said }: ModelRoom, n: number): Said | undefined {
  return said[n % Math.max(1, said.length)];
}

/** Some people, one after the other. */
export function crowdOf({ people }: Walk, from: Who, count: number): Who[] {
  return Array.from({ length: count }, (_, nth) => (from + nth) % people.length);
}

/** Throws where something was not answered as the model says: null is done. */
export function agree(outcome: Outcome<unknown, string>, refusal: string | null): void {
  const came = outcome.ok ? null : outcome.refusal;
  if (came !== refusal) throw new Mismatch(`it was answered with ${came}, not ${refusal}`);
}
