import { isDeepStrictEqual } from "node:util";
import { caretIn } from "../../api/commands/caret.ts";
import type { CommandCall } from "../../api/commands/command-line.ts";
import type { Grammar } from "../../api/commands/definition.ts";
import type { Place } from "../../api/commands/place.ts";
import { printCommand } from "../../api/commands/print.ts";
import { readArguments } from "../../api/commands/read-arguments.ts";
import { type Book, callsBy, exampleBook, shippedBooks } from "../../tests/commands/command-books.ts";
import { MOSCOW } from "../../tests/commands/example-commands.ts";
import { type Dice, diceFor } from "../dice.ts";
import { type Tally, tell } from "../tally.ts";
import { anyText } from "./lines.ts";

type Counts = { calls: number; understood: number; refused: number; text: number };

/** Any text is read without a throw, and what is read of it is where it says: by commands with arguments of every kind, and by those that are shipped. */
export function proveReading(tally: Tally, seed: number, count: number): void {
  const dice = diceFor(seed, "reading");
  const none = { calls: 0, understood: 0, refused: 0, text: 0 };
  const counted: Record<"examples" | "shipped", Counts> = { examples: { ...none }, shipped: { ...none } };
  for (let one = 0; one < count; one += 1) {
    const text = anyText(dice);
    tally.judge(problemWith(text, { dice, book: exampleBook, counts: counted.examples }));
    tally.judge(problemWith(text, { dice, book: dice.pick(shippedBooks), counts: counted.shipped }));
  }
  for (const [which, counts] of Object.entries(counted)) {
    tell(`  ${count} texts, ${which}: ${JSON.stringify(counts)}`);
    for (const [what, found] of Object.entries(counts))
      tally.expect(`some are ${what} (${which})`, found > count / 100, found);
  }
}

type Case = { dice: Dice; book: Book; counts: Counts };

function problemWith(text: string, { dice, book, counts }: Case): string | undefined {
  try {
    const calls = callsBy(book, text);
    if (calls.length === 0) counts.text += 1;
    counts.calls += calls.length;
    let from = 0;
    for (const { call, grammar } of calls) {
      if (call.place.offset < from) return `places overlap: ${JSON.stringify(text)}`;
      from = call.place.offset + call.place.length;
      const wrong = problemWithPlaces(text, call) ?? problemWithValues(call, { grammar, book, counts });
      if (wrong) return `${wrong}: ${JSON.stringify(text)}`;
    }
    if (dice.happens(0.1)) caretIn(text, dice.between(0, text.length), { find: book.grammarOf, writer: MOSCOW });
    return undefined;
  } catch (fault) {
    return `${JSON.stringify(text)} throws ${(fault as Error).stack}`;
  }
}

function problemWithPlaces(text: string, call: CommandCall): string | undefined {
  const end = call.place.offset + call.place.length;
  if (shown(text, call.place) !== call.source || text[call.place.offset] !== "/") return "a call is not where it says";
  let from = call.place.offset + 1;
  for (const { place } of call.args) {
    if (place.offset < from || place.offset + place.length > end) return "arguments are not where they say";
    from = place.offset + place.length;
  }
  if (/[\r\n]/.test(call.source)) return "a call goes over its line's end";
  return from === end || call.args.length === 0 ? undefined : "a call does not end with its last argument";
}

/** What is understood can be written in either language, and is then read again as the same. */
function problemWithValues(
  call: CommandCall,
  { grammar, book, counts }: { grammar: Grammar | undefined; book: Book; counts: Counts },
): string | undefined {
  if (!grammar) return undefined;
  const reading = readArguments(grammar, call, MOSCOW);
  if (!reading.ok) {
    counts.refused += 1;
    const { offset, length } = reading.place;
    const isWithin = offset >= call.place.offset && offset + length <= call.place.offset + call.place.length;
    return isWithin ? undefined : "a refusal's place is outside its call";
  }
  counts.understood += 1;
  for (const locale of ["en", "ru"] as const) {
    const line = printCommand(grammar, reading.values, locale);
    const again = callsBy(book, line);
    const read = again.length === 1 && readArguments(grammar, again[0]!.call, MOSCOW);
    if (!read || !isDeepStrictEqual(read, reading)) return `written as ${JSON.stringify(line)} it says something else`;
  }
  return undefined;
}

function shown(text: string, { offset, length }: Place): string {
  return text.slice(offset, offset + length);
}
