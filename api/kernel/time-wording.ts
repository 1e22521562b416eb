import { readDuration } from "./words-to-duration.ts";

type Rewording = (...found: string[]) => string;

const LETTER = "[\\p{L}\\p{N}]";
const word = (of: string) => new RegExp(`(?<!${LETTER})${of}(?!${LETTER})`, "giu");
const HOUR = "(?=\\s*(?:\\d|noon|midnight|пол[дун]))";

// biome-ignore format: a table, aligned
const REWORDINGS: readonly (readonly [RegExp, Rewording])[] = [
  // By a time is at it.
  [word(`(?:by|до|ко?)(?=\\s)${HOUR}`),                        (said) => (/b/i.test(said) ? "at" : "в".padEnd(said.length))],
  [word("пол(?:день|удню|удня)"),                              () => "  12:00"],
  [word("noon"),                                               () => "12pm"],
  [word("at(?=\\s+midnight)"),                                 () => "  "],
  [word("(понедельник|вторник|четверг)у"),                     (_, day) => `${day}а`],
  [word("(сред|пятниц|суббот)е"),                              (_, day) => `${day}у`],
  [word("воскресенью"),                                        () => "воскресенье"],
];
/** In a span that chrono reads, a further part stands right behind the last. */
const SPAN = /^(?:in|через)\s/i;
const IS_SPAN = /^(?:in\s|через\s|\d)/i;
const AND = word("(?:and|и)(?=\\s+\\d{1,5}\\s*\\p{L})");

const TIME_BEHIND =
  /^[\s,]+(?:(?:(?:at|by|в|во|ко?|до|@)\s*(?:\d{1,2}(?!\d)|(?:noon|midnight|пол(?:день|удню|удня|ночь|уночи))(?!\p{L})))|\d{1,2}(?::\d\d|\s?[ap]\.?m(?!\p{L}))|(?:in the (?:morning|afternoon|evening)|утром|дн[её]м|вечером|ночью)(?!\p{L}))\S*/iu;
const HALF_BEHIND = /^\s+(?:and a half|с половиной)(?!\p{L})/iu;
const SPAN_BEHIND = /^[\s,]+(?:and|in|и|через)\s+/iu;
const COMMA_BEHIND = /^\s*,\s*/;
const AGO_BEHIND = /^\s+(?:ago|назад)(?!\p{L})/iu;
/** Behind a bare span, what it is counted from: `1 day before the launch` is not in a day. */
const EVENT_BEHIND = /^\s+(?:before|after|до|после)(?!\p{L})/iu;

/** Words of a time as chrono knows them; every character stays in its place. */
export function reworded(words: string): string {
  const said = REWORDINGS.reduce((text, [from, to]) => text.replace(from, to), words);
  return SPAN.test(said) ? said.replace(AND, (and) => " ".repeat(and.length)) : said;
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
