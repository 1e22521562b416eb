import type { Choice } from "./choices.ts";

/** A shortest list of choices, and of small numbers in them, that still fails: no single one can be left out. */
export async function shrink(
  choices: readonly Choice[],
  fails: (choices: readonly Choice[]) => Promise<boolean>,
): Promise<readonly Choice[]> {
  let shortest = choices;
  for (let size = Math.ceil(choices.length / 2); size >= 1; ) {
    const shorter = await withoutSome(shortest, size, fails);
    if (shorter) shortest = shorter;
    else size = size === 1 ? 0 : Math.ceil(size / 2);
  }
  return withSmallNumbers(shortest, fails);
}

async function withoutSome(
  choices: readonly Choice[],
  size: number,
  fails: (choices: readonly Choice[]) => Promise<boolean>,
): Promise<readonly Choice[] | null> {
  for (let from = choices.length - size; from > -size; from -= size) {
    const rest = choices.filter((_, index) => index < from || index >= from + size);
    if (await fails(rest)) return rest;
  }
  return null;
}

async function withSmallNumbers(
  choices: readonly Choice[],
  fails: (choices: readonly Choice[]) => Promise<boolean>,
): Promise<readonly Choice[]> {
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
