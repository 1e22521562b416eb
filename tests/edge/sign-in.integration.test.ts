import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { sql } from "../../api/kernel/database.ts";
import {
  answerFor,
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
  signIn,
  useNewBrowser,
} from "./sign-in-scene.ts";
import { signInServer } from "./sign-in-server.ts";

setScene();

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
    useNewBrowser();
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
    let asked = 0;
    const relay = createServer((_request, response) => {
      asked++;
      response.end();
    });
    await new Promise<void>((resolve) => relay.listen(0, "127.0.0.1", resolve));
    const reachedAt = `http://127.0.0.1:${(relay.address() as AddressInfo).port}`;
    const far = await signInServer({ issuer: "http://sso.example/realms/lumen", reachedAt });
    await expectProblem(await browser.open(`${far.url}/sign-in`), 503, "does not answer");
    expect(asked).toBe(0);
    const farWithTls = await signInServer({ issuer: "https://sso.example/realms/lumen", reachedAt });
    await expectProblem(await browser.open(`${farWithTls.url}/sign-in`), 503, "does not answer");
    expect(asked).toBe(1);
    await Promise.all([far.close(), farWithTls.close()]);
    relay.close();
  });
});
