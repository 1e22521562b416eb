import { describe, expect, it } from "vitest";
import { readTime } from "../../api/reminders/reminder.ts";
import { readerFor } from "../../portal/reader.ts";
import { reminderChoices } from "../../portal/reminders/remind-dialog.ts";

const berlin = readerFor({ locale: "en", zone: "Europe/Berlin" });
const auckland = readerFor({ locale: "ru", zone: "Pacific/Auckland" });
// A Wednesday in Berlin; in Auckland it is Thursday.
const wednesday = new Date("2026-11-25T14:05:00Z");

/** What is offered, and when the same words remind. */
function offered(now: Date, reader: typeof berlin) {
  return reminderChoices(now, reader).map(({ words, label, when }) => {
    const read = readTime({ words }, now, reader);
    return [label, when, read.ok && read.value.toISOString()];
  });
}

describe("the times that a message offers to remind at", () => {
  it("are read as they are shown, where the reader is", () => {
    expect(offered(wednesday, berlin)).toEqual([
      ["In 20 minutes", "15:25", "2026-11-25T14:25:00.000Z"],
      ["In 1 hour", "16:05", "2026-11-25T15:05:00.000Z"],
      ["In 3 hours", "18:05", "2026-11-25T17:05:00.000Z"],
      ["Tomorrow at 9:00", "26 Nov", "2026-11-26T08:00:00.000Z"],
      ["Next Monday at 9:00", "30 Nov", "2026-11-30T08:00:00.000Z"],
    ]);
    expect(offered(wednesday, auckland).slice(2)).toEqual([
      ["Через 3 часа", "06:05", "2026-11-25T17:05:00.000Z"],
      ["Завтра в 9:00", "27 нояб.", "2026-11-26T20:00:00.000Z"],
      ["В понедельник в 9:00", "30 нояб.", "2026-11-29T20:00:00.000Z"],
    ]);
  });

  it("on a Monday go on to the next one, and on a Sunday are one fewer: tomorrow is Monday", () => {
    const monday = new Date("2026-11-30T08:00:00Z");
    expect(offered(monday, berlin).at(-1)).toEqual(["Next Monday at 9:00", "7 Dec", "2026-12-07T08:00:00.000Z"]);
    const sunday = new Date("2026-11-29T08:00:00Z");
    expect(offered(sunday, berlin).at(-1)).toEqual(["Tomorrow at 9:00", "30 Nov", "2026-11-30T08:00:00.000Z"]);
  });

  it("keep nine in the morning over the night in which clocks are put back", () => {
    const before = new Date("2026-10-24T10:00:00Z");
    expect(offered(before, berlin).slice(3)).toEqual([
      ["Tomorrow at 9:00", "25 Oct", "2026-10-25T08:00:00.000Z"],
      ["Next Monday at 9:00", "26 Oct", "2026-10-26T08:00:00.000Z"],
    ]);
  });
});
