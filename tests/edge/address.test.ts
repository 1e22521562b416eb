import type { IncomingMessage } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { addressOf, networkOf } from "../../api/edge/limits/address.ts";
import { limits, setLimits } from "../../api/edge/limits/settings.ts";

const usual = limits;
afterEach(() => setLimits(usual));

const from = (remoteAddress: string, forwarded?: string) =>
  addressOf({ socket: { remoteAddress }, headers: { "x-forwarded-for": forwarded } } as unknown as IncomingMessage);

describe("an address", () => {
  // biome-ignore format: a table, aligned
  it.each([
    ["203.0.113.7",                  "203.0.113.7"],
    ["::ffff:203.0.113.7",           "203.0.113.7"],
    ["2001:db8:1:2:3:4:5:6",         "2001:db8:1:2::/64"],
    ["2001:DB8:1:2:ffff::1",         "2001:db8:1:2::/64"],
    ["2001:0db8:0001:0002::",        "2001:db8:1:2::/64"],
    ["2001:db8::1",                  "2001:db8:0:0::/64"],
    ["2001:db8:0:1::1",              "2001:db8:0:1::/64"],
    ["::1",                          "0:0:0:0::/64"],
    ["fe80::1%eth0",                 "fe80:0:0:0::/64"],
    ["64:ff9b::203.0.113.7",         "64:ff9b:0:0::/64"],
  ])("counts %s as %s", (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

describe("the caller's address", () => {
  it("is the connection's own while no proxy is trusted, whatever X-Forwarded-For claims", () => {
    for (const claimed of [undefined, "198.51.100.1", "198.51.100.2, 198.51.100.3"]) {
      expect(from("203.0.113.7", claimed)).toBe("203.0.113.7");
    }
  });

  it("behind proxies is what the outermost trusted one saw, whatever the caller wrote before it", () => {
    setLimits({ ...usual, TRUSTED_PROXIES: 1 });
    expect(from("10.0.0.1", "198.51.100.9")).toBe("198.51.100.9");
    expect(from("10.0.0.1", "1.1.1.1, 2.2.2.2,198.51.100.9")).toBe("198.51.100.9");
    setLimits({ ...usual, TRUSTED_PROXIES: 2 });
    expect(from("10.0.0.1", "1.1.1.1, 2001:db8::9, 10.0.0.2")).toBe("2001:db8:0:0::/64");
  });

  it("is the connection's own when the proxies wrote nothing that is an address", () => {
    setLimits({ ...usual, TRUSTED_PROXIES: 2 });
    for (const claimed of [undefined, "", "198.51.100.9", "unknown, 10.0.0.2"]) {
      expect(from("203.0.113.7", claimed)).toBe("203.0.113.7");
    }
  });
});
