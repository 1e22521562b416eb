import type { Dice } from "../dice.ts";

/** What people do in a walk, and how often each is thrown beside the others. */
const weights = {
  say: 10,
  edit: 3,
  delete: 2,
  thumb: 3,
  reply: 8,
  readThread: 3,
  follow: 1,
  replyAtOnce: 2,
  read: 6,
  unread: 2,
  join: 5,
  leave: 4,
  letIn: 5,
  takeOut: 2,
  sayAtOnce: 2,
  readAtOnce: 2,
  joinAtOnce: 1,
  openAtOnce: 1,
} as const;

export type Deed = keyof typeof weights;

/** One thing that somebody does somewhere; the numbers say what with. What they fall on depends on what is there by then, so that any part of a walk is a walk. */
export type Step = { deed: Deed; who: number; room: number; n: number; m: number };

const bag = Object.entries(weights).flatMap(([deed, weight]) => Array<Deed>(weight).fill(deed as Deed));
const MOST = 999;
/** Every other number falls on one of the first few, so that the same people meet again. */
const FEW = 4;

/** So many steps, as the dice fall. */
export function throwSteps(dice: Dice, count: number): Step[] {
  const number = () => dice.between(0, dice.happens(0.5) ? FEW - 1 : MOST);
  return Array.from({ length: count }, () => ({
    deed: dice.pick(bag),
    who: number(),
    room: number(),
    n: number(),
    m: number(),
  }));
}
