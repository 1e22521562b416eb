import { readArguments } from "../../api/commands/read-arguments.ts";
import { type Book, callsBy, exampleBook, shippedBooks } from "../../tests/commands/command-books.ts";
import { MOSCOW } from "../../tests/commands/example-commands.ts";
import { hostile, ordinary } from "../../tests/commands/hostile-lines.ts";
import { type Tally, tell } from "../tally.ts";

const [SHORT, LONG] = [1_024, 65_536];
const MOST_GROWTH = 80;
const TRIES = 5;
const MOST_TRIES = 60;
/** CPU that a try takes at least, in microseconds. */
const LEAST = 2_000;

type Case = { name: string; book: Book; write: (length: number) => string };

/** Each kind of text, by commands with arguments of every kind, and by shipped ones of a task and of a customer's conversation. */
const cases: Case[] = [exampleBook, ...shippedBooks.filter(({ name }) => /engineering|support/.test(name))].flatMap(
  (book) =>
    Object.entries({ ordinary, ...hostile }).map(([text, write]) => ({ name: `${text}, ${book.name}`, book, write })),
);

/**
 * A text of 64 kB costs at most 80 times what one of 1 kB costs, whatever is in it and wherever it is read: 64 is linear. What seems
 * to cost more is measured once more by what this answers, at another time: a machine that is busy for a while only adds.
 */
export function proveLinear(tally: Tally): () => void {
  const growths = cases.map((one) => ({ ...one, growth: growthOf(one) }));
  return () => {
    let most = { name: "", growth: 0 };
    for (const { growth: first, ...one } of growths) {
      const growth = first <= MOST_GROWTH ? first : Math.min(first, growthOf(one));
      if (growth > most.growth) most = { name: one.name, growth };
      tally.expect(`64 kB of ${one.name} cost at most ${MOST_GROWTH} times 1 kB`, growth <= MOST_GROWTH, growth);
    }
    tell(`  64 kB over 1 kB, at most: ${most.growth.toFixed(1)} (${most.name})`);
  };
}

/** By the least of some tries each, since what else the machine does only adds; more of them while it seems to be too much. */
function growthOf({ book, write }: Case): number {
  const [short, long] = [write(SHORT), write(LONG)];
  let least = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY] as [number, number];
  for (let tries = 0; tries < TRIES || (least[1] / least[0] > MOST_GROWTH && tries < MOST_TRIES); tries += 1)
    least = [Math.min(least[0], cpuOf(book, short)), Math.min(least[1], cpuOf(book, long))];
  return least[1] / least[0];
}

function cpuOf(book: Book, text: string): number {
  const begun = process.cpuUsage();
  for (let times = 1; ; times += 1) {
    readAll(book, text);
    const { user, system } = process.cpuUsage(begun);
    if (user + system >= LEAST) return (user + system) / times;
  }
}

/** Reads a text with the arguments of its calls. */
function readAll(book: Book, text: string): void {
  for (const { call, grammar } of callsBy(book, text)) if (grammar) readArguments(grammar, call, MOSCOW);
}
