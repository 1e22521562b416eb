import { afterEach, describe, expect, it } from "vitest";
import { instantOfWall, wallAt } from "../../api/kernel/wall-clock.ts";
import { unreadBehind } from "../../api/kernel/time-wording.ts";
import { printDuration, readDuration } from "../../api/kernel/words-to-duration.ts";
import { printWhen, readWhen } from "../../api/kernel/words-to-instant.ts";

/** A Monday, 15:30 in Moscow. */
const AT = new Date("2026-11-23T12:30:00Z");
const systemZone = process.env.TZ;
afterEach(() => {
  process.env.TZ = systemZone ?? "";
  if (systemZone === undefined) delete process.env.TZ;
});

/** What words say in Moscow on that Monday, or elsewhere: the day, or the instant; nothing where they end before the text does. */
function said(text: string, { zone = "Europe/Moscow", at = AT } = {}): string | null {
  const found = readWhen(text, at, { locale: "en", zone });
  return found?.end === text.length ? printWhen(found.when) : null;
}

describe("words of a time", () => {
  it.each([
    ["tomorrow", "2026-11-24"],
    ["завтра", "2026-11-24"],
    ["послезавтра", "2026-11-25"],
    ["fri", "2026-11-27"],
    ["в пятницу", "2026-11-27"],
    ["next monday", "2026-11-30"],
    ["на следующей неделе", "2026-11-30"],
    ["in 2 days", "2026-11-25"],
    ["через 2 дня", "2026-11-25"],
    ["через неделю", "2026-11-30"],
    ["dec 25", "2026-12-25"],
    ["25 декабря", "2026-12-25"],
    ["2 января", "2027-01-02"],
    ["25.12", "2026-12-25"],
    ["22.11", "2027-11-22"],
    ["23.11", "2026-11-23"],
    ["29.02", "2028-02-29"],
    ["3/4/2027", "2027-04-03"],
    ["12/25", "2026-12-25"],
    ["2026-12-25", "2026-12-25"],
    ["by friday", "2026-11-27"],
    ["до пятницы", "2026-11-27"],
    ["к пятнице", "2026-11-27"],
    ["ко вторнику", "2026-11-24"],
    ["к воскресенью", "2026-11-29"],
    ["by 25.12", "2026-12-25"],
    ["до 2026-12-25", "2026-12-25"],
  ])("say a day when they say no time: %s", (text, date) => {
    expect(said(text)).toBe(date);
  });

  it.each([
    ["tomorrow at 18:00", "2026-11-24T15:00Z"],
    ["завтра в 18:00", "2026-11-24T15:00Z"],
    ["завтра в 9 утра", "2026-11-24T06:00Z"],
    ["Fri 18:00", "2026-11-27T15:00Z"],
    ["пт 18:00", "2026-11-27T15:00Z"],
    ["25.12 18:00", "2026-12-25T15:00Z"],
    ["25.12.2026 в 18:00", "2026-12-25T15:00Z"],
    ["18:00", "2026-11-23T15:00Z"],
    ["9:00", "2026-11-24T06:00Z"],
    ["tomorrow morning", "2026-11-24T03:00Z"],
    ["завтра утром", "2026-11-24T03:00Z"],
    ["завтра в полдень", "2026-11-24T09:00Z"],
    ["2026-12-25 18:00", "2026-12-25T15:00Z"],
    ["2026-12-25T18:00:30", "2026-12-25T15:00:30Z"],
    ["2026-12-25T18:00Z", "2026-12-25T18:00Z"],
    ["2026-12-25T18:00:00.5+0300", "2026-12-25T15:00:00.500Z"],
    ["fri 6pm EST", "2026-11-27T23:00Z"],
    ["in 2h", "2026-11-23T14:30Z"],
    ["через 2 часа", "2026-11-23T14:30Z"],
    ["через два часа", "2026-11-23T14:30Z"],
    ["через 30 мин", "2026-11-23T13:00Z"],
    ["через 1д 4ч", "2026-11-24T16:30Z"],
    ["2h", "2026-11-23T14:30Z"],
    ["now", "2026-11-23T12:30Z"],
    ["in 3 days at 10am", "2026-11-26T07:00Z"],
    ["через 3 дня в 10:00", "2026-11-26T07:00Z"],
    ["через 2 дня утром", "2026-11-25T03:00Z"],
    ["in 2 days at noon", "2026-11-25T09:00Z"],
    ["in 2 hours and 30 minutes", "2026-11-23T15:00Z"],
    ["через 2 часа и 30 минут", "2026-11-23T15:00Z"],
    ["через час и 30 минут", "2026-11-23T14:00Z"],
    ["in 1 day and 4 hours", "2026-11-24T16:30Z"],
    ["через полтора часа", "2026-11-23T14:00Z"],
    ["at noon", "2026-11-24T09:00Z"],
    ["tomorrow at noon", "2026-11-24T09:00Z"],
    ["at midnight", "2026-11-23T21:00Z"],
    ["к полудню", "2026-11-24T09:00Z"],
    ["by friday 18:00", "2026-11-27T15:00Z"],
    ["к пятнице к 18:00", "2026-11-27T15:00Z"],
    ["tomorrow by 6pm", "2026-11-24T15:00Z"],
    ["до 18:00", "2026-11-23T15:00Z"],
    ["до 2 часов дня", "2026-11-24T11:00Z"],
    ["завтра в 2 дня", "2026-11-24T11:00Z"],
    ["завтра в 11 дня", "2026-11-24T08:00Z"],
    ["завтра в 12 ночи", "2026-11-23T21:00Z"],
    ["завтра в 10 часов", "2026-11-24T07:00Z"],
    ["завтра в 10 часов 30 минут", "2026-11-24T07:30Z"],
    ["завтра в 7 часов вечера", "2026-11-24T16:00Z"],
  ])("say an instant in the writer's zone: %s", (text, instant) => {
    expect(said(text)).toBe(instant);
  });

  it.each([
    "",
    "someday",
    "7",
    "2026-02-31",
    "31.02",
    "2026-12-25T25:00",
    "2026-12-25 18:61",
    "monday to friday",
    "may",
    "tomorrow at 25:00",
  ])("are none: %j", (text) => {
    expect(said(text)).toBe(null);
  });

  it("end where the text goes on", () => {
    const found = readWhen("завтра в 18:00 позвонить Бену", AT, { locale: "ru", zone: "Europe/Moscow" });
    expect(found).toEqual({ when: { kind: "instant", at: new Date("2026-11-24T15:00:00Z") }, end: 14 });
  });

  // biome-ignore format: a table, aligned
  it.each([
    ["tomorrow at 25:00 call",           " at 25:00"],
    ["in 2 hours at 10am call",          " at 10am"],
    ["in 1.5 days at 10am call",         " at 10am"],
    ["in an hour and a half call",       " and a half"],
    ["через час с половиной звонок",     " с половиной"],
    ["in 1 day, 4 hours",                ", 4 hours"],
    ["завтра через 2 часа звонок",       " через 2 часа"],
    ["завтра днём звонок",               " днём"],
    ["завтра в семь звонок",             " в семь"],
    ["завтра в полшестого звонок",       " в полшестого"],
    ["завтра после 18:00 звонок",        " после 18:00"],
    ["tomorrow at half past 5",          " at half"],
    ["tomorrow around 6pm call",         " around 6pm"],
    ["tomorrow 9-10 call",               " 9-10"],
    ["in a week on friday call",         " on friday"],
    ["завтра в школе",                   ""],
    ["tomorrow at the tenants'",         ""],
    ["2 days ago",                       " ago"],
    ["1 day before the launch",          " before"],
    ["in 2 hours and 3 people come",     ""],
    ["in 2 hours at the office",         ""],
    ["in 5 minutes and call",            ""],
    ["tomorrow, 5 min of talk",          ""],
    ["завтра в 18:00 позвонить",         ""],
    ["tomorrow about money",             ""],
    ["tomorrow about friends",           ""],
    ["tomorrow after sunset",            ""],
    ["tomorrow before wedding",          ""],
    ["in a week on sunny days",          ""],
    ["tomorrow before thunder",          ""],
    ["in a week by thurs call",          " by thurs"],
    ["in a week on wednesdays",          " on wednesdays"],
    ["tomorrow about 3 invoices",        ""],
    ["tomorrow about three invoices",    ""],
    ["tomorrow about half the money",    ""],
    ["in 3 days about 10 people",        ""],
    ["in a week about friday plans",     ""],
    ["tomorrow about 6",                 " about 6"],
    ["tomorrow about six.",              " about six."],
    ["tomorrow about 18:00 call",        " about 18:00"],
    ["tomorrow about 6pm call",          " about 6pm"],
    ["tomorrow about 6 pm call",         " about 6 pm"],
    ["tomorrow about half past 5",       " about half past"],
    ["tomorrow about noon call",         " about noon"],
    ["in a week about friday",           " about friday"],
    ["in a week about friday 18:00",     " about friday 18:00"],
    ["завтра с двух коллег",             ""],
    ["завтра от 2 клиентов",             ""],
    ["завтра с семи до девяти звонок",   " с семи до"],
    ["завтра с трёх часов звонок",       " с трёх часов"],
    ["завтра от 5",                      " от 5"],
    ["завтра после полного отчёта",      ""],
    ["завтра после половины звонков",    ""],
    ["завтра в половине шестого звонок", " в половине шестого"],
    ["завтра в полтретьего звонок",      " в полтретьего"],
  ])("are not what was meant where they go on to say a time that is not read: %s", (text, unread) => {
    const { end } = readWhen(text, AT, { locale: "en", zone: "Europe/Moscow" })!;
    expect(text.slice(end, end + unreadBehind(text, end))).toBe(unread);
  });

  // biome-ignore format: a table, aligned
  it.each([
    ["завтра с 2 коллегами",      "завтра"],
    ["завтра с 2 новыми людьми",  "завтра"],
    ["завтра с 2-3 друзьями",     "завтра"],
    ["завтра с 9 звонок",         "завтра с 9"],
    ["завтра с 9 утра с детьми",  "завтра с 9 утра"],
  ])("are not who comes along: %s", (text, read) => {
    const { end } = readWhen(text, AT, { locale: "ru", zone: "Europe/Moscow" })!;
    expect(text.slice(0, end)).toBe(read);
    expect(unreadBehind(text, end)).toBe(0);
  });

  it("begin where the text does", () => {
    expect(readWhen("call Ben tomorrow", AT, { locale: "en", zone: "UTC" })).toBe(null);
  });

  it("count days where the writer is", () => {
    expect(said("tomorrow", { zone: "Pacific/Auckland" })).toBe("2026-11-25");
    expect(said("tomorrow", { zone: "Pacific/Honolulu" })).toBe("2026-11-24");
    expect(said("in 1 day", { zone: "Pacific/Auckland" })).toBe("2026-11-25");
  });

  it("count hours as they pass, also when clocks are changed", () => {
    const at = new Date("2026-03-28T23:30:00Z");
    expect(said("in 2h", { zone: "Europe/Berlin", at })).toBe("2026-03-29T01:30Z");
    expect(said("in two hours", { zone: "Europe/Berlin", at })).toBe("2026-03-29T01:30Z");
    expect(said("3:30", { zone: "Europe/Berlin", at })).toBe("2026-03-29T01:30Z");
  });

  it.each(["America/New_York", "Asia/Kolkata", "Europe/Berlin"])(
    "mean the same wherever the server stands: %s",
    (zone) => {
      process.env.TZ = zone;
      const at = new Date("2026-03-08T05:30:00Z");
      expect(said("tomorrow at 2:30", { at })).toBe("2026-03-08T23:30Z");
      expect(said("in 2 hours", { at })).toBe("2026-03-08T07:30Z");
      expect(said("через два часа", { at })).toBe("2026-03-08T07:30Z");
      expect(said("завтра", { at })).toBe("2026-03-09");
      expect(said("8 марта в 10:30", { at })).toBe("2026-03-08T07:30Z");
    },
  );

  it("read in bounded time, however long the text is", () => {
    const begun = performance.now();
    readWhen("at 1 ".repeat(100_000), AT, { locale: "en", zone: "UTC" });
    expect(performance.now() - begun).toBeLessThan(500);
  });
});

