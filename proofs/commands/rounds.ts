import { isDeepStrictEqual } from "node:util";
import type { Argument } from "../../api/commands/argument.ts";
import type { Grammar } from "../../api/commands/definition.ts";
import { printCommand } from "../../api/commands/print.ts";
import { readArguments } from "../../api/commands/read-arguments.ts";
import { callsIn, examples, MOSCOW } from "../../tests/commands/example-commands.ts";
import { type Dice, diceFor } from "../dice.ts";
import { NONE } from "../../api/commands/or-none.ts";
import type { Tally } from "../tally.ts";
import { anyLine } from "./lines.ts";

const HANDLES = ["ben", "ирина", "a.b_c-d", "x1", "日本"];
const KEYS = ["OPS-7", "A1-999999999", "WEB-12"];
const PROJECTS = ["OPS", "A1", "ABCDEFGHIJ"];
const LIKE_OTHERS = ["calm", "OPS", "OPS mends", "none", "громко", "@ben", "OPS-7", "2h", "tomorrow", "me", "--bug"];
const COMMANDS = Object.entries(examples) as [string, Grammar][];

type Said = { id: string; grammar: Grammar; values: Record<string, unknown> };

/** Any commands with any values, written after each other on a line, are read as the same commands with the same values. */
export function proveRounds(tally: Tally, seed: number, count: number): void {
  const dice = diceFor(seed, "rounds");
  for (let one = 0; one < count; one += 1) {
    const said = Array.from({ length: dice.between(1, 3) }, () => anyCommand(dice));
    const locale = dice.pick(["en", "ru"] as const);
    const line = said.map(({ grammar, values }) => printCommand(grammar, values, locale)).join(" ");
    tally.judge(problemWith(line, said));
  }
}

function problemWith(line: string, said: Said[]): string | undefined {
  const calls = callsIn(line);
  if (calls.length !== said.length) return `${said.length} commands are read as ${calls.length}: ${line}`;
  for (const [index, { id, grammar, values }] of said.entries()) {
    const call = calls[index]!;
    const reading = readArguments(grammar, call.call, MOSCOW);
    if (call.id !== id || !reading.ok || !isDeepStrictEqual({ ...reading.values }, values))
      return `${JSON.stringify({ values, reading })} of ${JSON.stringify(line)}`;
  }
  return undefined;
}

function anyCommand(dice: Dice): Said {
  const [id, grammar] = dice.pick(COMMANDS);
  const values = Object.entries(grammar.args).map(([name, argument]) => [name, anyValue(argument, dice)]);
  return { id, grammar, values: Object.fromEntries(values) };
}

function anyValue({ kind, isOptional, choices }: Argument<unknown>, dice: Dice): unknown {
  if (kind === "flag") return dice.happens(0.5);
  if (isOptional && dice.happens(0.5)) return null;
  const several = <T>(from: readonly T[]) => [...new Set([dice.pick(from), dice.pick(from)])];
  const lines = () => Array.from({ length: dice.between(1, 3) }, () => anyLine(dice));
  if (kind === "choice") return dice.pick(choices).value;
  if (choices.length > 0 && dice.happens(0.2)) return NONE;
  if (kind === "project") return dice.pick(PROJECTS);
  if (kind === "mention" || kind === "mentions") return kind === "mention" ? dice.pick(HANDLES) : several(HANDLES);
  if (kind === "key" || kind === "keys") return kind === "key" ? dice.pick(KEYS) : several(KEYS);
  if (kind === "instant") return anyWhen(dice);
  if (kind === "duration") return dice.between(1, 100_000);
  // A text may be what another argument is called.
  return kind === "words" ? lines() : dice.happens(0.1) ? dice.pick(LIKE_OTHERS) : anyLine(dice);
}

function anyWhen(dice: Dice): unknown {
  const at = new Date(dice.between(0, 4_000_000_000) * 1_000 + (dice.happens(0.1) ? dice.between(0, 999) : 0));
  return dice.happens(0.5) ? { kind: "instant", at } : { kind: "date", date: at.toISOString().slice(0, 10) };
}
