import { GROUPS, MOVERS, type MoveEffect, NEEDS, PRIORITIES, type Workflow } from "../../api/tasks/workflow.ts";
import type { Dice } from "../dice.ts";

type State = Workflow["states"][number];
type Move = Workflow["moves"][number];

const OPEN = GROUPS.slice(0, 4);
const MOST_OPEN = 8;
const MOST_MORE = 12;

/**
 * A workflow that makes sense, by the way in which it is made: each state is led to from an earlier one, each open one leads
 * to a later one or to an end, and only moves beyond these take assignees off.
 */
export function soundWorkflow(dice: Dice): Workflow {
  const open = listOf(dice.between(1, MOST_OPEN), () => dice.pick(OPEN));
  const ends = listOf(dice.between(0, 2), () => dice.pick(["completed", "cancelled"] as const));
  const states: State[] = [...open, "completed" as const, ...ends].map((group, index) => ({
    ...{ id: `s${index}`, name: `State ${index}`, group },
    ...(dice.happens(0.2) && { limit: dice.between(1, 9) }),
  }));
  const pairs = [...leadingThere(dice, states), ...leadingOut(dice, open.length, states.length)];
  const kept = pairs.map(([from, to]) => ({ from: [`s${from}`], to: `s${to}`, effects: someEffects(dice, []) }));
  const more = listOf(dice.between(0, MOST_MORE), () => oneMore(dice, states));
  const moves = shuffled(dice, [...kept, ...more]).map((row, index) => ({
    ...{ id: `m${index}`, name: `Move ${index}`, by: dice.pick(MOVERS), needs: NEEDS.filter(() => dice.happens(0.2)) },
    ...row,
  }));
  return { states, moves, start: "s0" };
}

function listOf<T>(length: number, make: () => T): T[] {
  return Array.from({ length }, make);
}

/** To each state but the first from an earlier one. */
function leadingThere(dice: Dice, states: readonly State[]): [number, number][] {
  return states.slice(1).map((_, index) => [dice.between(0, index), index + 1]);
}

/** From each open state to a later one, of which the last are ends. */
function leadingOut(dice: Dice, open: number, all: number): [number, number][] {
  return listOf(open, () => 0).map((_, index) => [index, dice.between(index + 1, all - 1)]);
}

function oneMore(dice: Dice, states: readonly State[]): Pick<Move, "from" | "to" | "effects"> {
  const to = dice.pick(states).id;
  const others = states.map(({ id }) => id).filter((id) => id !== to);
  const some = others.filter(() => dice.happens(0.4));
  const from = dice.happens(0.2) ? ("any" as const) : some.length > 0 ? some : [dice.pick(others)];
  return { from, to, effects: someEffects(dice, [{ kind: "unassign" }]) };
}

function someEffects(dice: Dice, also: MoveEffect[]): MoveEffect[] {
  const assigning: MoveEffect[] = [{ kind: "assign_mover" }, ...also];
  return [
    ...(dice.happens(0.4) ? [dice.pick(assigning)] : []),
    ...(dice.happens(0.2) ? [{ kind: "set_priority" as const, priority: dice.pick(PRIORITIES) }] : []),
    ...(dice.happens(0.2) ? [{ kind: "notify_watchers" as const }] : []),
  ];
}

/** The same in another order. */
export function shuffled<T>(dice: Dice, list: readonly T[]): T[] {
  return list
    .map((one) => ({ one, place: dice.next() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ one }) => one);
}
