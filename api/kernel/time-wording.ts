import { readDuration } from "./words-to-duration.ts";

type Rewording = (...found: string[]) => string;

const LETTER = "[\\p{L}\\p{N}]";
const word = (of: string) => new RegExp(`(?<!${LETTER})${of}(?!${LETTER})`, "giu");
const HOUR = "(?=\\s*(?:\\d|noon|midnight|пол[дун]))";

/** `в 10 часов 30 минут` is `в 10:30`. */
const HOURS =
  /(?<=(?<!\p{L})(?:в|к|до|с|около|после)\s+\d{1,2})\s*ч(?:ас(?:ов|а|ам)?)?(?!\p{L})\.?(?:\s*(\d\d)\s*м(?:ин(?:ут[аыу]?)?)?(?!\p{L})\.?)?/giu;

/** `в 2 дня` is `в 14:00`, and `в 12 ночи` is `в 0:00`. */
const HALF_DAY = /(?<=(?<!\p{L})(?:в|к|до)\s+)(\d{1,2})(:\d\d)?\s+(дня|ночи)(?!\p{L})/giu;

// biome-ignore format: a table, aligned
const REWORDINGS: readonly (readonly [RegExp, Rewording])[] = [
  // By a time is at it.
  [word(`(?:by|до|ко?)(?=\\s)${HOUR}`),                        (said) => (/b/i.test(said) ? "at" : "в".padEnd(said.length))],
  [word("пол(?:день|удню|удня)"),                              () => "  12:00"],
  [word("noon"),                                               () => "12pm"],
  [word("at(?=\\s+midnight)"),                                 () => "  "],
  [HOURS,                                                      (said, minutes) => (minutes ? `:${minutes}` : "").padEnd(said.length)],
  [HALF_DAY,                                                   (said, hour, minutes, half) => `${hourOf(hour!, half!)}${minutes ?? ":00"}`.padEnd(said.length)],
  [word("(понедельник|вторник|четверг)у"),                     (_, day) => `${day}а`],
  [word("(сред|пятниц|суббот)е"),                              (_, day) => `${day}у`],
  [word("воскресенью"),                                        () => "воскресенье"],
  // With two colleagues is not from two o'clock.
  [word("с\\s+\\d{1,2}(?:\\s*[-–—]\\s*\\d{1,2})?(?=\\s+\\p{L}*[аяыиь]ми(?!\\p{L}))"), (said) => "_".repeat(said.length)],
];
/** In a span that chrono reads, a further part stands right behind the last. */
const SPAN = /^(?:in|через)\s/i;
const IS_SPAN = /^(?:in\s|через\s|\d)/i;
const AND = word("(?:and|и)(?=\\s+\\d{1,5}\\s*\\p{L})");

const NUMBER =
  "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:a\\s+)?(?:half|quarter)|час[уа]?|дв(?:а|ум|ух)|тр(?:и|[её]м|[её]х)|четыр(?:е|[её]м|[её]х)|пят[ьи]|шест[ьи]|сем[ьи]|вос(?:емь|ьми)|девят[ьи]|(?:один|две)?(?:надцат|десят)[ьи]";
/** Of which hour half is gone: `полшестого`, `в половине шестого`. */
const HALVED = "(?:перв|втор|четв[её]рт|пят|шест|седьм|восьм|девят|десят|одиннадцат|двенадцат)ого|третьего";
const NAMED = `noon|midnight|пол(?:день|удню|удня|ночь|уночи)|пол[\\s-]?(?:${HALVED})|половин[аеыу]\\s+(?:${HALVED}|\\d{1,2})`;
// Written out: money, friends, sunsets and weddings begin as days do.
const WEEKDAY =
  "mon(?:days?)?|tue(?:s(?:days?)?)?|wed(?:s|nesdays?)?|thu(?:r(?:s(?:days?)?)?)?|fri(?:days?)?|sat(?:urdays?)?|sun(?:days?)?|понедельник\\p{L}?|вторник\\p{L}?|сред[аеуы]|четверг\\p{L}?|пятниц[аеуы]|суббот[аеуы]|воскресень[еяю]";
