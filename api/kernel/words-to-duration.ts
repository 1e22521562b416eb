/** How long something takes, as words at the beginning of a text say it, and where these words end. */
export type Said = {
  readonly minutes: number;
  readonly end: number;
  /** Whether days and weeks are all that it is told in. */
  readonly isInDays: boolean;
};

const PART = /\s*(\d{1,5})(?:[.,](\d{1,2}))?\s*(\p{L}+)/uy;
const DAY = 24 * 60;
/** Ten years: what is longer is no duration that anybody means. */
const MOST_MINUTES = 3_660 * DAY;

// biome-ignore format: a table, aligned
const UNITS: readonly (readonly [minutes: number, names: string])[] = [
  [1,       "m min mins minute minutes м мин минута минуту минуты минут"],
  [60,      "h hr hrs hour hours ч час часа часов"],
  [DAY,     "d day days д дн день дня дней"],
  [7 * DAY, "w wk wks week weeks н нед неделя неделю недели недель"],
];
const MINUTES = new Map(UNITS.flatMap(([minutes, names]) => names.split(" ").map((name) => [name, minutes] as const)));

/**
 * Reads a duration that a text begins with, in English or Russian: `2h`, `1d 4h`, `1.5 hours`, `30 мин`. A day has 24 hours.
 * Null if there is none, or one of nothing, or of more than ten years.
 */
export function readDuration(text: string): Said | null {
  let minutes = 0;
  let end = 0;
  let isInDays = true;
  PART.lastIndex = 0;
  for (let part = PART.exec(text); part; part = PART.exec(text)) {
    const unit = MINUTES.get(part[3]!.toLowerCase());
    if (unit === undefined) break;
    minutes += Number(`${part[1]}.${part[2] ?? 0}`) * unit;
    end = PART.lastIndex;
    if (unit < DAY || part[2] !== undefined) isInDays = false;
  }
  minutes = Math.round(minutes);
  return minutes > 0 && minutes <= MOST_MINUTES ? { minutes, end, isInDays } : null;
}

/** A duration in the fewest words that say it: `1d 4h 30m`. */
export function printDuration(minutes: number): string {
  const [days, hours, rest] = [Math.floor(minutes / DAY), Math.floor(minutes / 60) % 24, minutes % 60];
  const parts = [days > 0 && `${days}d`, hours > 0 && `${hours}h`, rest > 0 && `${rest}m`];
  return parts.filter(Boolean).join(" ");
}
