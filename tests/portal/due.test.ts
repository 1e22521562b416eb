import { describe, expect, it } from "vitest";
import { dueDay, dueLook, dueSaid } from "../../portal/task/due.ts";
import type { Due } from "../../portal/task/signs.ts";

const now = new Date("2026-11-23T12:00:00Z");
const berlin = { locale: "en", zone: "Europe/Berlin" } as const;
const date = (end: string): Due => ({ at: new Date(end), kind: "date", zone: "Europe/Berlin" });
const instant = (at: string): Due => ({ at: new Date(at), kind: "instant", zone: "Europe/Berlin" });

describe("a due date", () => {
  it("is said by its day: late, today, tomorrow, or its date, with the year when it is another", () => {
    const said = [
      "2026-11-21T23:00Z",
      "2026-11-23T23:00Z",
      "2026-11-24T23:00Z",
      "2026-12-10T23:00Z",
      "2027-01-10T23:00Z",
    ];
    expect(said.map((end) => dueSaid(date(end), now, berlin))).toEqual([
      ...["2\u00a0days late", "Today", "Tomorrow", "10 Dec", "10 Jan 2027"],
    ]);
  });

  it("is the same day for everyone, and an instant where each one is", () => {
    const auckland = { locale: "en", zone: "Pacific/Auckland" } as const;
    expect(dueDay(date("2026-12-10T23:00Z"), now, auckland)).toBe("10 Dec");
    expect(dueSaid(instant("2026-11-23T17:00Z"), now, berlin)).toBe("Today, 18:00");
    expect(dueSaid(instant("2026-11-23T17:00Z"), now, { locale: "ru", zone: "Pacific/Auckland" })).toBe(
      "Сегодня, 06:00",
    );
  });

  it("stands out once it is over, and in its last day", () => {
    const looks = ["2026-11-23T11:59Z", "2026-11-24T11:59Z", "2026-11-25T12:00Z"].map((at) =>
      dueLook(instant(at), now),
    );
    expect(looks).toEqual(["late", "soon", ""]);
    expect(dueSaid(instant("2026-11-23T11:00Z"), now, berlin)).toBe("Late");
  });
});