const PREPOSITION = "at|by|around|after|before|from|until|till|@|в|во|к|ко|до|после|около";
/** These stand as often before what is spoken of, and who comes: `about 3 invoices`, `с 2 коллегами`. */
const LOOSE = "about|с|от";
const PART_OF_DAY = "in the (?:morning|afternoon|evening)|утром|дн[её]м|вечером|ночью|утра|дня|вечера|ночи";
const CLOCK = ":\\d\\d|\\s?[ap]\\.?m(?!\\p{L})";
/** What makes a time of a number behind a loose word: `about 6 pm`, `с 9 до 18`. */
const MAKES_TIME = `${CLOCK}|\\s+o['’]clock|\\s+(?:past|${PART_OF_DAY}|час(?:а|ов)?|до)(?!\\p{L})|(?<=quarter)\\s+to(?!\\p{L})`;
const END = "(?=[\\s\\p{P}]*$)";
const TIMES_BEHIND = [
  `(?:${PREPOSITION})\\s*\\d{1,2}(?!\\d)`,
  `(?:${PREPOSITION})\\s+(?:${NUMBER})(?!\\p{L})`,
  `(?:${PREPOSITION}|${LOOSE})\\s+(?:${NAMED})(?!\\p{L})`,
  `(?:${LOOSE})(?:\\s*\\d{1,2}(?!\\d)|\\s+(?:${NUMBER})(?!\\p{L}))(?:${MAKES_TIME}|${END})`,
  `(?:on|${PREPOSITION})\\s+(?:${WEEKDAY})(?!\\p{L})`,
  `(?:${LOOSE})\\s+(?:${WEEKDAY})(?!\\p{L})(?:\\s+(?:(?:at|в)\\s+)?\\d{1,2}(?:${CLOCK})|${END})`,
  `\\d{1,2}(?:${CLOCK}|\\s*[-–—]\\s*\\d{1,2}(?!\\d))`,
  `(?:${PART_OF_DAY})(?!\\p{L})`,
];
const TIME_BEHIND = new RegExp(`^[\\s,]+(?:${TIMES_BEHIND.join("|")})\\S*`, "iu");
const HALF_BEHIND = /^\s+(?:and a half|с половиной)(?!\p{L})/iu;
const SPAN_BEHIND = /^[\s,]+(?:and|in|и|через)\s+/iu;
const COMMA_BEHIND = /^\s*,\s*/;
const AGO_BEHIND = /^\s+(?:ago|назад)(?!\p{L})/iu;
/** Behind a bare span, what it is counted from: `1 day before the launch` is not in a day. */
const EVENT_BEHIND = /^\s+(?:before|after|до|после)(?!\p{L})/iu;

/** From here on an hour "of the day" is one before noon: `11 дня`. */
const LATE_MORNING = 7;

function hourOf(said: string, half: string): number {
  const hour = Number(said);
  if (half.toLowerCase() === "ночи") return hour === 12 ? 0 : hour;
  return hour < LATE_MORNING ? hour + 12 : hour;
}

/** Words of a time as chrono knows them; every character stays in its place. */
export function reworded(words: string): string {
  const said = REWORDINGS.reduce((text, [from, to]) => text.replace(from, to), words);
  return SPAN.test(said) ? said.replace(AND, (and) => " ".repeat(and.length)) : said;
}

/** Where the words of a time end that ends here once they are reworded: with what was taken out behind it. */
export function endOf(words: string, end: number): number {
  const blank = /^\s*/.exec(reworded(words).slice(end))![0].length;
  return end + words.slice(end, end + blank).trimEnd().length;
}

/** Whether behind a day its time begins. */
export function goesOnToTime(behind: string): boolean {
  return TIME_BEHIND.test(behind);
}

/**
 * How long the words are that go on to say a time behind one that was read, none of which was: `at 10am` behind `in 2 hours`, `at 25:00`,
 * `and a half`. What was read is not what was meant then. Nought where a text goes on otherwise.
 */
export function unreadBehind(words: string, end: number): number {
  const behind = words.slice(end);
  const isBare = /^\d/.test(words) && readDuration(words)?.end === end;
  const patterns = [TIME_BEHIND, HALF_BEHIND, AGO_BEHIND, ...(isBare ? [EVENT_BEHIND] : [])];
  const found = patterns.map((pattern) => pattern.exec(behind)?.[0].length ?? 0).find((length) => length > 0);
  if (found !== undefined) return found;
  const lead = (SPAN_BEHIND.exec(behind) ?? (IS_SPAN.test(words) ? COMMA_BEHIND : null)?.exec(behind))?.[0].length ?? 0;
  const span = lead === 0 ? null : readDuration(behind.slice(lead));
  return span ? lead + span.end : 0;
}
