import type { DueKind } from "../../prisma/generated/client/client.ts";
import { done, type Outcome, refuse } from "../kernel/outcome.ts";
import { instantOfWall, wallAt } from "../kernel/wall-clock.ts";
import { isZone } from "../people/place.ts";

/** When a task is due: by the end of a date, or at an instant, as it was said in a zone. */
export type Due = { date: string; zone: string } | { at: Date; zone: string };

/** The same as it is kept: `at` is when it is late, of a date its end in its zone. */
export type KeptDue = { at: Date; kind: DueKind; zone: string };

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAY_MS = 86_400_000;
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
  // Where clocks go forward at midnight a day has no 00:00: it begins as they do.
  return new Date(instantOfWall(wanted.getTime() + DAY_MS, zone));
}

/** The date in the zone at an instant, as 2026-11-27. */
export function dateIn(at: Date, zone: string): string {
  return new Date(wallAt(at.getTime(), zone)).toISOString().slice(0, 10);
}

/** The date that a kept due date stands for, in its zone; null for an instant. */
export function dateOf({ at, kind, zone }: KeptDue): string | null {
  return kind === "date" ? dateIn(new Date(at.getTime() - 1), zone) : null;
}
