import { describe, expect, it } from "vitest";
import { portalWords } from "../../words/portal.ts";
import { localeOf, plural, preferredLocale } from "../../words/words.ts";

/** Every sentence of a catalogue with its path; functions are asked with something, so that their words show too. */
function sentences(words: unknown, path = ""): [string, string][] {
  if (typeof words === "string") return [[path, words]];
  if (typeof words === "function") return [[path, String(words("Ann"))]];
  return Object.entries(words as object).flatMap(([name, inner]) => sentences(inner, `${path}.${name}`));
}

describe("the portal's words", () => {
  const [english, russian] = [new Map(sentences(portalWords.en)), new Map(sentences(portalWords.ru))];

  it("are complete in both languages", () => {
    expect([...russian.keys()].sort()).toEqual([...english.keys()].sort());
    for (const [path, sentence] of [...english, ...russian]) expect(sentence.trim(), path).not.toBe("");
  });

  it("are translated, not copied", () => {
    const same = [...english].filter(([path, sentence]) => russian.get(path) === sentence && /[a-z]{3}/.test(sentence));
    expect(same.filter(([path]) => !/^\.send\w*Keys$/.test(path))).toEqual([]);
  });

  it("use no exclamation marks", () => {
    expect([...english, ...russian].filter(([, sentence]) => sentence.includes("!"))).toEqual([]);
  });
});

describe("plural", () => {
  it.each([
    ["en", 1, "1\u00a0lamp"],
    ["en", 2, "2\u00a0lamps"],
    ["ru", 1, "1\u00a0лампа"],
    ["ru", 3, "3\u00a0лампы"],
    ["ru", 11, "11\u00a0ламп"],
    ["ru", 21, "21\u00a0лампа"],
  ] as const)("in %s says %i as people do", (locale, count, said) => {
    const forms = { en: { one: "lamp", other: "lamps" }, ru: { one: "лампа", few: "лампы", other: "ламп" } };
    expect(plural(locale, count, forms[locale])).toBe(said);
  });
});

describe("the language of a person", () => {
  it("is the nearest that we have", () => {
    expect(["ru-RU", "ru_BY", "en-GB", "de", null].map(localeOf)).toEqual(["ru", "ru", "en", "en", "en"]);
  });

  it("is the first that a browser asks for and we have", () => {
    expect(preferredLocale("de-DE,de;q=0.9,ru;q=0.8,en;q=0.7")).toBe("ru");
    expect(preferredLocale(undefined)).toBe("en");
  });
});
