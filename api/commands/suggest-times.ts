import { oftenSaid } from "../../words/time-suggestions.ts";
import { dayName, fullStamp } from "../../words/time.ts";
import { readWhen, type When } from "../kernel/words-to-instant.ts";
import type { Giving } from "./giving.ts";
import { fold } from "../kernel/nearest.ts";

/** Times that are often said and begin with what was written, each with the day or the instant that it means to the writer now. */
export function suggestTimes({ actor, locale, at }: Giving, asked: string): { text: string; detail: string }[] {
  const eyes = { locale, zone: actor.zone };
  return begunBy(oftenSaid[locale].instants, asked).flatMap((text) => {
    const said = readWhen(text, at, eyes);
    // What is over already nobody means: today at six, once it is seven.
    if (said?.end !== text.length || isOver(said.when, at)) return [];
    return [{ text, detail: meant(said.when, at, eyes) }];
  });
}

/** Durations that are often said and begin with what was written. */
export function suggestDurations({ locale }: Giving, asked: string): string[] {
  return begunBy(oftenSaid[locale].durations, asked);
}

function begunBy(said: readonly string[], asked: string): string[] {
  return said.filter((text) => fold(text).startsWith(fold(asked)));
}

function isOver(when: When, at: Date): boolean {
  return when.kind === "instant" && when.at <= at;
}

function meant(when: When, at: Date, { locale, zone }: { locale: Giving["locale"]; zone: string }): string {
  if (when.kind === "instant") return fullStamp(when.at, { locale, zone });
  // A day is the same for everyone: it is named by its noon in UTC.
  return dayName(new Date(`${when.date}T12:00:00Z`), at, { locale, zone: "UTC" });
}
