const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

// Building a formatter costs some fifty times more than using it. There are only so many zones.
const clocks = new Map<string, Intl.DateTimeFormat>();

/** What the clock on a wall shows at an instant, as if the wall stood in UTC. */
export function wallAt(instant: number, zone: string): number {
  const parts = clockOf(zone).formatToParts(instant);
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)!.value);
  const wall = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
  return wall + (((instant % 1_000) + 1_000) % 1_000);
}

/**
 * When the clock on a wall shows this. Of two such instants, in autumn, the earlier one; for none, in spring, as long after the
 * clock went forward as the wall is past it.
 */
export function instantOfWall(wall: number, zone: string): number {
  const before = offsetAt(wall - DAY, zone);
  const after = offsetAt(wall + DAY, zone);
  if (before === after || offsetAt(wall - before, zone) === before) return wall - before;
  return offsetAt(wall - after, zone) === after ? wall - after : wall - before;
}

function offsetAt(instant: number, zone: string): number {
  return wallAt(instant, zone) - instant;
}

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const shape = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" } as const;
  const clock = new Intl.DateTimeFormat("en-US", { ...shape, second: "numeric", hourCycle: "h23", timeZone: zone });
  clocks.set(zone, clock);
  return clock;
}
