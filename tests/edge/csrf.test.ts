import { describe, expect, it } from "vitest";
import { isSameOrigin } from "../../api/edge/csrf.ts";

const publicUrl = "https://beseda.example";

describe("a request", () => {
  it.each<[string, Record<string, string>]>([
    ["our own page sent it", { "sec-fetch-site": "same-origin", origin: publicUrl }],
    ["a person typed it", { "sec-fetch-site": "none" }],
    ["an older browser names our origin", { origin: publicUrl }],
    ["an older browser names our page", { referer: `${publicUrl}/portal/conversations?x=1` }],
  ])("is ours when %s", (_name, headers) => {
    expect(isSameOrigin(headers, publicUrl)).toBe(true);
  });

  it.each<[string, Record<string, string>]>([
    ["it says nothing of where it comes from", {}],
    ["another site sent it", { "sec-fetch-site": "cross-site", origin: "https://evil.example" }],
    ["a sister host sent it", { "sec-fetch-site": "same-site", origin: "https://evil.beseda.example" }],
    ["another site sent it, whatever Origin says", { "sec-fetch-site": "cross-site", origin: publicUrl }],
    ["Sec-Fetch-Site is in other letters", { "sec-fetch-site": "Same-Origin" }],
    ["Sec-Fetch-Site is empty", { "sec-fetch-site": "" }],
    ["an older browser names another origin", { origin: "https://evil.example" }],
    ["an older browser hides its origin", { origin: "null" }],
    ["the origin only begins like ours", { origin: "https://beseda.example.evil.example" }],
    ["the origin only ends like ours", { origin: "https://evil-beseda.example" }],
    ["the origin is ours without TLS", { origin: "http://beseda.example" }],
    ["the origin is ours on another port", { origin: "https://beseda.example:8443" }],
    ["Origin is foreign and Referer ours", { origin: "https://evil.example", referer: `${publicUrl}/portal` }],
    ["the referrer has our name for a user", { referer: "https://beseda.example@evil.example/" }],
    ["the referrer is no address", { referer: "beseda.example" }],
  ])("is not ours when %s", (_name, headers) => {
    expect(isSameOrigin(headers, publicUrl)).toBe(false);
  });
});
