import { describe, expect, it } from "vitest";
import { identityProvider } from "../../api/edge/identity-provider/identity-provider.ts";
import { sql } from "../../api/kernel/database.ts";
import { newId } from "../../api/kernel/id.ts";
import { setClock } from "../../api/kernel/clock.ts";
import { cookieBrowser } from "./cookie-browser.ts";
import {
  browser,
  expectProblem,
  isProvider,
  loginPage,
  lumen,
  password,
  path,
  server,
  sessions,
  setScene,
  useNewBrowser,
} from "./sign-in-scene.ts";

setScene();

describe("the embedded provider", () => {
  describe("asked by somebody who was invited", () => {
    const nina = "nina@lumen.example";
    const invite = () => sql`
      INSERT INTO agent (workspace_id, id, name, email, handle, role, invited_at)
      VALUES (${lumen.workspaceId}, ${newId()}, 'Nina', ${nina}, 'nina', 'agent', now())`;

    it("takes the first password for theirs, of eight characters at least, and asks for it from then on", async () => {
      await invite();
      const page = await loginPage();
      const short = await browser.submit(page.url.href, { email: nina, password: "short" });
      expect([short.status, short.text.includes("choose a password of at least 8 characters")]).toEqual([422, true]);
      const chosen = { email: nina.toUpperCase(), password: "a lamp of my own" };
      await browser.submit(page.url.href, chosen);
      expect(await sessions()).toBe(1);
      expect(await sql`SELECT FROM agent WHERE email = ${nina} AND invited_at IS NULL`).toHaveLength(1);

      useNewBrowser();
      const later = await loginPage();
      const other = await browser.submit(later.url.href, { email: nina, password: "a lamp of another" });
      expect(other.status).toBe(422);
      await browser.submit(later.url.href, chosen);
      expect(await sessions()).toBe(2);
    });

    it("takes none for an invitation that was taken back", async () => {
      await sql`UPDATE agent SET email = 'nils@lumen.example', invited_at = now(), disabled_at = now() WHERE email = ${nina}`;
      const page = await loginPage();
      const tried = await browser.submit(page.url.href, { email: "nils@lumen.example", password: "a lamp of my own" });
      expect(tried.status).toBe(422);
      expect(await sessions()).toBe(0);
    });
  });

  it.each<[string, (there: URL) => void]>([
    [
      "PKCE left out",
      (there) => {
        there.searchParams.delete("code_challenge");
        there.searchParams.delete("code_challenge_method");
      },
    ],
    ["plain PKCE", (there) => there.searchParams.set("code_challenge_method", "plain")],
    ["an implicit answer", (there) => there.searchParams.set("response_type", "id_token")],
  ])("refuses %s with an error to the client", async (_name, change) => {
    const { url } = await browser.open(path("/sign-in"), { stopAt: isProvider });
    change(url);
    const answer = await browser.request(url.href);
    expect(answer.headers.get("location")).toMatch(/[?&#]error=/);
    expect(await sessions()).toBe(0);
  });

  it.each([
    "https://evil.example/sign-in/callback",
    "//evil.example",
    "{url}/sign-in/callback/",
    "{url}/sign-in/callback?x=1",
    "{url}/sign-in/callback#x",
    "{url}/sign-in/%63allback",
    "{url}/sign-in/x/../callback",
    "{url}/sign-in/%2e%2e/sign-in/callback",
    "{url}@evil.example/sign-in/callback",
    "{url}\\@evil.example/sign-in/callback",
    "{url}.evil.example/sign-in/callback",
    "",
  ])("goes to no redirect URI but the exact one: %s", async (template) => {
    const { url } = await browser.open(path("/sign-in"), { stopAt: isProvider });
    url.searchParams.set("redirect_uri", template.replace("{url}", server.url));
    const answer = await browser.request(url.href, { headers: { accept: "text/html" } });
    expect(answer.status).toBe(400);
    expect(answer.headers.get("location")).toBeNull();
    expect(await answer.text()).toContain("Signing in did not work");
  });

  it("refuses a client it does not know", async () => {
    const { url } = await browser.open(path("/sign-in"), { stopAt: isProvider });
    url.searchParams.set("client_id", "other");
    expect((await browser.request(url.href)).status).toBe(400);
  });

  it("builds no address from what a peer says of the host", async () => {
    const headers = {
      "x-forwarded-host": "evil.example",
      "x-forwarded-proto": "https",
      forwarded: "host=evil.example",
    };
    const metadata = await (await fetch(path("/oidc/.well-known/openid-configuration"), { headers })).json();
    expect(JSON.stringify(metadata)).not.toContain("evil");
    expect(metadata).toMatchObject({
      issuer: path("/oidc"),
      authorization_endpoint: path("/oidc/auth"),
      code_challenge_methods_supported: ["S256"],
    });
    const { url } = await browser.open(path("/sign-in"), { stopAt: isProvider });
    const begun = await browser.open(url.href, { init: { headers }, stopAt: () => true });
    expect(begun.url.origin).toBe(server.url);
  });

  it("refuses to run in production", async () => {
    const settings = { publicUrl: server.url, secret: "x".repeat(32), stateDir: server.stateDir, isProduction: true };
    await expect(identityProvider(settings)).rejects.toThrow("production");
  });
});

describe("the provider's page", () => {
  it("loads nothing from elsewhere, runs no script and cannot be framed", async () => {
    const page = await loginPage();
    expect(page.headers.get("content-security-policy")).toBe(
      "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect(page.text).not.toMatch(/<script|style=|https?:/);
    const [, style] = /<link rel="stylesheet" href="([^"]+)">/.exec(page.text)!;
    const sheet = await browser.open(path(style!));
    expect(sheet.headers.get("content-type")).toBe("text/css; charset=utf-8");
    expect(sheet.text).not.toMatch(/url\(|@import/);
  });

  it("speaks the language of the browser, or the one chosen on it", async () => {
    const { url } = await browser.open(path("/sign-in"), {
      init: { headers: { "accept-language": "ru" } },
      stopAt: isProvider,
    });
    const page = await browser.open(url.href);
    expect(page.text).toContain("Вход в Беседу");
    expect((await browser.open(`${page.url.href}?lang=en`)).text).toContain("Sign in to Beseda");
  });

  it("says what is wrong in words and keeps the e-mail, escaped", async () => {
    const page = await loginPage();
    const wrong = await browser.submit(page.url.href, { email: `"><b>@lumen.example`, password: "wrong" });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain("do not match");
    expect(wrong.text).toContain('value="&quot;&gt;&lt;b&gt;@lumen.example"');
    expect((await browser.submit(page.url.href, { email: "", password: "" })).text).toContain("Fill in both");
  });

  it("answers alike for a wrong password and for nobody", async () => {
    const page = await loginPage();
    const text = async (email: string) =>
      (await browser.submit(page.url.href, { email, password: "wrong" })).text.replaceAll(email, "");
    expect(await text("nobody@lumen.example")).toBe(await text(lumen.hannah.email));
  });

  it("tells to wait after five wrong passwords for an account, even when they come at once and then the right one", async () => {
    const at = Date.now();
    setClock(() => at);
    const page = await loginPage();
    const attempt = (email: string, given: string) => browser.submit(page.url.href, { email, password: given });
    const email = "mallory@elsewhere.example";
    const pages = await Promise.all(
      Array.from({ length: 8 }, (_, index) => attempt(index % 2 ? email : email.toUpperCase(), "wrong")),
    );
    expect(pages.map(({ status }) => status).sort()).toEqual([422, 422, 422, 422, 422, 429, 429, 429]);
    const waiting = await attempt(email, password);
    expect(waiting.status).toBe(429);
    expect(waiting.text).toContain("Wait a minute");
    setClock(() => at + 60_000);
    expect((await attempt(email, password)).text).toContain("nobody here has your e-mail address");
  });

  it("refuses a form sent from another site", async () => {
    const page = await loginPage();
    const body = new URLSearchParams({ email: lumen.irina.email, password });
    const answer = await browser.request(page.url.href, {
      method: "POST",
      body,
      headers: { "sec-fetch-site": "cross-site" },
    });
    expect(answer.status).toBe(403);
  });

  it("says so when the sign-in it belongs to is over or another browser's", async () => {
    const page = await loginPage();
    expect((await cookieBrowser().open(page.url.href)).text).toContain("took too long");
    const answer = await cookieBrowser().submit(page.url.href, { email: lumen.irina.email, password });
    await expectProblem(answer, 400, "took too long");
  });
});
