import { namesOf } from "../../api/commands/definition.ts";
import { documentedGrammar } from "../../tests/commands/documented.ts";
import { callsIn, examples, readOnly } from "../../tests/commands/example-commands.ts";
import { type Dice, diceFor } from "../dice.ts";
import type { Tally } from "../tally.ts";
import { readRules, sentenceOf } from "./ebnf.ts";

const KNOWN = Object.values(examples).flatMap(namesOf);
const LETTERS = ["a", "B", "z", "ж", "Ё", "ß", "日", "א"];
const SIGNS = ["a", "Ж", "7", "@", "-", ".", ":", "!", "#", "🙂", "é", "(", "=", "'", "&"];

/** Writes what the grammar says in words. */
// biome-ignore format: a table, aligned
const SAID: Readonly<Record<string, (dice: Dice) => string>> = {
  "a character that is no quote, no backslash and no line's end": (dice) => dice.pick([...SIGNS, " ", "/", "`", ","]),
  "a character that is no space, quote, backtick or slash":       (dice) => dice.pick(SIGNS),
  "a character that is no space or backtick":                     (dice) => dice.pick([...SIGNS, "/", '"', "»", "\\", ","]),
  "a character that is no backtick and no line's end":            (dice) => dice.pick([...SIGNS, " ", "/", '"', "\\"]),
  "a time of the day as hh:mm":         (dice) => `${two(dice.between(0, 23))}:${two(dice.between(0, 59))}`,
  "seconds as ss":                      (dice) => two(dice.between(0, 59)),
  "an offset as hh:mm or hhmm":         (dice) => two(dice.between(0, 12)) + dice.pick([":", ""]) + dice.pick(["00", "30"]),
  "a day of the calendar as yyyy-mm-dd": (dice) => new Date(dice.between(0, 80_000) * 86_400_000).toISOString().slice(0, 10),
  "the name of a flag of the command":  (dice) => dice.pick(["bug", "urgent", "ошибка", "срочно"]),
  "1 to 32 letters and digits, with single dots, hyphens and underscores between them": (dice) => dice.pick(["ben", "Ирина", "a.b_c-d", "7", "日本", "z".repeat(32)]),
  "a letter of any script":             (dice) => dice.pick(LETTERS),
  "a letter from A to Z, in either case": (dice) => dice.pick(["A", "o", "Z"]),
  "a letter from A to Z in capitals":   (dice) => dice.pick(["A", "O", "Z"]),
  "a letter from A to Z in capitals, or a digit": (dice) => dice.pick(["B", "Q", "7"]),
  "a digit from 0 to 9":                (dice) => String(dice.between(0, 9)),
  "a digit from 1 to 9":                (dice) => String(dice.between(1, 9)),
  "one space or more, but no line's end": (dice) => dice.pick([" ", " ", "  ", "\t", "\u00a0"]),
};

/** Which command takes what a rule says. */
const TAKERS: Readonly<Record<string, string>> = {
  ...{
    mentions: "assign",
    keys: "link blocks",
    project: "epic",
    duration: "estimate",
    instant: "due",
    flag: "task x",
    argument: "label",
  },
};

/** What the documented grammar allows is read as it says: each call, with each of its arguments; and what a kind of argument says is understood. */
export function proveSentences(tally: Tally, seed: number, count: number): void {
  const dice = diceFor(seed, "sentences");
  // What is known is a rule that the page leaves to the list of commands.
  const rules = new Map(readRules(documentedGrammar())).set("known", { is: "said", words: "known" });
  const say = (words: string) => (words === "known" ? dice.pick(KNOWN) : SAID[words]!(dice));
  for (let one = 0; one < count; one += 1) {
    tally.judge(problemWithLine(sentenceOf(rules, "command_line", { dice, say })));
    const [rule, taker] = dice.pick(Object.entries(TAKERS));
    const line = `/${taker} ${sentenceOf(rules, rule, { dice, say }).text}`;
    tally.judge(isRead(line) ? undefined : `${rule} is not read: ${JSON.stringify(line)}`);
  }
}

function problemWithLine({ text, used }: ReturnType<typeof sentenceOf>): string | undefined {
  const wanted = used.filter(({ rule }) => rule === "first" || rule === "call").map((call) => call.text);
  const args = used.filter(({ rule }) => rule === "argument").map((argument) => argument.text);
  const calls = callsIn(text).map(({ call }) => call);
  const found = calls.map(({ source }) => source);
  const foundArgs = calls.flatMap((call) =>
    call.args.map(({ place }) => text.slice(place.offset, place.offset + place.length)),
  );
  const isSame = JSON.stringify([found, foundArgs]) === JSON.stringify([wanted, args]);
  return isSame ? undefined : JSON.stringify({ text, wanted, found, args, foundArgs });
}

function isRead(line: string): boolean {
  const reading = readOnly(line);
  return reading.ok;
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
