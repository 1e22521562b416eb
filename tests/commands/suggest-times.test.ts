import { expect, it } from "vitest";
import type { Giving } from "../../api/commands/giving.ts";
import { suggestDurations, suggestTimes } from "../../api/commands/suggest-times.ts";
import { readDuration } from "../../api/kernel/words-to-duration.ts";
import { oftenSaid } from "../../words/time-suggestions.ts";
import type { Locale } from "../../words/words.ts";

/** Somebody in Moscow, on Monday, 23 November 2026, at this hour. */
function writing(locale: Locale, hour: string): Giving {
  return { locale, at: new Date(`2026-11-23T${hour}+03:00`), actor: { zone: "Europe/Moscow" } } as Giving;
}

it("offers times as they are said in each language, every one of which is understood, with what it means", () => {
  for (const locale of ["en", "ru"] as const) {
    const offered = suggestTimes(writing(locale, "15:30"), "");
    expect(offered.map(({ text }) => text)).toEqual(oftenSaid[locale].instants);
    expect(offered.every(({ detail }) => /\d/.test(detail))).toBe(true);
    const durations = suggestDurations(writing(locale, "15:30"), "");
    expect(durations.map((text) => readDuration(text)?.end)).toEqual(durations.map((text) => text.length));
  }
});

it("offers what begins as it was written, and nothing that is over", () => {
  const texts = (locale: Locale, hour: string, asked: string) =>
    suggestTimes(writing(locale, hour), asked).map(({ text }) => text);
  expect(texts("en", "15:30", "TOM")).toEqual(["tomorrow", "tomorrow 10:00"]);
  expect(texts("ru", "19:00", "сегод")).toEqual([]);
  expect(suggestTimes(writing("en", "15:30"), "tomorrow 1")[0]!.detail).toContain("10:00");
  expect(suggestDurations(writing("ru", "15:30"), "30")).toEqual(["30 мин"]);
});
