const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BASE = BigInt(DIGITS.length);

/** As long as ranks mostly are: so many digits leave room for 10^10 tasks after the first one, and as many before it. */
const WIDTH = 12;
/** How far from its neighbour a task is put at an end of its column. */
const STEP = BASE ** 6n;
/** In a narrower gap a rank has further digits, so that two who are put into it at once hardly ever get the same one. */
const NARROW = BASE ** 5n;

/** A number from 0 up to, and without, 1. */
export type Chance = () => number;

/**
 * A rank between two others, compared byte by byte, and as short as the gap lets it; null is an end of the column. Which one is left
 * to chance: of two who are put into the same place at once each has one of its own. Undefined where nothing stands between, as the
 * two are one.
 */
export function rankBetween(
  after: string | null,
  before: string | null,
  chance: Chance = Math.random,
): string | undefined {
  const longest = Math.max(WIDTH, after?.length ?? 0, before?.length ?? 0);
  if (before !== null && numberOf(after ?? "", longest) >= numberOf(before, longest)) return undefined;
  for (let length = Math.max(WIDTH, alike(after ?? "", before ?? "")); ; length++) {
    const [low, high] = gapOf(after, before, length);
    const gap = high - low;
    // About the middle, and never at an end: the gaps on both sides are at least a quarter of this one.
    const thrown = BigInt(Math.floor(chance() * 2 ** 53));
    if (gap >= NARROW) return textOf(low + gap / 4n + ((gap / 2n) * thrown) / 2n ** 53n, length);
  }
}

/** What is free between the two, of ranks of so many digits; at an end no more than a step of it. */
function gapOf(after: string | null, before: string | null, length: number): [bigint, bigint] {
  const step = STEP * BASE ** BigInt(length - WIDTH);
  // Of what is longer the first digits stand before it, and so the next number after it.
  const low = after === null ? 0n : numberOf(after, length) + (after.length > length ? 1n : 0n);
  const high = before === null ? BASE ** BigInt(length) : numberOf(before, length);
  if (before === null && after !== null && high - low > step) return [low, low + step];
  if (after === null && before !== null && high - low > step) return [high - step, high];
  return [low, high];
}

/** How many digits both begin with. */
function alike(one: string, other: string): number {
  let count = 0;
  while (count < one.length && one[count] === other[count]) count++;
  return count;
}

function numberOf(rank: string, length: number): bigint {
  let number = 0n;
  for (const digit of rank.slice(0, length).padEnd(length, "0")) number = number * BASE + BigInt(DIGITS.indexOf(digit));
  return number;
}

function textOf(number: bigint, length: number): string {
  let text = "";
  for (let rest = number; text.length < length; rest /= BASE) text = DIGITS[Number(rest % BASE)] + text;
  return text;
}
