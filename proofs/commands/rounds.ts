import { isDeepStrictEqual } from "node:util";
import type { Argument } from "../../api/commands/argument.ts";
import type { Grammar } from "../../api/commands/definition.ts";
import { printCommand } from "../../api/commands/print.ts";
import { readArguments } from "../../api/commands/read-arguments.ts";
import { type Book, callsBy, exampleBook, shippedBooks } from "../../tests/commands/command-books.ts";
import { MOSCOW } from "../../tests/commands/example-commands.ts";
import { type Dice, diceFor } from "../dice.ts";
import { NONE } from "../../api/commands/or-none.ts";
import type { Tally } from "../tally.ts";
import { anyLine } from "./lines.ts";

const HANDLES = ["ben", "ирина", "a.b_c-d", "x1", "日本"];
const KEYS = ["OPS-7", "A1-999999999", "WEB-12"];
const PROJECTS = ["OPS", "A1", "ABCDEFGHIJ"];
const LIKE_OTHERS = ["calm", "OPS", "OPS mends", "none", "громко", "@ben", "OPS-7", "2h", "tomorrow", "me", "--bug"];

type Said = { grammar: Grammar; values: Record<string, unknown> };

/**
 * Any commands with any values, written after each other on a line, are read as the same commands with the same values: those with
 * arguments of every kind, and those that are shipped.
 */
export function proveRounds(tally: Tally, seed: number, count: number): void {
  const dice = diceFor(seed, "rounds");
  for (let one = 0; one < count; one += 1) {
    proveLine(tally, exampleBook, dice);
    proveLine(tally, dice.pick(shippedBooks), dice);
  }
}

function proveLine(tally: Tally, book: Book, dice: Dice): void {
  const locale = dice.pick(["en", "ru"] as const);
  // Moves from different states may share a name: it is the first one's.
  const known = book.grammars.filter((grammar) => book.grammarOf(grammar.name[locale]) === grammar);
  const said = Array.from({ length: dice.between(1, 3) }, () => anyCommand(known, dice));
  const line = said.map(({ grammar, values }) => printCommand(grammar, values, locale)).join(" ");
  tally.judge(problemWith(book, line, said));
}

function problemWith(book: Book, line: string, said: Said[]): string | undefined {
  const calls = callsBy(book, line);
  if (calls.length !== said.length) return `${said.length} commands are read as ${calls.length}: ${line}`;
  for (const [index, { grammar, values }] of said.entries()) {
    const call = calls[index]!;
    const reading = readArguments(grammar, call.call, MOSCOW);
    if (call.grammar !== grammar || !reading.ok || !isDeepStrictEqual({ ...reading.values }, values))
      return `${JSON.stringify({ values, reading })} of ${JSON.stringify(line)}`;
  }
  return undefined;
}

function anyCommand(known: readonly Grammar[], dice: Dice): Said {
  const grammar = dice.pick(known);
  const values = Object.entries(grammar.args).map(([name, argument]) => [name, anyValue(argument, dice)]);
  return { grammar, values: Object.fromEntries(values) };
}

function anyValue(argument: Argument<unknown>, dice: Dice): unknown {
  const { kind, isOptional, choices } = argument;
  if (kind === "flag") return dice.happens(0.5);
  if (isOptional && dice.happens(0.5)) return null;
  const several = <T>(from: readonly T[]) => [...new Set([dice.pick(from), dice.pick(from)])];
  const lines = () => Array.from({ length: dice.between(1, 3) }, () => anyLine(dice));
  if (kind === "choice") return dice.pick(choices).value;
  if (choices.length > 0 && dice.happens(0.2)) return NONE;
  if (kind === "project") return dice.pick(PROJECTS);
  if (kind === "mention") return mentioned(argument, `@${dice.pick(HANDLES)}`);
  if (kind === "mentions") return several(HANDLES);
  if (kind === "key" || kind === "keys") return kind === "key" ? dice.pick(KEYS) : several(KEYS);
  if (kind === "instant") return anyWhen(dice);
  if (kind === "duration") return dice.between(1, 100_000);
  // A text may be what another argument is called.
  return kind === "words" ? lines() : dice.happens(0.1) ? dice.pick(LIKE_OTHERS) : anyLine(dice);
}

/** What an argument makes of a mention: some tell it from other words. */
function mentioned({ read }: Argument<unknown>, text: string): unknown {
  const args = [{ text, place: { offset: 0, length: text.length }, isQuoted: false }];
  const taken = read({ source: text, offset: 0, args, hasMore: false, isOptional: false }, MOSCOW);
  return "value" in taken ? taken.value : null;
}

function anyWhen(dice: Dice): unknown {
  const at = new Date(dice.between(0, 4_000_000_000) * 1_000 + (dice.happens(0.1) ? dice.between(0, 999) : 0));
  return dice.happens(0.5) ? { kind: "instant", at } : { kind: "date", date: at.toISOString().slice(0, 10) };
}
