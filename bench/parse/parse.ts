import parseYargs from "yargs-parser";
import { readCommandLines } from "../../api/commands/command-line.ts";
import { readArguments } from "../../api/commands/read-arguments.ts";
import { grammarOf, MOSCOW } from "../../tests/commands/example-commands.ts";
import { hostile, ordinary } from "../../tests/commands/hostile-lines.ts";
import { aloneRow, type Measured, type Row, rowOf } from "../row.ts";
import { commandLines, mixedLines, plainText } from "./lines.ts";

const PEER = "yargs-parser 22.0.0";
const LINES = 20_000;
const [SHORT, LONG, LONGEST_MESSAGE] = [1_024, 65_536, 10_000];
const WANTED_TIMES = 10;
const MOST_GROWTH = 80;
const TRIES = 3;

type Work = (text: string) => unknown;

/** What it costs to find and read commands, beside a parser of command lines, and text that holds none beside looking at its characters. */
export async function measureParse(rounds: number): Promise<Measured> {
  const [commands, mixed] = [commandLines(LINES), mixedLines(LINES)];
  const slashed = (text: string) => (text.startsWith("/") ? theirs(text) : null);
  const plain = [plainText(LONGEST_MESSAGE)];
  const hard = Object.entries(hostile).map(([name, text]) => growthRow(name, text, rounds));
  const worst = hard.reduce((one, other) => (other.ours.median > one.ours.median ? other : one));
  const rows = [
    beside("a line of commands, into commands and words", commands, { ours: find, theirs, rounds }),
    beside("a line of commands, arguments by type too", commands, { ours, theirs, rounds }),
    beside("a line of a talk, one in five commands", mixed, { ours, theirs, rounds }),
    beside("the same, theirs told which lines begin with a slash", mixed, { ours, theirs: slashed, rounds }),
    {
      ...beside("a message of 10,000 characters without a command", plain, { ours, theirs: scan, rounds }),
      whose: "charCodeAt of each",
    },
    {
      ...beside(
        "a line of a talk without a command",
        mixed.filter((line) => !line.startsWith("/")),
        { ours, theirs: scan, rounds },
      ),
      whose: "charCodeAt of each",
    },
    beside("a time in words", ["/due tomorrow at 18:00", "/срок завтра в 18:00"], { ours, theirs, rounds }),
    growthRow("ordinary text, 64 kB over 1 kB", ordinary, rounds),
    { ...worst, name: `hostile text, 64 kB over 1 kB, the most: ${worst.name}` },
  ];
  return { rows, notes: notesOf(rows, hard) };
}

/** As the server reads a message: each command found, its arguments read by what they mean. */
function ours(text: string): void {
  for (const { calls } of readCommandLines(text, isKnown)) {
    for (const call of calls) {
      const grammar = grammarOf(call.name);
      if (grammar) readArguments(grammar, call, MOSCOW);
    }
  }
}

/** As far as theirs goes: commands, words without their quotes, and where each stands. */
function find(text: string): unknown {
  return readCommandLines(text, isKnown);
}

function isKnown(name: string): boolean {
  return grammarOf(name) !== undefined;
}

function theirs(text: string): unknown {
  return parseYargs(text, { boolean: ["urgent", "bug"] });
}

/** Answers what it finds, so that the loop is not taken for one that does nothing. */
function scan(text: string): number {
  let found = 0;
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) === 47) found += 1;
  return found;
}

/** Both on the same texts in turns, in microseconds of CPU for each text. The first round compiles code, and counts for nothing. */
function beside(
  name: string,
  texts: readonly string[],
  { ours, theirs, rounds }: { ours: Work; theirs: Work; rounds: number },
): Row {
  const [mine, other]: [number[], number[]] = [[], []];
  for (let round = -1; round < rounds; round += 1) {
    const [one, another] = [cpuOf(ours, texts), cpuOf(theirs, texts)];
    if (round < 0) continue;
    mine.push(one);
    other.push(another);
  }
  return rowOf(name, "us of CPU", mine, other, PEER);
}

function growthRow(name: string, text: (length: number) => string, rounds: number): Row {
  const [short, long] = [text(SHORT), text(LONG)];
  const growths = Array.from({ length: rounds }, () => {
    let least: [number, number] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let tried = 0; tried < TRIES; tried += 1)
      least = [Math.min(least[0], cpuOf(ours, [short])), Math.min(least[1], cpuOf(ours, [long]))];
    return least[1] / least[0];
  });
  return aloneRow(name, "times", growths);
}

/** Of the whole process, collecting garbage included. */
function cpuOf(work: Work, texts: readonly string[]): number {
  // What nobody keeps need not be made.
  const kept: unknown[] = [];
  const begun = process.cpuUsage();
  for (let times = texts.length; ; times += texts.length) {
    for (const text of texts) kept[0] = work(text);
    const { user, system } = process.cpuUsage(begun);
    if (user + system >= 5_000) return (user + system) / times;
  }
}

function notesOf(rows: Row[], hard: Row[]): string[] {
  const over = hard
    .filter(({ ours }) => ours.median > MOST_GROWTH)
    .map(({ name, ours }) => `${name} ${ours.median.toFixed(0)}`);
  const times = rows
    .slice(0, 4)
    .map(({ ratio }) => (1 / ratio!.median).toFixed(0))
    .join(", ");
  const speeds = rows
    .slice(4, 6)
    .map(({ ratio }) => (1 / ratio!.median).toFixed(2))
    .join(", ");
  return [
    `Ours as the server does it: commands found, looked up, arguments read by type. ${PEER} splits a line and reads its flags; it knows no mentions, no languages, no places.`,
    `Times faster than theirs on the first four rows: ${times}. Wanted: ${WANTED_TIMES}.`,
    `Text without a command is rejected at ${speeds} times the speed of looking at each of its characters. Wanted: 0.5.`,
    `A time in words costs what chrono-node costs: most of that row is its.`,
    `Wanted: 64 kB over 1 kB at most ${MOST_GROWTH}; 64 is linear. ${hard.length} hostile texts (tests/commands/hostile-lines.ts). Over it: ${over.join(", ") || "none"}.`,
  ];
}
