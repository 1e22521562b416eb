import type { Dice } from "../dice.ts";

/** What a course may meet, and how often, relative to each other. */
const odds = {
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
  "ann reads": 3,
  "ann moves": 3,
  "refuse the next": 1,
  "restart the server": 2,
  "lose the ring": 1,
  "expire tokens": 2,
  "end the visit": 0.3,
  "skip an event": 5,
  "double an event": 2,
} as const;

export type Kind = keyof typeof odds;

/** One choice of the scheduler. What the two numbers pick from depends on what there is at that moment, so any choice may be left out. */
export type Choice = { readonly kind: Kind; readonly a: number; readonly b: number };

const MOST = 2 ** 12;
const kinds = Object.keys(odds) as Kind[];
const upTo = kinds.map((_, index) => kinds.slice(0, index + 1).reduce((sum, kind) => sum + odds[kind], 0));
const total = upTo.at(-1)!;

export function throwChoices(dice: Dice): Choice[] {
  const some = Array.from({ length: dice.between(10, 90) }, () => throwChoice(dice));
  const first: Choice[] = [{ kind: "watch", a: 0, b: 1 }];
  return [...first, ...some];
}

function throwChoice(dice: Dice): Choice {
  const place = dice.next() * total;
  const kind = kinds.find((_, index) => place < upTo[index]!)!;
  return { kind, a: dice.between(0, MOST), b: dice.between(0, MOST) };
}
