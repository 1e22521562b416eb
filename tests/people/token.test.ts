import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPersonalToken, newPersonalToken, tokenHash, tokenHint } from "../../api/people/token.ts";

describe("a personal token", () => {
  it("has a prefix and 40 base62 characters, and is known by its own checksum", () => {
    for (let count = 0; count < 200; count++) {
      const token = newPersonalToken();
      expect(token).toMatch(/^bsd_pat_[0-9A-Za-z]{40}$/);
      expect(isPersonalToken(token)).toBe(true);
    }
  });

  it("is never made twice", () => {
    expect(new Set(Array.from({ length: 1_000 }, newPersonalToken)).size).toBe(1_000);
  });

  it("is not known again with any one character changed", () => {
    const token = newPersonalToken();
    const place = fc.integer({ min: 0, max: token.length - 1 });
    const character = fc.constantFrom(..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-. ");
    fc.assert(
      fc.property(place, character, (index, other) => {
        fc.pre(token[index] !== other);
        expect(isPersonalToken(token.slice(0, index) + other + token.slice(index + 1))).toBe(false);
      }),
    );
  });

  it("is not any other text", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        (text) => !isPersonalToken(text) && !isPersonalToken(`bsd_pat_${text}`),
      ),
    );
  });

  it("is stored as the SHA-256 that the rest of the world computes", () => {
    expect(tokenHash("abc")).toBe("ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
  });

  it("shows four of its random characters as a hint, and not the rest", () => {
    const token = newPersonalToken();
    expect(tokenHint(token)).toBe(token.slice(0, 12));
  });
});
