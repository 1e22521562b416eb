import { shorten } from "../shrink.ts";
import type { Choice } from "./choices.ts";

type Fails = (choices: readonly Choice[]) => Promise<boolean>;

/** A shortest list of choices, and of small numbers in them, that still fails. */
export async function shrink(choices: readonly Choice[], fails: Fails): Promise<readonly Choice[]> {
  return withSmallNumbers(await shorten(choices, fails), fails);
}

async function withSmallNumbers(choices: readonly Choice[], fails: Fails): Promise<readonly Choice[]> {
  let smallest = choices;
  for (const [index] of choices.entries()) {
    for (const numbers of [{ a: 0, b: 0 }, { a: 0 }, { b: 0 }, { a: 1 }, { b: 1 }]) {
      const smaller = smallest.map((choice, place) => (place === index ? { ...choice, ...numbers } : choice));
      if (!(await fails(smaller))) continue;
      smallest = smaller;
      break;
    }
  }
  return smallest;
}
