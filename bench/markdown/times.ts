/** Characters of a text as somebody writes it, of the longest that is taken, and of one beyond. */
export const SIZES = { short: 1_024, longest: 10_000, huge: 65_536 };
const SIZE_NAMES = Object.keys(SIZES) as (keyof typeof SIZES)[];
const WAYS = ["ours", "theirs"] as const;
const TRIES = 3;

type Way = (typeof WAYS)[number];
type Render = (text: string) => string;

/** Microseconds of CPU for a text of each size, one value a round. */
export type Times = Record<keyof typeof SIZES, number[]>;

export type Compared = { name: string } & Record<Way, Times>;

/** Two ways to render take turns on the same texts. The first round compiles code, and counts for nothing. */
export function compare(
  texts: Record<string, (length: number) => string>,
  renders: Record<Way, Render>,
  rounds: number,
): Compared[] {
  const compared = Object.keys(texts).map((name) => ({ name, ours: noTimes(), theirs: noTimes() }));
  for (let round = -1; round < rounds; round++) {
    for (const times of compared) {
      const least = leastOf(texts[times.name]!, renders);
      if (round >= 0) for (const way of WAYS) for (const size of SIZE_NAMES) times[way][size].push(...least[way][size]);
    }
  }
  return compared;
}

/** One value of each: the least of some tries, in turns, since what else the machine does takes caches away and only adds. */
function leastOf(make: (length: number) => string, renders: Record<Way, Render>): Record<Way, Times> {
  const least = { ours: noTimes(), theirs: noTimes() };
  for (let tried = 0; tried < TRIES; tried++) {
    for (const size of SIZE_NAMES) {
      const text = make(SIZES[size]);
      for (const way of WAYS) least[way][size] = [Math.min(...least[way][size], cpuOf(renders[way], text))];
    }
  }
  return least;
}

function noTimes(): Times {
  return { short: [], longest: [], huge: [] };
}

/** Of the whole process, collecting garbage included. */
function cpuOf(render: Render, text: string): number {
  const batch = Math.ceil(8_192 / text.length);
  const begun = process.cpuUsage();
  for (let times = batch; ; times += batch) {
    for (let one = 0; one < batch; one++) render(text);
    const { user, system } = process.cpuUsage(begun);
    if (user + system >= 5_000) return (user + system) / times;
  }
}
