import { describe, expect, it } from "vitest";
import { browser, loginPage, path, sessions, setScene, signIn } from "./sign-in-scene.ts";

setScene();

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
