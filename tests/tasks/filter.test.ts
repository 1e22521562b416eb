import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Condition, printFilter, withCondition } from "../../api/tasks/filter.ts";
import { readFilter } from "../../api/tasks/read-filter.ts";
import { type FilterField, filterFields, filterUnits, filterValues } from "../../words/task-filter.ts";

const read = (text: string) => readFilter(text).filter;
const wholly = (text: string) => {
  const { filter, problems } = readFilter(text);
  return { filter, problems };
};
const problemsOf = (text: string) =>
  readFilter(text).problems.map(({ kind, word, nearest }) => [kind, word, ...(nearest ? [nearest] : [])].join(" "));

describe("a filter of tasks", () => {
  it("is words and values, of which any may hold; a minus turns a condition round", () => {
    expect(read('is:open assignee:@ann,me -label:"to bill",none due:<7d project:ops lamp "PWM 1:2" -old')).toEqual([
      { field: "is", values: ["open"], isNot: false },
      { field: "assignee", values: ["@ann", "me"], isNot: false },
      { field: "label", values: ["to bill", "none"], isNot: true },
      { field: "due", values: ["<7d"], isNot: false },
      { field: "project", values: ["OPS"], isNot: false },
      { field: "text", values: ["lamp"], isNot: false },
      { field: "text", values: ["PWM 1:2"], isNot: false },
      { field: "text", values: ["old"], isNot: true },
    ]);
  });

  it("means the same in either language, and in both at once", () => {
    const english = read("is:open priority:high,urgent due:<7d assignee:me type:bug severity:critical");
    expect(
      read("это:открыта важность:высокая,срочная срок:<7д исполнитель:я тип:Ошибка серьезность:критическая"),
    ).toEqual(english);
    expect(read("это:open приоритет:high,СРОЧНО due:<7дней assignee:мне вид:bug severity:критическая")).toEqual(
      english,
    );
  });

  it("is written in English for the API and in the reader's language for people", () => {
    const filter = read("приоритет:высокий -это:закрыта state:'x' метка:нет срок:>2нед");
    expect(printFilter(filter)).toBe("priority:high -is:closed state:'x' label:none due:>2w");
    expect(printFilter(filter, "ru")).toBe("важность:высокая -это:закрыта состояние:'x' метка:нет срок:>2н");
  });

  it("tells what it cannot read, with the nearest right spelling, and reads the rest", () => {
    expect(problemsOf("asignee:ann")).toEqual(["field_unknown asignee assignee"]);
    expect(problemsOf("важнотсь:высокая")).toEqual(["field_unknown важнотсь важность"]);
    expect(problemsOf("priority:hihg")).toEqual(["value_unknown hihg high"]);
    expect(problemsOf("is:")).toEqual(["value_missing is"]);
    expect(problemsOf('label:"to bill')).toEqual(["quote_open to bill"]);
    expect(problemsOf("due:2026-02-30 due:soon due:7d")).toEqual([
      "value_unknown 2026-02-30",
      "value_unknown soon",
      "value_unknown 7d",
    ]);
    expect(problemsOf("http://lamp")).toEqual(["field_unknown http"]);
    expect(readFilter("nonsense:x is:open,opne lamp").filter).toEqual(read("is:open lamp"));
    expect(problemsOf("x ".repeat(501))).toEqual(["too_long "]);
    expect(problemsOf("x ".repeat(21))).toEqual(["too_long "]);
    expect(problemsOf("\0")).toEqual(["unfit "]);
  });

  it("tells where the word stands that it cannot read, with its quotes, and where each value stands", () => {
    const text = `hihg -priority:"hi\\hg",high asignee:@ann label:"to bill",hihg,"to bill"`;
    const at = (from: number, part: string) => {
      const found = text.indexOf(part, from);
      return { from: found, to: found + part.length };
    };
    const { filter, problems, spans } = readFilter(text);
    expect(problems.map(({ span }) => span)).toEqual([at(0, `"hi\\hg"`), at(0, "asignee")]);
    const label = filter.find(({ field }) => field === "label")!;
    expect(spans.get(label)!.get("hihg")).toEqual(at(30, "hihg"));
    expect(problemsOf("is:open,").concat(problemsOf("x ".repeat(21)))).toEqual(["too_long "]);
  });

  it("takes every word of both languages under its field, and gives it to no other value", () => {
    for (const [field, values] of Object.entries(filterValues))
      for (const [value, names] of Object.entries(values))
        for (const name of [...names.en, ...names.ru])
          for (const called of [...filterFields[field as FilterField].en, ...filterFields[field as FilterField].ru])
            expect(read(`${called}:${name.toUpperCase()}`)).toEqual([{ field, values: [value], isNot: false }]);
    for (const [unit, names] of Object.entries(filterUnits))
      for (const name of [...names.en, ...names.ru])
        expect(read(`due:>3${name}`)).toEqual([{ field: "due", values: [`>3${unit}`], isNot: false }]);
  });

  it("is the same after it was written and read, in both languages", () => {
    fc.assert(
      fc.property(
        fc.array(condition, { maxLength: 6 }),
        fc.constantFrom("en" as const, "ru" as const),
        (filter, locale) => {
          const text = printFilter(filter, locale);
          fc.pre(text.length <= 1_000);
          expect(wholly(text)).toEqual({ filter, problems: [] });
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("never throws, whatever is written, and what it has read it writes again", () => {
    const piece = fc.constantFrom(
      "is:",
      "-",
      '"',
      "\\",
      ",",
      ":",
      " ",
      "open",
      "@",
      "<7d",
      "метка:",
      "\n",
      "ё",
      "due:",
    );
    const texts = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(fc.oneof(piece, fc.string())).map((all) => all.join("")),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const { filter } = readFilter(text);
        const written = printFilter(filter);
        if (written.length <= 1_000) expect(wholly(written)).toEqual({ filter, problems: [] });
      }),
      { numRuns: 5_000 },
    );
  });

  it("changes in one condition alone where somebody chooses", () => {
    const chosen = withCondition(read("is:open lamp -is:blocked"), { field: "is", values: ["closed"], isNot: false });
    expect(printFilter(chosen)).toBe("lamp -is:blocked is:closed");
    expect(printFilter(withCondition(chosen, { field: "is", values: [], isNot: false }))).toBe("lamp -is:blocked");
  });
});

const handle = fc.constantFrom("@ann", "@ben.o", "@ирина", "@x-1");
const free = fc
  .string({ unit: fc.constantFrom("a", "Я", " ", '"', "\\", ",", ":", "-", "<", "7"), minLength: 1, maxLength: 12 })
  .map((text) => text.trim())
  .filter((text) => text !== "");
const more: Partial<Record<FilterField, fc.Arbitrary<string>>> = {
  project: fc.constantFrom("OPS", "A1"),
  state: free,
  label: free,
  assignee: handle,
  watcher: handle,
  team: handle,
  due: fc.constantFrom("<7d", ">2w", "2026-11-27", "<2026-11-27", ">2026-11-27"),
};
const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ field: fc.constant("text" as const), values: free.map((text) => [text]), isNot: fc.boolean() }),
  fc.constantFrom(...(Object.keys(filterFields) as FilterField[])).chain((field) =>
    fc.record({
      field: fc.constant(field),
      values: fc.uniqueArray(fc.oneof(...[more[field], ...ownOf(field)].filter((given) => given !== undefined)), {
        minLength: 1,
        maxLength: 3,
      }),
      isNot: fc.boolean(),
    }),
  ),
);

function ownOf(field: FilterField): fc.Arbitrary<string>[] {
  const own = Object.keys(filterValues[field]);
  return own.length > 0 ? [fc.constantFrom(...own)] : [];
}
