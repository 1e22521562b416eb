import { describe, expect, it } from "vitest";
import { inkOn, readAccent } from "../../api/helpdesk/accent.ts";

describe("an accent", () => {
  // biome-ignore format: a table, aligned
  it.each([
    ["#0863a9", "#ffffff"],
    ["#201e1a", "#ffffff"],
    ["#ffd400", "#201e1a"],
    ["#ffffff", "#201e1a"],
    ["#ba1f1c", "#ffffff"],
    ["#8fd14f", "#201e1a"],
  ])("of %s is written on in %s", (accent, ink) => {
    expect(inkOn(accent)).toBe(ink);
    expect(readAccent(accent)).toEqual({ ok: true, value: accent });
  });

  it("is kept in lower case", () => {
    expect(readAccent("#0863A9")).toEqual({ ok: true, value: "#0863a9" });
  });

  it.each(["#7b7b7b", "#0f8a5f", "#c9607f"])("of %s is refused: neither ink reaches 4.5:1 on it", (accent) => {
    expect(readAccent(accent)).toMatchObject({ refusal: "accent_too_faint", path: ["input", "accentColor"] });
  });

  it.each(["", "blue", "#fff", "#12345", "#0863a9ff", "#gggggg", "red;x:y"])("is not %j", (text) => {
    expect(readAccent(text)).toMatchObject({ refusal: "accent_invalid" });
  });
});
