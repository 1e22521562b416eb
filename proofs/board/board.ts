import { isDeepStrictEqual } from "node:util";
import type { Proof, Size } from "../options.ts";
import { type Tally, tell } from "../tally.ts";
import type { Asked } from "./caller.ts";
import { type Course, type Played, play } from "./play.ts";

// biome-ignore format: a table, aligned
const courses: Record<Size, Course> = {
  full:  { cards: 500, seconds: 60 },
  ci:    { cards: 120, seconds: 8 },
  brief: { cards: 40,  seconds: 4 },
};

/**
 * Twenty people move the cards of one board at random, two of them in browsers, by two processes: in the end all boards are
 * equal, the order of each column is strict, and what each was told of each move is what became of it.
 */
export const board: Proof = async (tally, { seed, size }) => judge(tally, await play(courses[size], seed));

function judge(tally: Tally, played: Played): void {
  const { deeds, onlookers, boards, moved, complaints, ranks } = played;
  const asked = [...deeds.flatMap((one) => one.asked), ...onlookers.flatMap((one) => one.asked)];
  const refused = asked.filter(({ told }) => told === "refused").length;
  const ranked = deeds.reduce((sum, one) => sum + one.ranked, 0);
  const byHand = onlookers.map((one) => one.asked.length).join(" and ");
  const longest = Math.max(...ranks.map(({ rank }) => rank.length));
  tell(
    `  ${asked.length} moves asked for (${byHand} by hand), ${moved.length} made, ${refused} refused, ${ranked} put elsewhere`,
  );
  tell(`  the longest rank has ${longest} characters`);
  for (const problem of deeds.flatMap(({ problems }) => problems)) tally.judge(problem);
  judgeMoves(tally, played, asked);
  judgeOrder(tally, played);
  const [truth, ...others] = boards as [Map<string, string[]>, ...Map<string, string[]>[]];
  for (const other of others) tally.expect("the processes answer one board", isDeepStrictEqual(other, truth));
  for (const [index, one] of onlookers.entries()) judgeOnlooker(tally, { index, truth, ...one });
  const codes = new Set(deeds.flatMap(({ refusals }) => [...refusals.keys()]));
  tally.expect("people are late", codes.has("task_moved_meanwhile") && codes.has("task_elsewhere"), [...codes]);
  tally.expect(
    "every hand moves cards",
    onlookers.every((one) => one.asked.length > 0),
    byHand,
  );
  tally.expect("nothing complained", complaints.length === 0, complaints.slice(0, 3));
}

/** Each move that was told as made is in the log once, under the name of who made it, and none that was not; the log leads to the board. */
function judgeMoves(tally: Tally, { scene, moved, boards }: Played, asked: readonly Asked[]): void {
  const made = Map.groupBy(moved, keyOf);
  const told = Map.groupBy(
    asked.filter((one) => one.told === "moved"),
    keyOf,
  );
  const hands = new Set(scene.onlookers.map(({ id }) => id));
  for (const key of new Set([...made.keys(), ...told.keys()])) {
    const [first] = told.get(key) ?? made.get(key)!;
    const [times, said] = [made.get(key)?.length ?? 0, told.get(key)?.length ?? 0];
    // A form is not told whether it was somebody else who had just done what it asked for.
    const isShared = hands.has(first!.by) && moved.some((one) => one.taskId === first!.taskId && one.to === first!.to);
    tally.judge(
      times !== said && !(isShared && times < said) && `${key} was told ${said} times and is logged ${times} times`,
    );
  }
  const stands = new Map([...boards[0]!].flatMap(([state, ids]) => ids.map((id) => [id, state])));
  for (const [id, first] of scene.states) {
    const ways = moved.filter(({ taskId }) => taskId === id);
    const broken = ways.find(({ from }, index) => from !== (ways[index - 1]?.to ?? first));
    const last = ways.at(-1)?.to ?? first;
    const isWhole = !broken && stands.get(id) === last;
    tally.judge(
      !isWhole && `the log of ${id} leads to ${last}, it stands in ${stands.get(id)}: ${JSON.stringify(ways)}`,
    );
  }
}

function keyOf({ by, taskId, to }: Pick<Asked, "by" | "taskId" | "to">): string {
  return `${by}: ${taskId} to ${to}`;
}

/** No two cards of a column have one place. */
function judgeOrder(tally: Tally, { ranks }: Played): void {
  const shared = ranks.filter((one, index) => {
    const before = ranks[index - 1];
    return before?.stateId === one.stateId && before.rank === one.rank;
  });
  tally.expect("the order of each column is strict", shared.length === 0, shared);
}

type Seen = Played["onlookers"][number] & { index: number; truth: Map<string, string[]> };

/** Cards that are done with, of which a board shows the first ones when it is opened. */
const ENDED = new Set(["done", "cancelled"]);

function judgeOnlooker(tally: Tally, { index, truth, live, reloaded, asked, toasts }: Seen): void {
  for (const [place, { state, cards, count }] of live.entries()) {
    const all = truth.get(state) ?? [];
    const fresh = reloaded[place]!;
    const who = `onlooker ${index}, column ${state}`;
    const isFresh = isDeepStrictEqual(fresh.cards, ENDED.has(state) ? all.slice(0, fresh.cards.length) : all);
    tally.expect(`${who}: a reload shows the board`, isFresh, difference(fresh.cards, all));
    // What has come meanwhile is shown beyond them.
    const expected = ENDED.has(state) ? all.filter((id) => cards.includes(id)) : all;
    tally.expect(
      `${who}: the live board is the board`,
      isDeepStrictEqual(cards, expected),
      difference(cards, expected),
    );
    tally.expect(`${who}: the live count is that of a reload`, count === fresh.count, [count, fresh.count]);
  }
  const refused = asked.filter(({ told }) => told === "refused").length;
  tally.expect(`onlooker ${index}: each refusal is told`, toasts.length >= refused, { refused, toasts: toasts.length });
}

function difference(shown: readonly string[], expected: readonly string[]) {
  const at = expected.findIndex((id, place) => id !== shown[place]);
  return {
    at,
    shown: shown.slice(at, at + 3),
    expected: expected.slice(at, at + 3),
    lengths: [shown.length, expected.length],
  };
}
