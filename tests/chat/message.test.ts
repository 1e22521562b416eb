import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LONGEST_BODY, refuseBody, shortened } from "../../api/chat/message.ts";

/** Single code units, with many halves of pairs among them. */
const codeUnit = fc
  .oneof(fc.integer({ min: 0xd7f0, max: 0xe010 }), fc.integer({ min: 0, max: 0x7f }))
  .map((unit) => String.fromCharCode(unit));

const refusalOf = (body: string) => refuseBody(body)?.refusal;

describe("a body", () => {
  it("is refused when it is empty or blank", () => {
    for (const blank of ["", " ", "\n\t", "\u00a0\u2003\ufeff"]) expect(refusalOf(blank)).toBe("body_empty");
  });

  it("is refused from 10,001 UTF-16 code units on", () => {
    expect(refusalOf("a".repeat(LONGEST_BODY))).toBeUndefined();
    expect(refusalOf("a".repeat(LONGEST_BODY + 1))).toBe("body_too_long");
    expect(refusalOf("😀".repeat(LONGEST_BODY / 2))).toBeUndefined();
    expect(refusalOf(`${"😀".repeat(LONGEST_BODY / 2)}a`)).toBe("body_too_long");
  });

  it("is refused when it holds a NUL", () => {
    expect(refusalOf("a\0b")).toBe("body_has_nul");
  });

  it("is refused when it holds half of a surrogate pair", () => {
    for (const half of ["a\ud83d", "\ude00a", "\ude00\ud83d"]) expect(refusalOf(half)).toBe("body_not_unicode");
  });

  it("may hold bidirectional marks and other control characters", () => {
    expect(refusalOf("שלום \u202Eevil\u202C \u0007 \u200f")).toBeUndefined();
  });

  it("passes if and only if PostgreSQL can keep it as it is and it says something", () => {
    const anything = fc.oneof(
      fc.string({ unit: "binary", maxLength: 40 }),
      fc.string({ unit: codeUnit, maxLength: 40 }),
    );
    fc.assert(
      fc.property(anything, (body) => {
        const survives = Buffer.from(body, "utf8").toString("utf8") === body && !body.includes("\0");
        expect(refusalOf(body) === undefined).toBe(survives && body.trim() !== "");
      }),
    );
  });
});

describe("what the house says", () => {
  it("is as much of it as a message takes: whole lines, or the beginning of a single one", () => {
    expect(shortened("One\nTwo")).toBe("One\nTwo");
    const line = "a".repeat(4_000);
    expect(shortened([line, line, line].join("\n"))).toBe(`${line}\n${line}`);
    expect(shortened("a".repeat(LONGEST_BODY + 1))).toBe("a".repeat(LONGEST_BODY));
    expect(shortened(`a${"😀".repeat(LONGEST_BODY)}`)).toBe(`a${"😀".repeat(LONGEST_BODY / 2 - 1)}`);
  });

  it("is always a body", () => {
    const piece = fc.constantFrom("a", "😀", "\n", "ab\n", "a😀".repeat(1_500));
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 20 }), (pieces) => {
        expect(refuseBody(shortened(`/${pieces.join("")}`))).toBeUndefined();
      }),
    );
  });
});
