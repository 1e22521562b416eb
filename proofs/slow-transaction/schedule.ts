import type { Dice } from "../dice.ts";

/** Sends that commit while the slow transaction is held open. */
export const OTHERS = 200;

/** One course of events, thrown by the dice. Counts are in sends of the others. */
export type Schedule = {
  /** The slow transaction records after so many; absent in a schedule to compare with. */
  heldAfter: number | undefined;
  /** Whether it commits in the end, or is undone and must never be heard of. */
  ending: "commit" | "undo";
  /** How many of the others are under way at once. */
  lanes: number;
  /** Someone sends into the slow one's conversation after so many and waits for its lock. */
  waiterAfter: number;
  /** The resuming client's connection breaks after each of these. */
  dropsAfter: number[];
  /** The durable listener is stopped after so many, and started again after so many more. */
  restAfter: number;
  restFor: number;
};

/** Throws a schedule; the slow transaction always begins early enough for most of the others to overtake it. */
export function throwSchedule(dice: Dice, { isHeld }: { isHeld: boolean }): Schedule {
  const restAfter = dice.between(1, 150);
  return {
    heldAfter: isHeld ? dice.between(0, 100) : undefined,
    ending: dice.happens(0.9) ? "commit" : "undo",
    lanes: dice.between(4, 12),
    waiterAfter: dice.between(110, 180),
    dropsAfter: [dice.between(1, 110), dice.between(111, 200)],
    restAfter,
    restFor: dice.between(10, 200 - restAfter + 1),
  };
}
