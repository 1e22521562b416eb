import type { Locale } from "./words.ts";

/** Whose eyes an instant is shown to: their language and IANA time zone. */
export type Eyes = { locale: Locale; zone: string };

type Shape = "time" | "day" | "dayOfYear" | "weekday" | "date" | "dateOfYear" | "full" | "key";

const shapes: Record<Shape, Intl.DateTimeFormatOptions> = {
  time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  day: { weekday: "long", day: "numeric", month: "long" },
  dayOfYear: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
  weekday: { weekday: "short" },
  date: { day: "numeric", month: "short" },
  dateOfYear: { day: "numeric", month: "short", year: "numeric" },
  full: { dateStyle: "medium", timeStyle: "short", hourCycle: "h23" },
  key: { year: "numeric", month: "2-digit", day: "2-digit" },
};

const relativeDays = { en: { today: "Today", yesterday: "Yesterday" }, ru: { today: "Сегодня", yesterday: "Вчера" } };

// Building a formatter costs some fifty times more than using it.
const formats = new Map<string, Intl.DateTimeFormat>();

function format(shape: Shape, eyes: Eyes): Intl.DateTimeFormat {
  const key = `${shape} ${eyes.locale} ${eyes.zone}`;
  const known = formats.get(key);
  if (known) return known;
  const language = shape === "key" ? "en-CA" : eyes.locale === "ru" ? "ru-RU" : "en-GB";
  const made = new Intl.DateTimeFormat(language, { ...shapes[shape], timeZone: eyes.zone });
  formats.set(key, made);
  return made;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Answers whether a name is an IANA time zone that this machine knows. */
export function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Answers the calendar day of an instant as YYYY-MM-DD, where the eyes are. */
export function dayKey(instant: Date, eyes: Eyes): string {
  return format("key", eyes).format(instant);
}

/** Answers how many calendar days lie between an instant and now, where the eyes are: 0 today, 1 yesterday. */
export function daysAgo(instant: Date, now: Date, eyes: Eyes): number {
  return Math.round((Date.parse(dayKey(now, eyes)) - Date.parse(dayKey(instant, eyes))) / 86_400_000);
}

/** Answers hours and minutes, as 15:40. */
export function timeOfDay(instant: Date, eyes: Eyes): string {
  return format("time", eyes).format(instant);
}

/** Answers a heading for a day of messages: Today, Yesterday, or "Wednesday 11 June"; with the year when it is another. */
export function dayName(instant: Date, now: Date, eyes: Eyes): string {
  const age = daysAgo(instant, now, eyes);
  if (age === 0) return relativeDays[eyes.locale].today;
  if (age === 1) return relativeDays[eyes.locale].yesterday;
  const sameYear = dayKey(instant, eyes).slice(0, 4) === dayKey(now, eyes).slice(0, 4);
  return capitalised(format(sameYear ? "day" : "dayOfYear", eyes).format(instant));
}

/** Answers the short stamp of a list row: the time today, then Yesterday, a weekday for six days, then the date. */
export function shortStamp(instant: Date, now: Date, eyes: Eyes): string {
  const age = daysAgo(instant, now, eyes);
  if (age <= 0) return timeOfDay(instant, eyes);
  if (age === 1) return relativeDays[eyes.locale].yesterday;
  if (age < 7) return capitalised(format("weekday", eyes).format(instant));
  return shortDate(instant, now, eyes);
}

/** Answers a day as 18 Jun; with the year when it is another. */
export function shortDate(instant: Date, now: Date, eyes: Eyes): string {
  const sameYear = dayKey(instant, eyes).slice(0, 4) === dayKey(now, eyes).slice(0, 4);
  return format(sameYear ? "date" : "dateOfYear", eyes).format(instant);
}

/** Answers date and time in full, for a tooltip. */
export function fullStamp(instant: Date, eyes: Eyes): string {
  return format("full", eyes).format(instant);
}

/** Answers a day or an instant that was said, from the day that it was said on: "Friday, 27 November, 18:00". */
export function saidWhen(
  when: { kind: "date"; date: string } | { kind: "instant"; at: Date },
  from: Date,
  eyes: Eyes,
): string {
  if (when.kind === "instant") return `${dayName(when.at, from, eyes)}, ${timeOfDay(when.at, eyes)}`;
  // The day is the same wherever it is asked.
  const today = new Date(`${dayKey(from, eyes)}T12:00Z`);
  return dayName(new Date(`${when.date}T12:00Z`), today, { ...eyes, zone: "UTC" });
}

/** Answers how long something takes, in hours and minutes: "28 hr 30 min". */
export function durationIn(locale: Locale, minutes: number): string {
  const unit = (count: number, name: "hour" | "minute") =>
    new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay: "short" }).format(count);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [hours > 0 && unit(hours, "hour"), rest > 0 && unit(rest, "minute")].filter(Boolean).join(" ");
}
