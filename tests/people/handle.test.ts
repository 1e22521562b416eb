import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { handleFrom, readHandle } from "../../api/people/handle.ts";
import { findHandles } from "../../markdown/mentions.ts";

describe("a handle made of an address", () => {
  it.each([
    ["ann@lumen.example", "ann"],
    ["Ann.Lind+lamps@lumen.example", "ann.lindlamps"],
    ["_o'brien_@lumen.example", "obrien"],
    ["a.__b--c._.@lumen.example", "a.b-c"],
    ["+@lumen.example", "agent"],
  ])("of %s is %s", (email, handle) => expect(handleFrom(email)).toBe(handle));

  it("is always one, and always found where it is written", () => {
    fc.assert(
      fc.property(fc.oneof(fc.emailAddress(), fc.string({ unit: "grapheme" })), (email) => {
        const handle = handleFrom(email);
        expect(readHandle(handle)).toEqual({ ok: true, value: handle });
        expect(findHandles(`Ask @${handle}, please`)).toEqual([handle]);
      }),
    );
  });
});
