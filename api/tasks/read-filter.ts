import { type FilterField, filterFields, filterUnits, filterValues } from "../../words/task-filter.ts";
import { fold, nearest } from "../kernel/nearest.ts";
import { isStorable } from "../kernel/text.ts";
import type { Condition, Filter, FilterProblem, Span } from "./filter.ts";

/** Of each condition, where its values stand in what was written. */
export type Spans = ReadonlyMap<Condition, ReadonlyMap<string, Span>>;

/** A filter as far as it could be read, and what of it could not be. */
export type FilterReading = { filter: Filter; problems: FilterProblem[]; spans: Spans };

export const LONGEST_FILTER = 1_000;
/** Conditions of a filter, and values of each. */
const MOST = 20;

/** Every name of a field, in both languages, by how it is compared. */
const fields = new Map<string, FilterField>(
  Object.entries(filterFields).flatMap(([field, names]) =>
    namesIn(names).map((name) => [fold(name), field as FilterField]),
  ),
);

/** Every name of a value of ours, by field. */
const values = Object.fromEntries(
  Object.entries(filterValues).map(([field, known]) => [
    field,
    new Map(Object.entries(known).flatMap(([value, names]) => namesIn(names).map((name) => [fold(name), value]))),
  ]),
) as Record<FilterField, Map<string, string>>;

const units = new Map(
  Object.entries(filterUnits).flatMap(([unit, names]) => namesIn(names).map((name) => [fold(name), unit])),
);

function namesIn({ en, ru }: { en: readonly string[]; ru: readonly string[] }): string[] {
  return [...en, ...ru];
}

/**
 * Reads a filter such as `is:open assignee:@ann priority:high,urgent -label:billing due:<7d lamp`, its words in either language.
 * It never throws: what it cannot read is told, and the rest is the filter.
 */
export function readFilter(text: string): FilterReading {
  if (text.length > LONGEST_FILTER) return unread("too_long");
  if (!isStorable(text)) return unread("unfit");
  const filter: Condition[] = [];
  const spans = new Map<Condition, Map<string, Span>>();
  const problems: FilterProblem[] = [];
  const cursor = new Cursor(text);
  while (cursor.skipSpaces()) {
    const read = readCondition(cursor);
    problems.push(...read.problems);
    if (read.condition) filter.push(read.condition);
    if (read.condition && read.spans) spans.set(read.condition, read.spans);
  }
  const isLong = filter.length > MOST || filter.some((condition) => condition.values.length > MOST);
  return isLong ? unread("too_long") : { filter, problems, spans };
}

function unread(kind: FilterProblem["kind"]): FilterReading {
  return { filter: [], problems: [problem(kind, "")], spans: new Map() };
}

function problem(kind: FilterProblem["kind"], word: string, rest: Partial<FilterProblem> = {}): FilterProblem {
  return { kind, word, field: null, nearest: null, span: null, ...rest };
}

type Read = { condition?: Condition; spans?: Map<string, Span>; problems: FilterProblem[] };

