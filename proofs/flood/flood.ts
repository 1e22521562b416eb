import type { Proof, Size } from "../options.ts";
import { mostAsked, total } from "../ground/statement-count.ts";
import { type Tally, tell } from "../tally.ts";
import { type Course, type Flood, openStage, play } from "./play.ts";
import type { Shown } from "./window.ts";

// biome-ignore format: a table, aligned
const courses: Record<Size, Course> = {
  full:  { perSecond: 50, seconds: 60, besideSeconds: 10 },
  ci:    { perSecond: 50, seconds: 6,  besideSeconds: 3 },
  brief: { perSecond: 50, seconds: 3,  besideSeconds: 2 },
};

/** Statements that a change may cost beyond its writing, for all who look on together: made ready for each of three windows it would be 12. */
const MOST_STATEMENTS = 8;
/** Requests of three windows in a second: what was read is told twice, and how many mentions are unread is asked once by each. */
const MOST_REQUESTS = 8;
/** What lists an agent's rooms. */
const LISTS = /SELECT conversation\.id FROM space_member AS member\b.*ORDER BY conversation\.staff_activity_at/s;

/**
 * Fifty changes a second in thirty rooms, before an agent with three windows: afterwards each is as a reload of it. What it
 * costs does not grow with rooms or windows, and nothing is listed again.
 */
export const flood: Proof = async (tally, { seed, size }) => {
  const course = courses[size];
  const stage = await openStage();
  try {
    judge(tally, await play(stage, { seed, ...course }));
  } finally {
    await stage.close();
  }
};

function judge(tally: Tally, { windows, asked, requests, seconds, share, grown, complaints }: Flood): void {
  for (const [index, { live, reloaded }] of windows.entries()) judgeWindow(tally, index, live, reloaded);
  const { opening, alone, watched } = asked;
  const beside = total(watched.counts) / watched.changes - total(alone.counts) / alone.changes;
  const lists = listsIn(watched.counts);
  const requested = total(requests) / seconds;
  tell(`  ${watched.changes} changes; ${beside.toFixed(1)} statements for each beyond its writing, ${lists} lists`);
  tell(`  ${requested.toFixed(1)} requests a second of three windows: ${[...requests].map(told).join(", ")}`);
  tell(`  main thread ${(100 * share).toFixed(1)} % of the time, heap ${(grown / 2 ** 20).toFixed(1)} MiB more`);
  tally.expect("lists are known when they are seen", listsIn(opening) > 0, mostAsked(opening, 8));
  tally.expect("no list is asked for again", lists === 0 && !requests.has("/portal/rooms"), [...requests]);
  tally.expect(`at most ${MOST_STATEMENTS} statements`, beside <= MOST_STATEMENTS, mostAsked(watched.counts, 12));
  tally.expect(`at most ${MOST_REQUESTS} requests a second`, requested <= MOST_REQUESTS, [...requests]);
  tally.expect("nothing complained", complaints.length === 0, complaints.slice(0, 3));
}

function judgeWindow(tally: Tally, index: number, live: Shown, reloaded: Shown): void {
  for (const part of ["rooms", "counts", "lines"] as const) {
    const at = reloaded[part].findIndex((line, place) => line !== live[part][place]);
    const isSame = at < 0 && live[part].length === reloaded[part].length;
    const found = {
      live: live[part].at(at),
      reloaded: reloaded[part].at(at),
      lengths: [live[part].length, reloaded[part].length],
    };
    tally.expect(`window ${index} shows the ${part} as a reload does`, isSame, found);
  }
  tally.expect(`window ${index} shows rooms`, live.rooms.length === 30, live.rooms.length);
}

function listsIn(counts: Map<string, number>): number {
  return [...counts].reduce((sum, [query, calls]) => (LISTS.test(query) ? sum + calls : sum), 0);
}

function told([path, times]: [string, number]): string {
  return `${times} x ${path}`;
}
