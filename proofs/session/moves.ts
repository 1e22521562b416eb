import type { Flight } from "./network.ts";
import type { World } from "./world.ts";

/** Something under way that may arrive now. */
export type Move = { readonly name: string; readonly go: () => void };

/** Far more than any course has under way at once. */
const MOST_MOVES = 3_000;

/** Everything arrives at once and whole, while time passes. */
export async function flow(world: World, milliseconds: number): Promise<void> {
  const end = world.now + milliseconds;
  for (;;) {
    await arriveAll(world);
    const next = world.nextTimerAt();
    if (next === null || next > end || world.network.problems.length > 0) break;
    await world.pass(next - world.now);
  }
  await world.pass(Math.max(0, end - world.now));
}

export async function arriveAll(world: World): Promise<void> {
  await world.settle();
  let made = 0;
  for (let moves = movesOf(world); moves.length > 0 && made < MOST_MOVES; moves = movesOf(world)) {
    made += moves.length;
    for (const move of moves) {
      move.go();
      await world.settle();
    }
  }
  if (made >= MOST_MOVES) world.network.problems.push("what arrives asks for more, again without a pause");
}

/** All that is under way, oldest first of each kind. */
export function movesOf(world: World): Move[] {
  const flights = world.network.flights.map((flight) => ({
    name: `${describe(flight)} arrives`,
    go: () => land(world, flight),
  }));
  const notices = world.device.notices.map((notice) => ({
    name: `tab ${notice.tab.number} hears of ${notice.key}`,
    go: () => world.device.notify(world.device.notices.splice(world.device.notices.indexOf(notice), 1)[0]!),
  }));
  const errands = world.device.errands.slice(0, 1).map(({ tab, name }) => ({
    name: `the shelf does ${name} for tab ${tab.number}`,
    go: () => world.device.runErrand(),
  }));
  const lines = world.network.live().flatMap((line) => {
    const name = `tab ${line.tab.number}'s line`;
    if (line.isDumb) return [];
    if (!line.isOpen) return [{ name: `${name} opens`, go: () => line.open() }];
    return (["up", "down"] as const)
      .filter((way) => line[way].length > 0)
      .map((way) => ({ name: `${name} carries all ${way}`, go: () => line.carry(way, Number.POSITIVE_INFINITY) }));
  });
  return [...flights, ...errands, ...notices, ...lines];
}

function land(world: World, flight: Flight): void {
  world.network.flights = world.network.flights.filter((other) => other !== flight);
  if (flight.isAnswer) world.network.bring(flight);
  else world.network.arrive(flight, false);
}

/** A question or an answer under way, in words. */
export function describe({ tab, name, isAnswer }: Flight): string {
  return `${isAnswer ? "the answer to" : ""} ${name} of tab ${tab.number}`.trim();
}
