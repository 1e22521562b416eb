import type { Dice } from "../dice.ts";

/** What a course may meet, and how often, relative to each other. */
export const everything = {
  deliver: 40,
  "let all arrive": 9,
  "carry some bytes": 8,
  lose: 8,
  double: 3,
  "cut a line": 4,
  "silence a line": 1,
  "pass time": 14,
  write: 14,
  watch: 5,
  turn: 5,
  "try again": 2,
  discard: 1,
  "open a tab": 2,
  "crash a tab": 2,
  "crash within": 3,
  "go online": 1,
  "ann writes": 10,
  "ann edits": 4,
  "ann deletes": 3,
  "ann reads": 3,
  "ann moves": 3,
  "refuse the next": 1,
  "restart the server": 2,
  "lose the ring": 1,
  "expire tokens": 2,
  "end the visit": 0.3,
  identify: 0,
  "sign out": 0,
  "begin to write": 0,
  "spoil the shelf": 0,
  "skip an event": 5,
  "double an event": 2,
  "cut the network": 0,
  "mend the network": 0,
  "fill the shelf": 0,
  "clear the shelf": 0,
  "turn the clock": 0,
};

export type Kind = keyof typeof everything;

/** What befalls a customer between the shop and a train's tunnel: no network for long, a full device, tabs that die. */
export const away: Readonly<Record<Kind, number>> = {
  ...everything,
  write: 24,
  "open a tab": 4,
  "crash a tab": 5,
  "crash within": 6,
  "restart the server": 4,
  "cut the network": 7,
  "mend the network": 5,
  "fill the shelf": 3,
  "clear the shelf": 2,
  "turn the clock": 3,
  "spoil the shelf": 3,
};

/** What befalls a device that several customers use, one after the other. */
export const shared: Readonly<Record<Kind, number>> = {
  ...everything,
  identify: 6,
  "sign out": 4,
  "begin to write": 5,
  "open a tab": 4,
  "cut the network": 2,
  "mend the network": 4,
  "spoil the shelf": 2,
};

/** One choice of the scheduler. What the two numbers pick from depends on what there is at that moment, so any choice may be left out. */
export type Choice = { readonly kind: Kind; readonly a: number; readonly b: number };

const MOST = 2 ** 12;

export function throwChoices(dice: Dice, odds: Readonly<Record<Kind, number>> = everything): Choice[] {
  const kinds = Object.keys(odds) as Kind[];
  const upTo = kinds.map((_, index) => kinds.slice(0, index + 1).reduce((sum, kind) => sum + odds[kind], 0));
  const throwChoice = (): Choice => {
    const place = dice.next() * upTo.at(-1)!;
    const kind = kinds.find((_, index) => place < upTo[index]!)!;
    return { kind, a: dice.between(0, MOST), b: dice.between(0, MOST) };
  };
  const first: Choice = { kind: "watch", a: 0, b: 1 };
  return [first, ...Array.from({ length: dice.between(10, 90) }, throwChoice)];
}