describe("a wall's clock", () => {
  it("shows no time twice to be told apart: the earlier one is meant", () => {
    expect(instantOfWall(Date.parse("2026-10-25T02:30Z"), "Europe/Berlin")).toBe(Date.parse("2026-10-25T00:30Z"));
  });

  it("goes past the hour that is left out", () => {
    expect(instantOfWall(Date.parse("2026-03-29T02:30Z"), "Europe/Berlin")).toBe(Date.parse("2026-03-29T01:30Z"));
  });

  it("is read back by who set it", () => {
    for (let at = Date.parse("2026-01-01T00:15Z"); at < Date.parse("2027-01-01Z"); at += 3_600_000) {
      const wall = wallAt(at, "America/St_Johns");
      const back = instantOfWall(wall, "America/St_Johns");
      expect(wallAt(back, "America/St_Johns")).toBe(wall);
    }
  });
});

describe("a duration", () => {
  it.each([
    ["2h", 120],
    ["1d 4h", 1_680],
    ["1d4h", 1_680],
    ["30 мин", 30],
    ["1.5 hours", 90],
    ["1,5 часа", 90],
    ["2 нед", 20_160],
    ["1 час 30 минут", 90],
    ["1 hour and 30 minutes", 90],
    ["1 час и 30 минут", 90],
    ["полтора часа", 90],
    ["полторы недели", 15_120],
  ])("is said in either language: %s", (text, minutes) => {
    expect(readDuration(text)).toEqual(expect.objectContaining({ minutes, end: text.length }));
  });

  it.each(["", "2", "h", "2x", "0h", "-2h", "600w", "and 2h", "полтора"])("is none: %j", (text) => {
    expect(readDuration(text)).toBe(null);
  });

  it.each([1, 59, 60, 61, 1_440, 1_680, 10_079, 5_270_400])("is read as it is written: %d minutes", (minutes) => {
    expect(readDuration(printDuration(minutes))!.minutes).toBe(minutes);
  });
});
