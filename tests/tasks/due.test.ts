import { describe, expect, it } from "vitest";
import { dateIn, dateOf, endOfDate, readDue } from "../../api/tasks/due.ts";

describe("the end of a date", () => {
  it.each([
    ["2026-11-27", "UTC", "2026-11-28T00:00:00.000Z"],
    ["2026-11-27", "Europe/Berlin", "2026-11-27T23:00:00.000Z"],
    ["2026-07-27", "Europe/Berlin", "2026-07-27T22:00:00.000Z"],
    ["2026-11-27", "Asia/Tokyo", "2026-11-27T15:00:00.000Z"],
    ["2026-11-27", "Pacific/Kiritimati", "2026-11-27T10:00:00.000Z"],
    ["2026-11-27", "Pacific/Pago_Pago", "2026-11-28T11:00:00.000Z"],
    // The day that clocks are moved on has 23 hours, and in Beirut no midnight.
    ["2026-03-29", "Europe/Berlin", "2026-03-29T22:00:00.000Z"],
    ["2026-03-28", "Asia/Beirut", "2026-03-28T22:00:00.000Z"],
    ["2028-02-29", "America/New_York", "2028-03-01T05:00:00.000Z"],
    ["2026-12-31", "Asia/Kathmandu", "2026-12-31T18:15:00.000Z"],
  ])("of %s in %s is %s, and reads as that date again", (date, zone, end) => {
    const at = endOfDate(date, zone)!;
    expect(at.toISOString()).toBe(end);
    expect(dateOf({ at, kind: "date", zone })).toBe(date);
  });

  it.each(["2026-02-30", "2026-13-01", "26-11-27", "2026-11-27T10:00", "tomorrow", ""])("of %j is none", (date) => {
    expect(endOfDate(date, "UTC")).toBeUndefined();
  });
});

describe("the end of a date, in every zone that there is,", () => {
  const zones = Intl.supportedValuesOf("timeZone");
  // Days on which clocks are moved somewhere, at midnight too, on the way out and back.
  const dates = [
    ...[
      "2026-01-01",
      "2026-04-23",
      "2026-10-29",
      "2026-03-07",
      "2026-03-08",
      "2026-03-28",
      "2026-03-29",
      "2026-04-04",
      "2026-04-05",
      "2026-09-05",
    ],
    ...["2026-09-06", "2026-10-24", "2026-10-25", "2026-10-31", "2026-11-01", "2026-12-31", "2028-02-29"],
  ];

  it("is the first instant of the day after", () => {
    const wrong = zones.flatMap((zone) =>
      dates
        .filter((date) => {
          const end = endOfDate(date, zone)!.getTime();
          const [last, next] = [dateIn(new Date(end - 1), zone), dateIn(new Date(end), zone)];
          return last !== date || next <= date;
        })
        .map((date) => `${date} ${zone}`),
    );
    expect(wrong).toEqual([]);
  });

  it("keeps the process busy for a moment only, however many dates a filter has", () => {
    const before = process.cpuUsage();
    for (let count = 0; count < 1_000; count++) endOfDate("2026-11-27", "Europe/Berlin");
    const { user, system } = process.cpuUsage(before);
    // In microseconds. Some 10 ms; with a clock made for each look it is seconds.
    expect(user + system).toBeLessThan(400_000);
  });
});

describe("when a task is due", () => {
  it("is an instant as it was said, without a date", () => {
    const at = new Date("2026-11-27T17:00:00.000Z");
    expect(readDue({ at, zone: "Asia/Tokyo" })).toEqual({
      ok: true,
      value: { at, kind: "instant", zone: "Asia/Tokyo" },
    });
    expect(dateOf({ at, kind: "instant", zone: "Asia/Tokyo" })).toBeNull();
  });

  it("may be at no time", () => {
    expect(readDue(null)).toEqual({ ok: true, value: null });
  });

  it("refuses zones that are none and years that no calendar has", () => {
    expect(readDue({ date: "2026-11-27", zone: "Mars/Base" })).toMatchObject({ refusal: "zone_invalid" });
    expect(readDue({ at: new Date(8.64e15), zone: "UTC" })).toMatchObject({ refusal: "task_due_invalid" });
    expect(readDue({ date: "1969-01-01", zone: "UTC" })).toMatchObject({ refusal: "task_due_invalid" });
  });
});
