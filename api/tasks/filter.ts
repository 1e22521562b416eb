import { type FilterField, filterFields, filterUnits, filterValues } from "../../words/task-filter.ts";
import type { Locale } from "../../words/words.ts";

/**
 * One thing that tasks must be, or must not be: any of the values of a field, or a text in the title. Values are as `readFilter`
 * makes them: words of ours in English, people and teams by their handles behind an @, keys in capitals, all else as it was written.
 */
export type Condition = { field: FilterField | "text"; values: string[]; isNot: boolean };

/** Which tasks are meant: those of which every condition holds. */
export type Filter = readonly Condition[];

/** Where a word stands in what was written, its quotes with it: from its first sign to behind its last. */
export type Span = { from: number; to: number };

/** What of a filter could not be read, or names nothing: the word, what was most likely meant, and in whose place. */
export type FilterProblem = {
  kind: "field_unknown" | "value_unknown" | "value_missing" | "quote_open" | "unfit" | "too_long";
  field: FilterField | null;
  word: string;
  nearest: string | null;
  span: Span | null;
};

/** Words that need no quotes: letters and digits first, with no sign that means something. */
const BARE_TEXT = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._#/-]*$/u;
const BARE_VALUE = /^[^\s",\\]+$/u;

/** Writes a filter in a language: what it is read from gives the same filter again. */
export function printFilter(filter: Filter, locale: Locale = "en"): string {
  return filter.map((condition) => printCondition(condition, locale)).join(" ");
}

/** Writes one condition of a filter. */
export function printCondition({ field, values, isNot }: Condition, locale: Locale = "en"): string {
  const sign = isNot ? "-" : "";
  if (field === "text") return `${sign}${BARE_TEXT.test(values[0]!) ? values[0] : quoted(values[0]!)}`;
  return `${sign}${filterFields[field][locale][0]}:${values.map((value) => printValue(field, value, locale)).join(",")}`;
}

/** Writes a value of a field: words of ours in the language, all else as it is. */
export function printValue(field: FilterField, value: string, locale: Locale): string {
  const known = filterValues[field];
  if (Object.hasOwn(known, value)) return known[value]![locale][0];
  const span = field === "due" && /^([<>]\d+)([dw])$/.exec(value);
  if (span) return `${span[1]}${filterUnits[span[2] as "d" | "w"][locale][0]}`;
  return quoteIfNeeded(value);
}

/** Writes a value as it is, in quotes where it would be read as more than one otherwise. */
export function quoteIfNeeded(value: string): string {
  return BARE_VALUE.test(value) ? value : quoted(value);
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, (sign) => `\\${sign}`)}"`;
}

/** The filter with a condition more, or in the place of what it said of the same field. */
export function withCondition(filter: Filter, condition: Condition): Filter {
  const rest = filter.filter(({ field, isNot }) => field !== condition.field || isNot !== condition.isNot);
  return condition.values.length === 0 ? rest : [...rest, condition];
}
