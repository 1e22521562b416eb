import { namesOf } from "../../api/commands/definition.ts";
import { exampleBook, shippedBooks } from "../../tests/commands/command-books.ts";
import type { Dice } from "../dice.ts";

const NAMES = [...new Set([exampleBook, ...shippedBooks].flatMap(({ grammars }) => grammars.flatMap(namesOf)))].map(
  (name) => `/${name}`,
);
const WORDS =
  "the lamp goes dark лампа гаснет снова high высокий нет none me мне blocks blocked by very urgent mo".split(" ");
const VALUES =
  "@ben @Ирина @a.b_c-d @ben,@ann @ OPS-7 ops-012 OPS- 2h 1d4h 30мин 1,5ч --bug --срочно —bug --x 99999w 0m 25.12 3/4 18:00".split(
    " ",
  );
const TIMES = [
  "tomorrow",
  "завтра в 18:00",
  "fri 6pm",
  "через 2 часа",
  "in 2h",
  "2026-12-25",
  "2026-12-25T18:00Z",
  "9999-12-31T23:59-12:00",
  "2026-02-31",
  "послезавтра утром",
];
const SIGNS = [
  '"',
  "«",
  "»",
  "“",
  "”",
  "„",
  "`",
  "``",
  "```",
  "\\",
  '\\"',
  ",",
  "/",
  "//",
  "@",
  "-",
  "--",
  "#",
  ">",
  "> ",
  "\t",
  "\u00a0",
  "\u2028",
  "\0",
  "\ufeff",
];
const ODD = ["🙂", "👩‍👩‍👧", "\ud800", "\udc00", "İ", "ß", "ё", "е\u0308", "й", "\u0301", "日本", "אב", "\u202e"];
const ENDS = ["\n", "\r\n", "\r", "\n\n"];
const SPACES = [" ", " ", " ", "  ", "", "\t"];

/** A text as people, programs and attackers write it: mostly a line, mostly one that begins as a command does. */
export function anyText(dice: Dice): string {
  let text = dice.happens(0.7) ? dice.pick(NAMES) + dice.pick(SPACES) : "";
  for (let parts = dice.between(0, 9); parts > 0; parts -= 1) text += anyPart(dice) + dice.pick(SPACES);
  return text;
}

/** A value of text that a command may be given: any, but for the ends of lines, which it cannot have. */
export function anyLine(dice: Dice): string {
  return anyText(dice).replace(/[\r\n]/g, "");
}

function anyPart(dice: Dice): string {
  const chance = dice.next();
  if (chance < 0.2) return dice.pick(WORDS);
  if (chance < 0.4) return dice.pick(VALUES);
  if (chance < 0.46) return dice.pick(TIMES);
  if (chance < 0.6) return dice.pick(NAMES);
  if (chance < 0.8) return dice.pick(SIGNS);
  if (chance < 0.9) return dice.pick(ODD);
  return chance < 0.95 ? dice.pick(ENDS) : String.fromCharCode(dice.between(0, 0xffff), dice.between(32, 127));
}
