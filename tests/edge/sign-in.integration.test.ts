import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { setClock } from "../../api/kernel/clock.ts";
import { closeDatabase, sql } from "../../api/kernel/database.ts";
import { type Lumen, openLumen } from "../people/lumen.ts";
import { type CookieBrowser, cookieBrowser } from "./cookie-browser.ts";
import { addPeople, type SignInServer, signInServer } from "./sign-in-server.ts";

const password = "correct horse";
let lumen: Lumen;
let server: SignInServer;
let browser: CookieBrowser;

beforeAll(async () => {
  lumen = await openLumen();
  server = await signInServer();
  await addPeople(server.stateDir, [
    { sub: "hannah", name: "Hannah Berg", email: lumen.hannah.email },
    { sub: "irina", name: "Ирина Смирнова", email: lumen.irina.email },
    { sub: "mallory", name: "Mallory", email: "mallory@elsewhere.example" },
  ]);
});
afterAll(async () => {
  await server.close();
  await closeDatabase();
});
beforeEach(() => {
  browser = cookieBrowser();
});
afterEach(async () => {
  setClock();
  await sql`UPDATE agent SET disabled_at = NULL`;
  await sql`DELETE FROM session`;
});

const isCallback = (url: URL) => url.pathname === "/sign-in/callback";
const isProvider = (url: URL) => url.pathname === "/oidc/auth";
const sessions = async () => (await sql`SELECT 1 FROM session`).length;
const path = (address: string) => server.url + address;

