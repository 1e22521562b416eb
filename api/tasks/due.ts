import type { DueKind } from "../../prisma/generated/client/client.ts";
import { done, type Outcome, refuse } from "../kernel/outcome.ts";
import { isZone } from "../people/place.ts";

/** When a task is due: by the end of a date, or at an instant, as it was said in a zone. */
export type Due = { date: string; zone: string } | { at: Date; zone: string };

/** The same as it is kept: `at` is when it is late, of a date its end in its zone. */
export type KeptDue = { at: Date; kind: DueKind; zone: string };

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const HOUR_MS = 3_600_000;
/** Instants that both JavaScript and PostgreSQL write in four digits of a year. */
const [FIRST, LAST] = [Date.UTC(1970, 0, 1), Date.UTC(9999, 0, 1)];

/** Reads when a task is due; null: at no time. Refuses a date that is in no calendar, and a zone that is none. */
export function readDue(due: Due | null): Outcome<KeptDue | null, "task_due_invalid" | "zone_invalid"> {
  if (due === null) return done(null);
  if (!isZone(due.zone)) return refuse("zone_invalid", ["input", "due", "zone"]);
  const at = "at" in due ? due.at : endOfDate(due.date, due.zone);
  if (!at || at.getTime() < FIRST || at.getTime() > LAST)
    return refuse("task_due_invalid", ["input", "due", "at" in due ? "at" : "date"]);
  return done({ at, kind: "at" in due ? "instant" : "date", zone: due.zone });
}

/** The first instant of the day after, in the zone; undefined for a date that is in no calendar. */
export function endOfDate(date: string, zone: string): Date | undefined {
  const [, year, month, day] = DATE.exec(date) ?? [];
  if (!year) return undefined;
  const wanted = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  if (wanted.toISOString().slice(0, 10) !== date) return undefined;
  // Where clocks are moved at midnight a day has no 00:00: so the end is looked for, between two instants on either side of it.
  let [low, high] = [wanted.getTime() - 15 * HOUR_MS, wanted.getTime() + 39 * HOUR_MS];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (dateIn(new Date(middle), zone) <= date) low = middle;
    else high = middle;
  }
  return new Date(high);
}

/** The date in the zone at an instant, as 2026-11-27. */
export function dateIn(at: Date, zone: string): string {
  const parts = new Intl.DateTimeFormat("en", {
    ...{ timeZone: zone, calendar: "iso8601", numberingSystem: "latn" },
    ...{ year: "numeric", month: "2-digit", day: "2-digit" },
  }).formatToParts(at);
  const [year, month, day] = (["year", "month", "day"] as const).map(
    (wanted) => parts.find(({ type }) => type === wanted)!.value,
  );
  return `${year!.padStart(4, "0")}-${month}-${day}`;
}

/** The date that a kept due date stands for, in its zone; null for an instant. */
export function dateOf({ at, kind, zone }: KeptDue): string | null {
  return kind === "date" ? dateIn(new Date(at.getTime() - 1), zone) : null;
}
