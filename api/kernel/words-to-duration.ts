/** How long something takes, as words at the beginning of a text say it, and where these words end. */
export type Said = {
  readonly minutes: number;
  readonly end: number;
  /** Whether days and weeks are all that it is told in. */
  readonly isInDays: boolean;
};

const PART = /\s*(?:(\d{1,5})(?:[.,](\d{1,2}))?|полтор[аы](?=\s))\s*(\p{L}+)/iuy;
const AND = /\s+(?:and|и)(?=\s)/iuy;
const ONE_AND_A_HALF = 1.5;
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
 * Reads a duration that a text begins with, in English or Russian: `2h`, `1d 4h`, `1.5 hours`, `30 мин`, `полтора
 * часа`, `2 hours and 5 minutes`. A day has 24 hours. Null if there is none, or one of nothing, or
 * of more than ten years.
 */
export function readDuration(text: string): Said | null {
  let minutes = 0;
  let end = 0;
  let isInDays = true;
  for (let part = partAt(text, 0); part; part = partAt(text, end)) {
    const [, whole, fraction, name] = part;
    const unit = MINUTES.get(name!.toLowerCase());
    if (unit === undefined) break;
    minutes += (whole === undefined ? ONE_AND_A_HALF : Number(`${whole}.${fraction ?? 0}`)) * unit;
    end = PART.lastIndex;
    if (unit < DAY || whole === undefined || fraction !== undefined) isInDays = false;
  }
  minutes = Math.round(minutes);
  return minutes > 0 && minutes <= MOST_MINUTES ? { minutes, end, isInDays } : null;
}

/** The next part of a duration: what is not the first may stand behind an "and". */
function partAt(text: string, from: number): RegExpExecArray | null {
  AND.lastIndex = from;
  PART.lastIndex = from > 0 && AND.test(text) ? AND.lastIndex : from;
  return PART.exec(text);
}

/** A duration in the fewest words that say it: `1d 4h 30m`. */
export function printDuration(minutes: number): string {
  const [days, hours, rest] = [Math.floor(minutes / DAY), Math.floor(minutes / 60) % 24, minutes % 60];
  const parts = [days > 0 && `${days}d`, hours > 0 && `${hours}h`, rest > 0 && `${rest}m`];
  return parts.filter(Boolean).join(" ");
}
