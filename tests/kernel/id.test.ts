import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isId, newId } from "../../api/kernel/id.ts";

const instant = fc.integer({ min: 0, max: 2 ** 48 - 1 });

describe("an id", () => {
  it("is a UUID of version 7 with its instant in front", () => {
    fc.assert(
      fc.property(instant, (at) => {
        const id = newId(at);
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16)).toBe(at);
      }),
    );
  });

  it("made in a later millisecond sorts later", () => {
    fc.assert(
      fc.property(instant, instant, (one, other) => {
        fc.pre(one !== other);
        expect(newId(one) < newId(other)).toBe(one < other);
      }),
    );
  });

  it("made later in the same millisecond sorts later, two thousand times", () => {
    fc.assert(
      fc.property(instant, (at) => {
        newId(at === 0 ? 1 : at - 1);
        const ids = Array.from({ length: 2_000 }, () => newId(at));
        expect(ids.toSorted()).toEqual(ids);
      }),
    );
  });

  it("is never made twice, not even within a millisecond or across a refill of the pool", () => {
    const at = Date.now();
    expect(new Set(Array.from({ length: 5_000 }, () => newId(at))).size).toBe(5_000);
  });

  it("is known from any other text", () => {
    expect(isId(newId())).toBe(true);
    const near = (id: string) => [
      id.toUpperCase(),
      `${id} `,
      `{${id}}`,
      id.replaceAll("-", ""),
      id.slice(1),
      `${id}\n`,
    ];
    for (const text of near("0190a000-0000-7abc-8000-00000000000f")) expect(isId(text)).toBe(false);
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(isId(text)).toBe(false);
      }),
    );
  });
});