async function loginPage(address = "/sign-in") {
  const page = await browser.open(path(address));
  expect(page.url.pathname).toMatch(/^\/oidc\/login\//);
  return page;
}

async function signIn(email = lumen.irina.email, address = "/sign-in") {
  const page = await loginPage(address);
  return browser.submit(page.url.href, { email, password });
}

/** Signs in at the provider and stops before the answer reaches us. */
async function answerFor(email = lumen.irina.email) {
  const page = await loginPage();
  return (await browser.submit(page.url.href, { email, password }, { stopAt: isCallback })).url;
}

/** Expects a page that says so in words, and no session. */
async function expectProblem(page: { status: number; text: string }, status: number, words: string) {
  expect(page.text).toContain(words);
  expect(page.status).toBe(status);
  expect(await sessions()).toBe(0);
  expect(browser.cookies().some(({ name }) => name === "beseda")).toBe(false);
}

describe("signing in", () => {
  it("leads through the provider's page to the portal, with a session", async () => {
    const page = await signIn();
    expect(page.url.href).toBe(path("/portal"));
    expect(page.text).toBe("Hello Ирина Смирнова");
    expect(await sql`SELECT agent_id FROM agent_identity WHERE subject = 'irina'`).toEqual([
      { agent_id: lumen.irina.agentId },
    ]);
  });

  it("sets one HttpOnly, SameSite=Lax cookie of ours and clears the one of the begun sign-in", async () => {
    const answer = await browser.request((await answerFor()).href);
    const [cleared, session, ...more] = answer.headers.getSetCookie();
    expect(cleared).toMatch(/^beseda-sign-in-[\w-]{12}=; Path=\/; Max-Age=0; HttpOnly; SameSite=Lax$/);
    expect(session).toMatch(/^beseda=[\w-]{43}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Lax$/);
    expect(more).toEqual([]);
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });

  it("goes on to the path that was asked for", async () => {
    const page = await signIn(
      lumen.hannah.email,
      `/sign-in?returnTo=${encodeURIComponent("/portal/conversations/7?view=open")}`,
    );
    expect(page.url.href).toBe(path("/portal/conversations/7?view=open"));
    expect(page.text).toBe("Hello Hannah Berg");
  });

  it("refuses to go on to another site, before anything begins", async () => {
    await expectProblem(await browser.open(path("/sign-in?returnTo=//evil.example")), 400, "another site");
    await expectProblem(await browser.open(path("/sign-in?returnTo=/x&returnTo=//evil.example")), 400, "another site");
    expect(browser.cookies()).toEqual([]);
  });

  it("asks for no password again while the provider remembers, unless told to", async () => {
    await signIn();
    expect((await browser.open(path("/sign-in"))).text).toBe("Hello Ирина Смирнова");
    const page = await loginPage("/sign-in?prompt=login");
    expect((await browser.submit(page.url.href, { email: lumen.hannah.email, password })).text).toBe(
      "Hello Hannah Berg",
    );
  });

  it("ends the browser's session before it opens the next", async () => {
    await signIn();
    await browser.open(path("/sign-in"));
    expect(await sessions()).toBe(1);
  });

  it("works for several tabs that began at once, and keeps no more than five begun", async () => {
    const first = await browser.open(path("/sign-in"), { stopAt: isProvider });
    const second = await browser.open(path("/sign-in"), { stopAt: isProvider });
    const page = await browser.open(second.url.href);
    await browser.submit(page.url.href, { email: lumen.irina.email, password });
    expect((await browser.open(first.url.href)).text).toBe("Hello Ирина Смирнова");
    for (let count = 0; count < 8; count++) await browser.open(path("/sign-in"), { stopAt: isProvider });
    expect(browser.cookies().filter(({ name }) => name.startsWith("beseda-sign-in-"))).toHaveLength(5);
  });

  it("begins under the name that the callback comes to", async () => {
    const elsewhere = server.url.replace("localhost", "127.0.0.1");
    const page = await browser.open(`${elsewhere}/sign-in?returnTo=/portal`, {
      stopAt: (url) => url.hostname === "localhost",
    });
    expect(page.url.href).toBe(path("/sign-in?returnTo=/portal"));
  });

  it("refuses a person whom nobody here knows, and offers another account", async () => {
    const page = await signIn("mallory@elsewhere.example");
    await expectProblem(page, 403, "nobody here has your e-mail address");
    expect(page.text).toContain('href="/sign-in?prompt=login"');
  });

  it("refuses a disabled agent, and ends their sessions' use at once", async () => {
    await signIn();
    await sql`UPDATE agent SET disabled_at = now() WHERE id = ${lumen.irina.agentId}`;
    expect((await browser.open(path("/portal"))).status).toBe(401);
    await sql`DELETE FROM session`;
    browser = cookieBrowser();
    await expectProblem(await signIn(), 403, "has been disabled");
  });

  it("speaks Russian to a Russian browser", async () => {
    const page = await browser.open(path("/sign-in?returnTo=//x"), {
      init: { headers: { "accept-language": "ru-RU,ru;q=0.9" } },
    });
    expect(page.text).toContain('<html lang="ru">');
    expect(page.text).toContain("Войти не получилось");
  });
});

describe("an answer at the callback", () => {
  const expired = "took too long or was opened twice";
  const refused = "could not be accepted";

  it("is refused a second time", async () => {
    const answer = await answerFor();
    await browser.open(answer.href);
    await sql`DELETE FROM session`;
    browser.setCookies(browser.cookies().filter(({ name }) => name !== "beseda"));
    await expectProblem(await browser.open(answer.href), 400, expired);
  });

  it("is refused when its code was redeemed before, even with the begun sign-in kept", async () => {
    const answer = await answerFor();
    const kept = browser.cookies();
    await browser.open(answer.href);
    await sql`DELETE FROM session`;
    browser.setCookies(kept);
    await expectProblem(await browser.open(answer.href), 400, refused);
  });

  it.each<[string, (answer: URL) => void, string]>([
    ["without state", (answer) => answer.searchParams.delete("state"), expired],
    ["with another state", (answer) => answer.searchParams.set("state", "x".repeat(43)), expired],
    [
      "with a state that only begins right",
      (answer) =>
        answer.searchParams.set("state", `${answer.searchParams.get("state")!.slice(0, 12)}${"x".repeat(31)}`),
      expired,
    ],
    ["with two states", (answer) => answer.searchParams.append("state", "x"), expired],
    ["without a code", (answer) => answer.searchParams.delete("code"), refused],
    ["with another code", (answer) => answer.searchParams.set("code", "x".repeat(43)), refused],
    ["with two codes", (answer) => answer.searchParams.append("code", "x"), refused],
    ["from another issuer", (answer) => answer.searchParams.set("iss", "https://evil.example"), refused],
    ["without an issuer", (answer) => answer.searchParams.delete("iss"), refused],
    ["that is an error", (answer) => answer.searchParams.set("error", "server_error"), refused],
  ])("is refused %s", async (_name, change, words) => {
    const answer = await answerFor();
    change(answer);
    await expectProblem(await browser.open(answer.href), 400, words);
  });

  it("is told as cancelled when the provider says that access was denied", async () => {
    const answer = await answerFor();
    answer.searchParams.delete("code");
    answer.searchParams.set("error", "access_denied");
    await expectProblem(await browser.open(answer.href), 400, "was cancelled or refused");
  });

  it("is refused in a browser that did not begin the sign-in", async () => {
    const answer = await answerFor();
    browser = cookieBrowser();
    await expectProblem(await browser.open(answer.href), 400, expired);
  });

  it("is refused with the begun sign-in of another browser put in", async () => {
    const answer = await answerFor();
    const other = cookieBrowser();
    await other.open(path("/sign-in"), { stopAt: isProvider });
    const stolen = other.cookies().find(({ name }) => name.startsWith("beseda-sign-in-"))!;
    const own = browser.cookies().find(({ name }) => name.startsWith("beseda-sign-in-"))!;
    browser.setCookies([{ ...own, value: stolen.value }]);
    await expectProblem(await browser.open(answer.href), 400, expired);
  });

  it("is refused with a begun sign-in that is older than ten minutes", async () => {
    const answer = await answerFor();
    setClock(() => Date.now() + 600_000);
    await expectProblem(await browser.open(answer.href), 400, expired);
  });

  it.each<[string, (there: URL) => void]>([
    ["another nonce", (there) => there.searchParams.set("nonce", "x".repeat(43))],
    ["no nonce", (there) => there.searchParams.delete("nonce")],
    ["another PKCE challenge", (there) => there.searchParams.set("code_challenge", "x".repeat(43))],
  ])("is refused when the sign-in was begun with %s than ours", async (_name, change) => {
    const { url } = await browser.open(path("/sign-in"), { stopAt: isProvider });
    change(url);
    const page = await browser.open(url.href);
    await expectProblem(await browser.submit(page.url.href, { email: lumen.irina.email, password }), 400, refused);
  });
});

describe("the embedded provider", () => {
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
    const { identityProvider } = await import("../../api/edge/identity-provider/identity-provider.ts");
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

describe("signing out", () => {
  const post = (headers: Record<string, string>) => browser.request(path("/sign-out"), { method: "POST", headers });

  it("ends the session here and at the provider, without a question", async () => {
    await signIn();
    const page = await browser.submit(path("/sign-out"), {});
    expect(page.url.href).toBe(path("/signed-out"));
    expect(page.text).toContain("You are signed out");
    expect(await sessions()).toBe(0);
    expect(browser.cookies().filter(({ name }) => name === "beseda" || name === "beseda-oidc")).toEqual([]);
    await loginPage();
  });

  it("goes straight to the end for someone not signed in, here or at the provider", async () => {
    expect((await browser.submit(path("/sign-out"), {})).url.href).toBe(path("/signed-out"));
    await signIn();
    browser.setCookies(browser.cookies().filter(({ name }) => !name.startsWith("beseda-oidc")));
    expect((await browser.submit(path("/sign-out"), {})).url.href).toBe(path("/signed-out"));
    expect(await sessions()).toBe(0);
  });

  it("does not happen when another site asks for it, nor by a link", async () => {
    await signIn();
    expect((await post({ "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await post({})).status).toBe(403);
    await browser.request(path("/sign-out"));
    expect(await sessions()).toBe(1);
  });

  it("asks first when some site sends a browser to the provider's end of session", async () => {
    await signIn();
    const page = await browser.open(path("/oidc/session/end"));
    expect(page.text).toContain("Sign out?");
    expect(page.text).not.toMatch(/<script/);
    expect((await browser.open(path("/sign-in"))).text).toBe("Hello Ирина Смирнова");
    const [, xsrf] = /name="xsrf" value="([^"]+)"/.exec((await browser.open(path("/oidc/session/end"))).text)!;
    expect((await browser.submit(path("/oidc/session/end/confirm"), { xsrf: xsrf!, logout: "yes" })).url.pathname).toBe(
      "/signed-out",
    );
    await loginPage();
  });

  it("goes on nowhere that was not registered", async () => {
    await signIn();
    const page = await browser.open(
      path("/oidc/session/end?client_id=beseda&post_logout_redirect_uri=https://evil.example"),
      {
        stopAt: (url) => url.hostname === "evil.example",
      },
    );
    expect(page.status).toBe(400);
  });
});

describe("a provider that does not answer", () => {
  it("is asked again at the next try", async () => {
    const port = await new Promise<number>((resolve) => {
      const probe = createServer().listen(0, "127.0.0.1", () => {
        const { port } = probe.address() as AddressInfo;
        probe.close(() => resolve(port));
      });
    });
    const late = await signInServer({ reachedAt: `http://127.0.0.1:${port}` });
    try {
      await expectProblem(await browser.open(`${late.url}/sign-in`), 503, "does not answer");
      const relay = createServer((request, response) => {
        fetch(late.url + request.url).then(async (answer) => {
          response.setHeader("content-type", answer.headers.get("content-type")!).end(await answer.text());
        });
      });
      await new Promise<void>((resolve) => relay.listen(port, "127.0.0.1", resolve));
      expect((await browser.open(`${late.url}/sign-in`)).url.pathname).toMatch(/^\/oidc\/login\//);
      relay.closeAllConnections();
      relay.close();
    } finally {
      await late.close();
    }
  });

  it("is not spoken to without TLS, but on this machine", async () => {
    const far = await signInServer({ issuer: "http://sso.example/realms/lumen" });
    await expectProblem(await browser.open(`${far.url}/sign-in`), 503, "does not answer");
    await far.close();
  });
});
