/** A shortest part of a list, in its order, that still fails: no single one can be left out. */
export async function shorten<T>(
  list: readonly T[],
  fails: (some: readonly T[]) => Promise<boolean>,
): Promise<readonly T[]> {
  let shortest = list;
  for (let size = Math.ceil(list.length / 2); size >= 1; ) {
    const shorter = await withoutSome(shortest, size, fails);
    if (shorter) shortest = shorter;
    else size = size === 1 ? 0 : Math.ceil(size / 2);
  }
  return shortest;
}

async function withoutSome<T>(
  list: readonly T[],
  size: number,
  fails: (some: readonly T[]) => Promise<boolean>,
): Promise<readonly T[] | null> {
  for (let from = list.length - size; from > -size; from -= size) {
    const rest = list.filter((_, index) => index < from || index >= from + size);
    if (await fails(rest)) return rest;
  }
  return null;
}