function readCondition(cursor: Cursor): Read {
  const isNot = cursor.take(/-(?=[^\s-])/y) !== null;
  const from = cursor.at;
  const name = cursor.take(/\p{L}[\p{L}\p{M}-]*(?=:)/uy);
  if (name !== null) {
    const span = { from, to: cursor.at };
    cursor.take(/:/y);
    const values = readValues(cursor);
    const field = fields.get(fold(name));
    if (!field) return { problems: [problem("field_unknown", name, { nearest: nearestField(name), span })] };
    return readGiven({ field, isNot, ...values });
  }
  const said = cursor.quoted();
  const text = said ? said.text : cursor.take(/[^\s"]+/y)!;
  const problems = said && !said.isClosed ? [problem("quote_open", said.text)] : [];
  return text.trim() === "" ? { problems } : { condition: { field: "text", values: [text], isNot }, problems };
}

/** By the name of its own language that is nearest. */
function nearestField(name: string): string | null {
  return nearest(name, Object.values(filterFields).flatMap(namesIn));
}

type Given = { given: { text: string; span: Span }[]; isOpen: boolean };

function readValues(cursor: Cursor): Given {
  const given: Given["given"] = [];
  let isOpen = false;
  do {
    const from = cursor.at;
    const said = cursor.quoted();
    if (said && !said.isClosed) isOpen = true;
    const text = (said ? said.text : (cursor.take(/[^\s",]+/y) ?? "")).trim();
    if (text !== "") given.push({ text, span: { from, to: cursor.at } });
  } while (cursor.take(/,/y) !== null);
  return { given, isOpen };
}

function readGiven({ field, isNot, given, isOpen }: Given & { field: FilterField; isNot: boolean }): Read {
  const name = filterFields[field].en[0];
  if (isOpen) return { problems: [problem("quote_open", given.at(-1)?.text ?? "", { field })] };
  if (given.length === 0) return { problems: [problem("value_missing", name, { field })] };
  const read = given.map(({ text, span }) => ({ text, span, value: readValue(field, text) }));
  const bad = read.filter(({ value }) => value === null);
  const problems = bad.map(({ text, span }) =>
    problem("value_unknown", text, { field, nearest: nearest(text, values[field].keys()), span }),
  );
  const spans = new Map(read.flatMap(({ value, span }) => (value === null ? [] : [[value, span] as const])));
  return spans.size === 0 ? { problems } : { condition: { field, values: [...spans.keys()], isNot }, spans, problems };
}

/** A value as a filter keeps it; null: there is no such one. */
function readValue(field: FilterField, text: string): string | null {
  const own = values[field].get(fold(text));
  if (own !== undefined) return own;
  return readers[field]?.(text) ?? null;
}

/** The fields that take more than words of ours. */
const readers: Partial<Record<FilterField, (text: string) => string | null>> = {
  project: (text) => (/^[A-Za-z][A-Za-z0-9]{1,9}$/.test(text) ? text.toUpperCase() : null),
  state: (text) => (text.length <= 40 ? text : null),
  label: (text) => (text.length <= 40 ? text : null),
  assignee: readHandleOf,
  watcher: readHandleOf,
  team: readHandleOf,
  due: readSpan,
};

function readHandleOf(text: string): string | null {
  const handle = text.replace(/^@/, "").normalize("NFC").toLowerCase();
  return handle !== "" && handle.length <= 32 && /^[\p{L}\p{M}\p{N}._-]+$/u.test(handle) ? `@${handle}` : null;
}

/** A date, before or after it, or within so many days or weeks from now. */
function readSpan(text: string): string | null {
  const [, sign = "", rest = ""] = /^([<>]?)(.+)$/su.exec(text) ?? [];
  if (/^\d{4}-\d{2}-\d{2}$/.test(rest)) return isDate(rest) ? text : null;
  const [, count, word] = /^(\d{1,4})(\p{L}+)$/u.exec(rest) ?? [];
  const unit = word && units.get(fold(word));
  return sign !== "" && unit ? `${sign}${Number(count)}${unit}` : null;
}

function isDate(date: string): boolean {
  const at = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === date && at.getUTCFullYear() >= 1970;
}

/** A place in a text. */
class Cursor {
  #at = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** How many signs stand before it. */
  get at(): number {
    return this.#at;
  }

  /** Goes to what comes after spaces; false where nothing comes. */
  skipSpaces(): boolean {
    this.take(/\s+/y);
    return this.#at < this.#text.length;
  }

  /** What stands here, by a sticky pattern that never matches nothing. */
  take(pattern: RegExp): string | null {
    return this.#match(pattern)?.[0] ?? null;
  }

  /** What stands here in quotes; one that is not closed goes to the end. */
  quoted(): { text: string; isClosed: boolean } | null {
    const found = this.#match(/"((?:[^"\\]|\\[\s\S])*)("?)/y);
    return found && { text: found[1]!.replace(/\\([\s\S])/g, "$1"), isClosed: found[2] !== "" };
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found) this.#at = pattern.lastIndex;
    return found;
  }
}
