import { describe, expect, it } from "vitest";
import { cookieName, readSessionCookie } from "../../api/edge/session-cookie.ts";

describe("the session cookie", () => {
  it("is kept to its host by its name on https, and has another name on plain http", () => {
    expect(cookieName("https://beseda.example")).toBe("__Host-beseda");
    expect(cookieName("http://localhost:8080")).toBe("beseda");
  });

  it("is read from among others", () => {
    expect(readSessionCookie("a=1; beseda=abc-_; b=2", "http://localhost:8080")).toBe("abc-_");
  });

  it("is not read from under the other name, a longer one, or from nothing", () => {
    expect(readSessionCookie("beseda=abc", "https://beseda.example")).toBeUndefined();
    expect(readSessionCookie("xbeseda=abc; beseda-oidc=d", "http://localhost:8080")).toBeUndefined();
    expect(readSessionCookie("beseda=", "http://localhost:8080")).toBeUndefined();
    expect(readSessionCookie(undefined, "http://localhost:8080")).toBeUndefined();
  });
});
