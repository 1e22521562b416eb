import type { Workflow } from "../../api/tasks/workflow.ts";
import type { Reader } from "../reader.ts";
import type { Draft, DraftMove } from "./draft.ts";
import { wordsOf } from "./words.ts";

/**
 * Answers a draft after a button of its form: a state or a move more or less, or a state one place up. Any other leaves it. What
 * is added has an id that nothing had in the saved workflow: tasks of a state that goes would be taken for its own.
 */
export function changeDraft(draft: Draft, { act, saved }: { act: string; saved: Workflow }, reader: Reader): Draft {
  const words = wordsOf(reader);
  const [verb, id = ""] = act.split(" ");
  const { states, moves } = draft;
  if (verb === "add-state") {
    const state = {
      id: freeId("state", [...states, ...saved.states]),
      name: words.newState,
      group: "started" as const,
      limit: "",
    };
    return { ...draft, states: [...states, state] };
  }
  if (verb === "add-move") return { ...draft, moves: [...moves, newMove(draft, saved, words.newMove)] };
  if (verb === "remove-move") return { ...draft, moves: moves.filter((_, nth) => String(nth) !== id) };
  if (verb === "remove-state")
    return { ...draft, states: states.filter((state) => state.id !== id), moves: without(moves, id) };
  if (verb === "up") return { ...draft, states: raised(states, id) };
  return draft;
}

/** Answers the field that the focus goes to after a button: what was added or raised, or the one before what is gone; null after any other. */
export function focusAfter({ states, moves }: Draft, act: string): string | null {
  const [verb, id = ""] = act.split(" ");
  if (verb === "add-state") return `s${states.length - 1}-name`;
  if (verb === "add-move") return `m${moves.length - 1}-name`;
  if (verb === "up") return `s${states.findIndex((state) => state.id === id)}-name`;
  if (verb === "remove-state") return "s0-name";
  return verb === "remove-move" && moves.length > 0 ? `m${Math.max(0, Number(id) - 1)}-name` : null;
}

function freeId(stem: string, taken: readonly { id: string }[]): string {
  const ids = new Set(taken.map(({ id }) => id));
  let nth = ids.size + 1;
  while (ids.has(`${stem}-${nth}`)) nth += 1;
  return `${stem}-${nth}`;
}

function newMove({ states, moves, start }: Draft, saved: Workflow, name: string): DraftMove {
  const to = states.find(({ id }) => id !== start)?.id ?? start;
  const plain = { isFromAny: false, by: "member", needs: [], effects: [], priority: "" } as const;
  return { id: freeId("move", [...moves, ...saved.moves]), name, from: [start], to, ...plain };
}

function without(moves: readonly DraftMove[], id: string): DraftMove[] {
  return moves.map((move) => ({ ...move, from: move.from.filter((from) => from !== id) }));
}

function raised<T extends { id: string }>(list: readonly T[], id: string): T[] {
  const at = list.findIndex((one) => one.id === id);
  return at < 1 ? [...list] : [...list.slice(0, at - 1), list[at]!, list[at - 1]!, ...list.slice(at + 1)];
}
