import { describe, expect, it } from "vitest";
import { readerFor } from "../../portal/reader.ts";
import { stampText } from "../../portal/stamp.ts";
import { dayName, fullStamp, isZone, shortStamp, timeOfDay } from "../../words/time.ts";

const riga = { locale: "en", zone: "Europe/Riga" } as const;
const moscow = { locale: "ru", zone: "Europe/Moscow" } as const;
const now = new Date("2026-06-11T12:00:00Z");

describe("an instant", () => {
  it("is told where its reader is", () => {
    expect(timeOfDay(new Date("2026-06-11T12:40:00Z"), riga)).toBe("15:40");
    expect(timeOfDay(new Date("2026-06-11T21:05:00Z"), riga)).toBe("00:05");
  });

  it.each([
    ["2026-06-11T05:00:00Z", "08:00", "08:00"],
    ["2026-06-10T20:59:00Z", "Yesterday", "Вчера"],
    ["2026-06-08T10:00:00Z", "Mon", "Пн"],
    ["2026-05-02T10:00:00Z", "2 May", "2 мая"],
    ["2025-12-24T10:00:00Z", "24 Dec 2025", "24 дек. 2025 г."],
  ])("of %s is short in a list", (instant, english, russian) => {
    expect(shortStamp(new Date(instant), now, riga)).toBe(english);
    expect(shortStamp(new Date(instant), now, moscow)).toBe(russian);
  });

  it("is told with its day, unless that is today", () => {
    const [today, before] = [new Date(), new Date(Date.now() - 3 * 86_400_000)];
    const reader = readerFor(riga);
    expect(stampText(today, "since", reader)).toBe(timeOfDay(today, riga));
    expect(stampText(before, "since", reader)).toBe(fullStamp(before, riga));
  });

  it("names its day", () => {
    expect(dayName(now, now, riga)).toBe("Today");
    expect(dayName(new Date("2026-06-03T10:00:00Z"), now, riga)).toBe("Wednesday 3 June");
    expect(dayName(new Date("2026-06-03T10:00:00Z"), now, moscow)).toBe("Среда, 3 июня");
  });

  it("changes its day at the reader's midnight, also where clocks are put forward", () => {
    const spring = new Date("2026-03-29T12:00:00Z");
    expect(dayName(new Date("2026-03-28T22:30:00Z"), spring, riga)).toBe("Today");
    expect(dayName(new Date("2026-03-28T21:30:00Z"), spring, riga)).toBe("Yesterday");
  });
});

describe("a time zone", () => {
  it("is known or not", () => {
    expect([isZone("Europe/Riga"), isZone("Mars/Olympus")]).toEqual([true, false]);
  });
});
