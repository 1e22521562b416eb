import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { setClock } from "../../api/kernel/clock.ts";
import { closeDatabase, sql } from "../../api/kernel/database.ts";
import { type Lumen, openLumen } from "../people/lumen.ts";
import { type CookieBrowser, cookieBrowser } from "./cookie-browser.ts";
import { addPeople, type SignInServer, signInServer } from "./sign-in-server.ts";

/** Everybody's password at the provider. */
export const password = "correct horse";

export let lumen: Lumen;
export let server: SignInServer;

/** The browser of the test, which starts each test without a cookie. */
export let browser: CookieBrowser;

/** Lumen's staff, and Mallory, who is known to the provider alone; a server and, for each test of the file, a new browser. */
export function setScene(): void {
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
  beforeEach(useNewBrowser);
  afterEach(async () => {
    setClock();
    await sql`UPDATE agent SET disabled_at = NULL`;
    await sql`DELETE FROM session`;
  });
}

/** Goes on in a browser without a cookie. */
export function useNewBrowser(): void {
  browser = cookieBrowser();
}

export const isCallback = (url: URL) => url.pathname === "/sign-in/callback";
export const isProvider = (url: URL) => url.pathname === "/oidc/auth";
export const path = (address: string) => server.url + address;

/** How many sessions there are. */
export async function sessions(): Promise<number> {
  return (await sql`SELECT 1 FROM session`).length;
}

/** Begins a sign-in and comes to the provider's page. */
export async function loginPage(address = "/sign-in") {
  const page = await browser.open(path(address));
  expect(page.url.pathname).toMatch(/^\/oidc\/login\//);
  return page;
}

/** Signs in and goes wherever that leads. */
export async function signIn(email = lumen.irina.email, address = "/sign-in") {
  const page = await loginPage(address);
  return browser.submit(page.url.href, { email, password });
}

/** Signs in at the provider and stops before the answer reaches us. */
export async function answerFor(email = lumen.irina.email): Promise<URL> {
  const page = await loginPage();
  return (await browser.submit(page.url.href, { email, password }, { stopAt: isCallback })).url;
}

/** Expects a page that says so in words, and no session. */
export async function expectProblem(page: { status: number; text: string }, status: number, words: string) {
  expect(page.text).toContain(words);
  expect(page.status).toBe(status);
  expect(await sessions()).toBe(0);
  expect(browser.cookies().some(({ name }) => name === "beseda")).toBe(false);
}
