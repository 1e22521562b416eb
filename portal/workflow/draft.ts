import {
  GROUPS,
  MOVERS,
  NEEDS,
  type Need,
  PRIORITIES,
  type Priority,
  type StateGroup,
  type Workflow,
} from "../../api/tasks/workflow.ts";
import { nameIn } from "../../words/workflows.ts";
import type { Reader } from "../reader.ts";

export const plainEffects = ["assign_mover", "unassign", "notify_watchers"] as const;
export type PlainEffect = (typeof plainEffects)[number];

export type DraftState = { id: string; name: string; group: StateGroup; limit: string };
export type DraftMove = {
  id: string;
  name: string;
  isFromAny: boolean;
  from: readonly string[];
  to: string;
  by: (typeof MOVERS)[number];
  needs: readonly Need[];
  effects: readonly PlainEffect[];
  priority: Priority | "";
};

/** A workflow while it is edited: as it was typed, whether it makes sense or not. */
export type Draft = {
  /** The version that it began with. */
  version: number;
  states: readonly DraftState[];
  moves: readonly DraftMove[];
  start: string;
  /** Where the tasks of states go that go. */
  goes: Readonly<Record<string, string>>;
};

/** The fields of a form by their names; '' for what was not sent. */
type Fields = (name: string) => string;

/** Answers a workflow as a draft, its shipped names in the reader's language. */
export function draftOf(
  { states, moves, start }: Workflow,
  version: number,
  { locale }: Pick<Reader, "locale">,
): Draft {
  return {
    ...{ version, start, goes: {} },
    states: states.map(({ id, name, group, limit }) => ({
      ...{ id, group, name: nameIn(locale, name), limit: limit === undefined ? "" : String(limit) },
    })),
    moves: moves.map(({ id, name, from, to, by, needs, effects }) => ({
      ...{ id, name: nameIn(locale, name), isFromAny: from === "any", from: from === "any" ? [] : from, to, by, needs },
      effects: plainEffects.filter((kind) => effects.some((effect) => effect.kind === kind)),
      priority: effects.find((effect) => effect.kind === "set_priority")?.priority ?? "",
    })),
  };
}

/** Answers the draft that a form holds; null for a form that did not come whole. */
export function readDraft(field: Fields, leaving: readonly string[]): Draft | null {
  const [states, moves] = [Number(field("states")), Number(field("moves"))];
  // More fields than a form may have are cut off at its end.
  if (!(states <= 100 && moves <= 200) || field("whole") !== "yes") return null;
  const readStates = Array.from({ length: states }, (_, nth) => readState(field, `s${nth}`));
  const ids = readStates.map(({ id }) => id);
  return {
    ...{ version: Number(field("version")), start: field("start"), states: readStates },
    moves: Array.from({ length: moves }, (_, nth) => readMove(field, `m${nth}`, ids)),
    goes: Object.fromEntries(leaving.map((id) => [id, field(`goes-${id}`)])),
  };
}

function readState(field: Fields, at: string): DraftState {
  const group = GROUPS.find((known) => known === field(`${at}-group`)) ?? "unstarted";
  return { id: field(`${at}-id`), name: field(`${at}-name`), group, limit: field(`${at}-limit`).trim() };
}

function readMove(field: Fields, at: string, stateIds: readonly string[]): DraftMove {
  const isOn = (name: string) => field(`${at}-${name}`) !== "";
  return {
    ...{ id: field(`${at}-id`).trim(), name: field(`${at}-name`), to: field(`${at}-to`) },
    ...{ isFromAny: isOn("any"), from: stateIds.filter((id) => isOn(`from-${id}`)) },
    by: MOVERS.find((known) => known === field(`${at}-by`)) ?? "member",
    needs: NEEDS.filter((need) => isOn(`needs-${need}`)),
    effects: plainEffects.filter((kind) => isOn(`effects-${kind}`)),
    priority: PRIORITIES.find((known) => known === field(`${at}-priority`)) ?? "",
  };
}

/** Answers the workflow that a draft would be. What was left empty has no name yet and goes by its id. */
export function workflowIn({ states, moves, start }: Draft): Workflow {
  return {
    start,
    states: states.map(({ id, name, group, limit }) => ({
      ...{ id, name: name.trim() || id, group, ...(limit !== "" && { limit: Number(limit) }) },
    })),
    moves: moves.map(({ id, name, isFromAny, from, to, by, needs, effects, priority }) => ({
      ...{ id, name: name.trim() || id, from: isFromAny ? "any" : [...from], to, by, needs: [...needs] },
      effects: [
        ...effects.map((kind) => ({ kind })),
        ...(priority === "" ? [] : [{ kind: "set_priority" as const, priority }]),
      ],
    })),
  };
}
