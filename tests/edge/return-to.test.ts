import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { safeReturnTo } from "../../api/edge/return-to.ts";

describe("returnTo", () => {
  it.each([
    ["/portal", "/portal"],
    ["/", "/"],
    ["/portal/conversations/12?view=open#last", "/portal/conversations/12?view=open#last"],
    ["/portal?next=//evil.example", "/portal?next=//evil.example"],
    ["/portal/../portal/x", "/portal/x"],
    ["/portal/a%20b", "/portal/a%20b"],
    ["/портал", "/%D0%BF%D0%BE%D1%80%D1%82%D0%B0%D0%BB"],
    ["/graphql?query={viewer{id}}", "/graphql?query={viewer{id}}"],
    ["/sign-inside", "/sign-inside"],
  ])("goes on to %s", (asked, gone) => {
    expect(safeReturnTo(asked)).toBe(gone);
  });

  it.each([
    "",
    "portal",
    "https://evil.example",
    "http:/evil.example",
    "javascript:alert(1)",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\u0000/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/.//evil.example",
    "/x/..//evil.example",
    "/%2e//evil.example",
    "/%2e%2e//evil.example",
    "/%2fevil.example",
    "/%2F%2Fevil.example",
    "/%5cevil.example",
    "/portal%0d%0aSet-Cookie:x=1",
    "/portal%00",
    "/%",
    "/portal\\..\\..",
    "/sign-in",
    "/sign-in?returnTo=/sign-in",
    "/sign-in/callback?code=1",
    "/%73ign-in",
    "/sign-out",
    "/oidc/session/end",
    `/${"a".repeat(2_000)}`,
  ])("does not go on to %j", (asked) => {
    expect(safeReturnTo(asked)).toBeUndefined();
  });

  it("never leaves the site, whatever is asked", () => {
    const part = fc.constantFrom(
      "/",
      "\\",
      ".",
      "..",
      "%2f",
      "%5c",
      "%2e",
      "@",
      ":",
      "evil.example",
      "\t",
      "?",
      "#",
      "http:",
      "a",
    );
    const text = fc.array(part, { maxLength: 8 }).map((parts) => `/${parts.join("")}`);
    fc.assert(
      fc.property(text, (asked) => {
        const gone = safeReturnTo(asked);
        if (gone === undefined) return;
        expect(new URL(gone, "https://beseda.example/sign-in/callback").origin).toBe("https://beseda.example");
        expect(new URL(decodeURIComponent(gone.split(/[?#]/)[0]!), "https://beseda.example").origin).toBe(
          "https://beseda.example",
        );
      }),
      { numRuns: 2_000 },
    );
  });
});
