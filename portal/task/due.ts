import { taskWords } from "../../words/tasks.ts";
import { daysAgo, type Eyes, shortDate, timeOfDay } from "../../words/time.ts";
import type { Due } from "./signs.ts";

const DAY = 24 * 60 * 60_000;

/** Answers how a date stands out: late when it is over, soon within its last day. */
export function dueLook({ at }: Pick<Due, "at">, now: Date): "late" | "soon" | "" {
  const left = at.getTime() - now.getTime();
  if (left < 0) return "late";
  return left < DAY ? "soon" : "";
}

/** Answers a due date in words: how late it is, today, tomorrow, or its day; with the time where that matters. */
export function dueSaid(due: Due, now: Date, reader: Eyes): string {
  const words = taskWords[reader.locale];
  const { at, kind } = due;
  const [shown, eyes] = dayShown(due, reader);
  const age = daysAgo(shown, now, eyes);
  if (at <= now) return age > 0 ? words.daysLate(age) : words.late;
  const time = kind === "instant" ? `, ${timeOfDay(at, eyes)}` : "";
  if (age === 0) return `${words.today}${time}`;
  return age === -1 ? `${words.tomorrow}${time}` : shortDate(shown, now, eyes);
}

/** Answers the day of a due date that is a day, which is the same for everyone. */
export function dueDay(due: Due, now: Date, reader: Eyes): string {
  const [shown, eyes] = dayShown(due, reader);
  return shortDate(shown, now, eyes);
}

/** A day is the same for everyone: the one that ends then where it was set. */
function dayShown({ at, kind, zone }: Due, reader: Eyes): [Date, Eyes] {
  return kind === "date" ? [new Date(at.getTime() - 1), { ...reader, zone }] : [at, reader];
}
