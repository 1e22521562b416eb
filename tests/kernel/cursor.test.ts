import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cursorOf, positionOf } from "../../api/kernel/log/cursor.ts";

const log = "8d7c5b7e-6d5f-4c63-9a33-0f0a8a9f3b11";
const other = "0e2f7a10-52d1-4b7e-8d0f-9b1f5be1c7aa";
const position = fc.integer({ min: 0, max: 10 ** 15 - 1 });

describe("a cursor", () => {
  it("leads back to its position in its own log", () => {
    fc.assert(
      fc.property(position, (at) => {
        expect(positionOf(log, cursorOf(log, at))).toBe(at);
      }),
    );
  });

  it("of another log is told apart, so that its reader starts afresh", () => {
    fc.assert(
      fc.property(position, (at) => {
        expect(positionOf(log, cursorOf(other, at))).toBe("another log");
      }),
    );
  });

  it("travels in an address and a header as it is", () => {
    fc.assert(
      fc.property(position, (at) => {
        expect(cursorOf(log, at)).toMatch(/^[\w-]+$/);
      }),
    );
  });

  it("does not tell how many positions lie between it and another", () => {
    const text = cursorOf(log, 41);
    const next = cursorOf(log, 42);
    const shared = [...text].filter((character, index) => character === next[index]);
    expect(shared.length).toBeLessThan(text.length / 2);
  });

  it("that was never given out leads nowhere", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String(), fc.constant("")), (text) => {
        expect(positionOf(log, text)).toBeTypeOf("string");
      }),
    );
  });
});
