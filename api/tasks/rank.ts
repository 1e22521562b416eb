const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BASE = BigInt(DIGITS.length);

/** As long as ranks mostly are: so many digits leave room for 10^10 tasks after the first one, and as many before it. */
const WIDTH = 12;
/** How far from its neighbour a task is put at an end of its column. */
const STEP = BASE ** 6n;
/** A narrower gap is widened by further digits, so that two who are put into it at once hardly ever get the same rank. */
const NARROW = BASE ** 5n;

/** A number from 0 up to, and without, 1. */
export type Chance = () => number;

/**
 * A rank between two others, compared byte by byte; null is an end of the column. Which one is left to chance: of two who are put
 * into the same place at once each has one of its own. Undefined where nothing stands between, as the two are one.
 */
export function rankBetween(
  after: string | null,
  before: string | null,
  chance: Chance = Math.random,
): string | undefined {
  const length = Math.max(WIDTH, after?.length ?? 0, before?.length ?? 0);
  let [low, high] = [after === null ? 0n : numberOf(after, length), numberOf(before ?? "", length)];
  if (before === null) high = BASE ** BigInt(length);
  if (low >= high) return undefined;
  const step = STEP * BASE ** BigInt(length - WIDTH);
  if (before === null && after !== null && high - low > step) high = low + step;
  if (after === null && before !== null && high - low > step) low = high - step;
  return within(low, high, { length, chance });
}

/** About the middle, and never at an end: the gaps on both sides are at least a quarter of this one. */
function within(low: bigint, high: bigint, { length, chance }: { length: number; chance: Chance }): string {
  const gap = high - low;
  if (gap < NARROW) return within(low * BASE, high * BASE, { length: length + 1, chance });
  const thrown = BigInt(Math.floor(chance() * 2 ** 53));
  return textOf(low + gap / 4n + ((gap / 2n) * thrown) / 2n ** 53n, length);
}

function numberOf(rank: string, length: number): bigint {
  let number = 0n;
  for (const digit of rank.padEnd(length, "0")) number = number * BASE + BigInt(DIGITS.indexOf(digit));
  return number;
}

function textOf(number: bigint, length: number): string {
  let text = "";
  for (let rest = number; text.length < length; rest /= BASE) text = DIGITS[Number(rest % BASE)] + text;
  return text;
}
