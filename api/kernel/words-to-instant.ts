import * as chrono from "chrono-node";
import type { Eyes } from "../../words/time.ts";
import { readIso } from "./iso-instant.ts";
import { endOf, goesOnToTime, reworded } from "./time-wording.ts";
import { instantOfWall, wallAt } from "./wall-clock.ts";
import { readDuration } from "./words-to-duration.ts";

/** A day of the calendar, which counts until its end wherever that is asked; or an instant. */
export type When = { readonly kind: "date"; readonly date: string } | { readonly kind: "instant"; readonly at: Date };

/** What the writer sees: the present instant, and what the clock on their wall shows of it. */
type Seen = { readonly from: Date; readonly zone: string; readonly wall: number };

export type SaidWhen = { readonly when: When; readonly end: number };

/** Words of a time are few: what is further behind is not looked at, so that no text makes this slow. */
export const MOST_LENGTH = 80;
const MINUTE = 60_000;
const [YEAR_0, YEAR_10000] = [Date.parse("0000-01-01"), Date.UTC(10_000, 0)];
const LANGUAGES = { en: chrono.en.casual, ru: chrono.ru.casual } as const;
const RELATIVE = /^(?:in|через)\s+/i;
const NUMERIC = /^(\d{1,2})([./])(\d{1,2})(?:\2(\d{4}))?(?![\d./])/;
/** What is due by a day is due on it. */
const BY = /^(?:by|до|ко?)\s+/i;
const RELATIVE_TAG = /^(?:result\/relativeDate|casualReference\/now$)/;
const TIME_OF_DAY = /^casualReference\/(?:morning|afternoon|evening|night|tonight|noon|midnight)$/;

/**
 * Reads the day or the instant that a text begins with, in English or Russian, as somebody in their zone means it: `tomorrow`,
 * `fri 18:00`, `in 2h`, `завтра в 18:00`, `через 2 часа`, `25.12`, `2026-12-25T18:00Z`. What says no time is a day. Numbers are
 * day, month, year; what may be either is ahead. Null if no such words begin here, and for years of five digits. What stands behind
 * may say more of a time: see `unreadBehind`.
 */
export function readWhen(text: string, from: Date, eyes: Eyes): SaidWhen | null {
  const by = BY.exec(text)?.[0].length ?? 0;
  // By two hours is by two o'clock.
  const lead = readDuration(text.slice(by, MOST_LENGTH)) ? 0 : by;
  const words = text.slice(lead, MOST_LENGTH);
  const said = readIso(words, eyes.zone) ?? readAny(words, from, eyes);
  return said && isInReach(said.when) ? { when: said.when, end: lead + said.end } : null;
}

/** Years of four digits can be written as they are read. */
function isInReach(when: When): boolean {
  return when.kind === "date" || (when.at.getTime() >= YEAR_0 && when.at.getTime() < YEAR_10000);
}

function readAny(words: string, from: Date, { locale, zone }: Eyes): SaidWhen | null {
  const wall = wallAt(from.getTime(), zone);
  const relative = readRelative(words, from, wall);
  if (relative && (relative.when.kind === "instant" || !goesOnToTime(words.slice(relative.end)))) return relative;
  const date = relative ?? readNumeric(words, wall);
  const day = date?.when.kind === "date" ? date.when.date : "";
  const shown = day + reworded(words).slice(date?.end);
  const said = readWords(shown, LANGUAGES[languageOf(words) ?? locale], { from, zone, wall });
  return said ? { when: said.when, end: endOf(words, said.end + words.length - shown.length) } : null;
}

function readNumeric(words: string, wall: number): SaidWhen | null {
  const found = NUMERIC.exec(words);
  const date = found && isoOf(found, wall);
  return date ? { when: { kind: "date", date }, end: found[0].length } : null;
}

/** The language of ours that is written in the letters of the first word; null if it is neither. */
function languageOf(words: string): Eyes["locale"] | null {
  const letter = /\p{L}/u.exec(words)?.[0] ?? "";
  return /[a-z]/i.test(letter) ? "en" : /[а-яё]/i.test(letter) ? "ru" : null;
}

/** As `readWhen` reads it again. */
export function printWhen(when: When): string {
  return when.kind === "date" ? when.date : when.at.toISOString().replace(/(?::00)?\.000Z$/, "Z");
}

/** Hours and minutes pass as they do, whatever clocks are put to; days are counted on the calendar. */
function readRelative(words: string, from: Date, wall: number): SaidWhen | null {
  const lead = RELATIVE.exec(words)?.[0].length ?? 0;
  const said = readDuration(words.slice(lead));
  if (said === null) return null;
  const end = lead + said.end;
  const span = said.minutes * MINUTE;
  if (said.isInDays) return { when: { kind: "date", date: dateOf(wall + span) }, end };
  return { when: { kind: "instant", at: new Date(from.getTime() + span) }, end };
}

/** The date that numbers say: without a year, the next one. */
function isoOf([, day, , month, year]: RegExpExecArray, wall: number): string | null {
  const inYear = (of: number) => {
    const date = new Date(Date.UTC(of, Number(month) - 1, Number(day)));
    return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day)
      ? dateOf(date.getTime())
      : null;
  };
  if (year) return inYear(Number(year));
  const present = new Date(wall).getUTCFullYear();
  for (let of = present; of <= present + 8; of += 1) {
    const date = inYear(of);
    if (date !== null && date >= dateOf(wall)) return date;
  }
  return null;
}

/**
 * Chrono is shown the wall's clock as this machine's own, and no zone: told of one, it compares instants of two kinds, and takes
 * later today for next year where the machine is not in UTC.
 */
function readWords(text: string, language: chrono.Chrono, { from, zone, wall }: Seen): SaidWhen | null {
  const shown = new Date(wall);
  const [year, month, date] = [shown.getUTCFullYear(), shown.getUTCMonth(), shown.getUTCDate()];
  const machine = new Date(year, month, date, shown.getUTCHours(), shown.getUTCMinutes(), shown.getUTCSeconds());
  const [found] = language.parse(text, machine, { forwardDate: true });
  if (!found || found.end || text.slice(0, found.index).trim() !== "") return null;
  const { start } = found;
  const tags = [...found.tags()];
  const isRelative = tags.some((tag) => RELATIVE_TAG.test(tag));
  const saysTime = start.isCertain("hour") || tags.some((tag) => TIME_OF_DAY.test(tag));
  if (!saysTime && !isRelative && !start.isCertain("day") && !start.isCertain("weekday")) return null;
  const end = found.index + found.text.length;
  if (isRelative && saysTime) return { when: instantAt(from.getTime() + +start.date() - +machine), end };
  const of = (component: chrono.Component) => start.get(component) ?? 0;
  const day = Date.UTC(of("year"), of("month") - 1, of("day"));
  if (!saysTime) return { when: { kind: "date", date: dateOf(day) }, end };
  const time = day + (of("hour") * 60 + of("minute")) * MINUTE + of("second") * 1_000;
  const isZoned = start.isCertain("timezoneOffset");
  return { when: instantAt(isZoned ? time - of("timezoneOffset") * MINUTE : instantOfWall(time, zone)), end };
}

function instantAt(at: number): When {
  return { kind: "instant", at: new Date(at) };
}

function dateOf(wall: number): string {
  return new Date(wall).toISOString().slice(0, 10);
}
