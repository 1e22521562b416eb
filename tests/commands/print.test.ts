import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSpace } from "../../api/commands/characters.ts";
import { printCommand } from "../../api/commands/print.ts";
import { examples, readOnly } from "./example-commands.ts";

describe("a command as its canonical line", () => {
  it("is written in either language", () => {
    const values = { kind: "blockedBy", tasks: ["OPS-7", "WEB-1"] } as const;
    expect(printCommand(examples.link, { ...values, tasks: [...values.tasks] }, "en")).toBe(
      "/link blocked by OPS-7 WEB-1",
    );
    expect(printCommand(examples.link, { ...values, tasks: [...values.tasks] }, "ru")).toBe(
      "/связать заблокирована OPS-7 WEB-1",
    );
  });

  it("has texts in quotes only where they could be read otherwise", () => {
    const titled = (title: string) => printCommand(examples.task, { title, isBug: false, isUrgent: true }, "en");
    expect(titled("Fix the lamp, please")).toBe("/task Fix the lamp, please --urgent");
    expect(titled("Fix  it")).toBe('/task "Fix  it" --urgent');
    expect(titled("Fix /done")).toBe('/task "Fix /done" --urgent');
    expect(titled("--bug")).toBe('/task "--bug" --urgent');
    expect(titled('5" \\')).toBe('/task "5\\" \\\\" --urgent');
    expect(titled("one\nline")).toBe('/task "one line" --urgent');
  });

  it("has times as they are exchanged", () => {
    const at = { kind: "instant", at: new Date("2026-12-25T15:00:00Z") } as const;
    expect(printCommand(examples.remind, { who: "me", at, text: "call" }, "en")).toBe(
      '/remind me 2026-12-25T15:00Z "call"',
    );
    expect(printCommand(examples.estimate, { minutes: 1_690 }, "ru")).toBe("/оценка 1d 4h 10m");
  });

  it("leaves out what was left out", () => {
    expect(printCommand(examples.due, { none: null, due: { kind: "date", date: "2026-12-25" } }, "en")).toBe(
      "/due 2026-12-25",
    );
    expect(printCommand(examples.done, {}, "ru")).toBe("/готово");
  });

  it("is read as it was meant, whatever its texts say", () => {
    const line = fc.string({ unit: "grapheme" }).map((text) => text.replace(/[\r\n]/g, ""));
    fc.assert(
      fc.property(line, fc.boolean(), (title, isBug) => {
        const values = { title, isBug, isUrgent: false };
        const reading = readOnly(printCommand(examples.task, values, "ru"));
        expect(reading.ok && { ...reading.values }).toEqual(values);
      }),
    );
  });
});

describe("a space", () => {
  it("is what a regular expression takes for one", () => {
    const wrong = Array.from({ length: 0x10000 }, (_, code) => code).filter(
      (code) => isSpace(code) !== /\s/.test(String.fromCharCode(code)),
    );
    expect(wrong).toEqual([]);
  });
});
