import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import Koa from "koa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openAssets } from "../../api/edge/assets.ts";
import { securityHeaders } from "../../api/edge/security-headers.ts";

const script = "console.log('portal');";
let dist: string;
let server: Server;
let url: string;

beforeAll(async () => {
  dist = mkdtempSync(join(tmpdir(), "beseda-dist-"));
  for (const folder of ["portal", "widget"]) mkdirSync(join(dist, folder));
  const manifest = { "portal/app.ts": { file: "portal.AbCd1234.js", css: ["portal.AbCd1234.css"] } };
  writeFileSync(join(dist, "portal/manifest.json"), JSON.stringify(manifest));
  writeFileSync(join(dist, "portal/portal.AbCd1234.js"), script);
  writeFileSync(join(dist, "portal/portal.AbCd1234.js.br"), brotliCompressSync(script));
  writeFileSync(join(dist, "portal/portal.AbCd1234.js.gz"), gzipSync(script));
  writeFileSync(join(dist, "widget/loader.js"), "loader");

  const app = new Koa();
  app.use(
    securityHeaders({
      mayFrameItself: false,
      publicUrl: "https://beseda.example",
      issuer: "https://sso.example/realms/lumen",
    }),
  );
  app.use(openAssets(dist).serve);
  server = createServer(app.callback());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.close();
  rmSync(dist, { recursive: true });
});

describe("a built file", () => {
  it("of the portal may be kept for ever, compressed, by our own pages alone", async () => {
    const { headers } = await fetch(`${url}/assets/portal.AbCd1234.js`, { headers: { "accept-encoding": "br" } });
    expect(headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(headers.get("content-encoding")).toBe("br");
    expect(headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
  });

  it("is sent in brotli to whoever takes it, in whatever order they name it", async () => {
    const headers = { "accept-encoding": "gzip, deflate, br, zstd" };
    const answer = await fetch(`${url}/assets/portal.AbCd1234.js`, { headers });
    expect(answer.headers.get("content-encoding")).toBe("br");
  });

  it("is sent plain to whoever takes no compression", async () => {
    const answer = await fetch(`${url}/assets/portal.AbCd1234.js`, { headers: { "accept-encoding": "identity" } });
    expect([answer.headers.get("content-encoding"), await answer.text()]).toEqual([null, script]);
  });

  it("of the widget may be used by any site, and is asked for again soon", async () => {
    const { headers } = await fetch(`${url}/widget/v1/loader.js`);
    expect(headers.get("access-control-allow-origin")).toBe("*");
    expect(headers.get("cross-origin-resource-policy")).toBe("cross-origin");
    expect(headers.get("cache-control")).toContain("max-age=300");
  });

  it("is not sent again while it is the same", async () => {
    const etag = (await fetch(`${url}/widget/v1/loader.js`)).headers.get("etag")!;
    const again = await fetch(`${url}/widget/v1/loader.js`, {
      headers: { "if-none-match": etag, "cache-control": "max-age=0" },
    });
    expect([again.status, await again.text()]).toEqual([304, ""]);
  });

  it("is all that can be had: no manifest, no way out of the folder", async () => {
    const paths = [
      "/assets/manifest.json",
      "/assets/..%2fwidget/loader.js",
      "/assets/",
      "/widget/v1/../../portal/manifest.json",
    ];
    const answers = await Promise.all(paths.map((path) => fetch(url + path)));
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
  });
});

describe("what is missing from the build", () => {
  it("is named, with what to do", () => {
    expect(() => openAssets(join(dist, "nowhere"))).toThrow("Run npm run build");
    expect(() => openAssets(dist).bundle("portal/other.tsx")).toThrow("portal/other.tsx has not been built");
  });
});

describe("the policy of every answer", () => {
  it("lets a form lead to the identity provider and nothing else lead anywhere", async () => {
    const policy = (await fetch(`${url}/anything`)).headers.get("content-security-policy")!;
    expect(Object.fromEntries(policy.split(";").map((part) => part.trim().split(/ (.*)/s, 2)))).toEqual({
      "default-src": "'none'",
      "script-src": "'self'",
      "style-src": "'self'",
      "img-src": "'self' data:",
      "font-src": "'self'",
      "connect-src": "'self'",
      "form-action": "'self' https://sso.example",
      "base-uri": "'none'",
      "frame-ancestors": "'none'",
      "object-src": "'none'",
    });
  });
});
