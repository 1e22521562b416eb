import { dayName, daysAgo, fullStamp, shortStamp, timeOfDay } from "../words/time.ts";
import { type Html, html } from "./html.ts";
import type { Reader } from "./reader.ts";

const shown = {
  time: timeOf,
  since: (instant: Date, reader: Reader) =>
    daysAgo(instant, new Date(), reader) > 0 ? fullStamp(instant, reader) : timeOf(instant, reader),
  short: (instant: Date, reader: Reader) => shortStamp(instant, new Date(), reader),
  day: (instant: Date, reader: Reader) => dayName(instant, new Date(), reader),
};

/** How an instant is told: hours and minutes, these with the day unless it is today, the short stamp of a list, or the name of its day. */
export type StampKind = keyof typeof shown;

/** Answers the words for an instant, where the reader is. The browser calls it again for fragments made for everyone. */
export function stampText(instant: Date, kind: StampKind, reader: Reader): string {
  return shown[kind](instant, reader);
}

/** Answers an instant as `<time>`, in full on hover. */
export function stamp(instant: Date, kind: StampKind, reader: Reader): Html {
  return html`<time datetime="${instant.toISOString()}" data-stamp="${kind}" title="${fullStamp(instant, reader)}">${stampText(instant, kind, reader)}</time>`;
}

function timeOf(instant: Date, reader: Reader): string {
  return timeOfDay(instant, reader);
}
