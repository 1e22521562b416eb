import type { Page } from "playwright-core";
import { afterEach, expect, inject, it } from "vitest";
import { Customer } from "./customer.ts";
import { focusOf } from "./focus.ts";
import { openSite, pageOf, type Shelf, type Site, snippet } from "./site.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);
const sites: Site[] = [];

afterEach(() => Promise.all(sites.splice(0).map((site) => site.close())));

async function siteOf(head: string, body?: string, shelves: Record<string, Shelf> = {}): Promise<Site> {
  const site = await openSite({ "/": pageOf(head, body), ...shelves });
  sites.push(site);
  return site;
}

/** What the page has asked Beseda for, as the last parts of the addresses. */
function askedOf(page: Page): string[] {
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().startsWith(demo.urls.home)) asked.push(new URL(request.url()).pathname.split("/").at(-1)!);
  });
  return asked;
}

async function visit(site: Site, context = stage.profile({ origins: [site.url] })): Promise<[Page, string[]]> {
  const page = await (await context).newPage();
  const asked = askedOf(page);
  await page.goto(site.url, { waitUntil: "networkidle" });
  return [page, asked];
}

const launcherOf = (page: Page) => page.getByRole("button", { name: "Chat" });

it("asks for nothing but itself until somebody comes near the launcher", async () => {
  const [page, asked] = await visit(await siteOf(snippet()));
  expect(asked).toEqual(["loader.js"]);
  await launcherOf(page).hover();
  await expect.poll(() => asked).toEqual(["loader.js", "beseda-chat.js"]);
});

it("stands as it will when the rest has come: nothing moves, nothing flashes", async () => {
  const [page] = await visit(await siteOf(snippet('data-accent="rebeccapurple"')));
  const launcher = launcherOf(page);
  const before = [await launcher.boundingBox(), await page.screenshot()];
  await launcher.hover();
  await page.locator("beseda-chat").waitFor({ state: "attached" });
  await page.mouse.move(0, 0);
  await expect.poll(async () => (await page.screenshot()).equals(before[1] as Buffer)).toBe(true);
  await expect.poll(() => launcher.boundingBox()).toEqual(before[0]);
  expect(await launcher.count()).toBe(1);
});

it("opens by a click before anything else is there, and the focus goes in and comes back", async () => {
  const [page] = await visit(await siteOf(snippet()));
  await launcherOf(page).click();
  await page.getByRole("dialog").waitFor();
  await expect.poll(() => focusOf(page)).toBe("dialog.panel");
  await page.keyboard.press("Escape");
  expect(await focusOf(page)).toBe("button.launcher");
});

const presses = [
  { of: "the pointer", begin: (page: Page) => page.mouse.down(), end: (page: Page) => page.mouse.up() },
  { of: "a key", begin: (page: Page) => page.keyboard.down("Space"), end: (page: Page) => page.keyboard.up("Space") },
];

it.each(presses)("opens by a press of $of during which the rest comes", async ({ begin, end }) => {
  const [page] = await visit(await siteOf(snippet()));
  const pressed = Promise.withResolvers<void>();
  await page.route("**/beseda-chat.js", (route) => pressed.promise.then(() => route.continue()));
  await launcherOf(page).hover();
  await launcherOf(page).focus();
  await begin(page);
  pressed.resolve();
  await page.evaluate(() => new Promise<null>((resolve) => window.Beseda!("on", "ready", resolve)));
  await end(page);
  await page.getByRole("dialog").waitFor();
  await expect.poll(() => page.locator("html > button").count()).toBe(0);
});

it("is reached and opened by keyboard alone", async () => {
  const [page] = await visit(await siteOf(snippet()));
  await page.keyboard.press("Tab");
  await expect.poll(() => focusOf(page)).toBe("button.launcher");
  await page.keyboard.press("Enter");
  await expect.poll(() => focusOf(page)).toBe("dialog.panel");
});

it("goes on at once where this browser has a visit already", async () => {
  const site = await siteOf(snippet());
  const profile = stage.profile({ origins: [site.url] });
  const [first] = await visit(site, profile);
  const customer = new Customer(first);
  await customer.openChat();
  await customer.write("Good day");
  await customer.isSent();
  const [, asked] = await visit(site, profile);
  expect(asked).toContain("beseda-chat.js");
  expect(asked).toContain("graphql");
});

it("keeps the calls of a page that speaks before it has loaded", async () => {
  const script = `
    window.heard = [];
    window.Beseda ||= function () { (Beseda.q ||= []).push(arguments); };
    for (const event of ["ready", "open", "close"]) Beseda("on", event, () => heard.push(event));
    Beseda("init", { inbox: "${demo.inboxKey}", locale: "ru", position: "start" });
    Beseda("open");`;
  const early = { "/early.js": { type: "text/javascript", text: script } };
  const loader = `<script async src="${demo.urls.home}/widget/v1/loader.js"></script>`;
  const [page] = await visit(await siteOf(`<script src="/early.js"></script>${loader}`, undefined, early));
  await new Customer(page, "ru").writeToUs.waitFor();
  expect(await page.evaluate(() => window.Beseda!.isOpen)).toBe(true);
  await page.evaluate(() => window.Beseda!("close"));
  await expect.poll(() => page.evaluate("heard")).toEqual(["ready", "open", "close"]);
  const box = await page.getByRole("button", { name: "Чат" }).boundingBox();
  expect(box!.x).toBe(20);
  await page.evaluate(() => window.Beseda!.ready);
});

it("opens by any button that says so, whose focus it gives back", async () => {
  const button = "<button id=help data-beseda-open><b>Need help?</b></button>";
  const [page] = await visit(await siteOf(snippet('data-hidden="true"'), button));
  expect(await launcherOf(page).count()).toBe(0);
  await page.getByText("Need help?").click();
  await page.getByRole("dialog").waitFor();
  expect(await launcherOf(page).count()).toBe(0);
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("help");
});

it("shows and hides its launcher, before the rest is there and after", async () => {
  const [page] = await visit(await siteOf(snippet()));
  await page.evaluate(() => window.Beseda!("hide"));
  await expect.poll(() => launcherOf(page).count()).toBe(0);
  await page.evaluate(() => window.Beseda!("show"));
  await launcherOf(page).waitFor();
});

it("fetches again when it is wanted again, where the first time failed", async () => {
  const site = await siteOf(snippet());
  const [page] = await visit(site, stage.profile({ origins: [site.url], allowed: /beseda-chat|ERR_/ }));
  await page.route("**/beseda-chat.js", (route) => route.abort(), { times: 1 });
  await launcherOf(page).focus();
  await page.waitForEvent("console", (message) => message.text().includes("beseda-chat.js"));
  await launcherOf(page).click();
  await page.getByRole("dialog").waitFor();
});

it("says once that another copy stays out", async () => {
  const other = `${snippet().replace("async", "")}<script src="/1/loader.js" data-inbox="pk_other"></script>`;
  const text = await (await fetch(`${demo.urls.home}/widget/v1/loader.js`)).text();
  const site = await siteOf(other, undefined, { "/1/loader.js": { type: "text/javascript", text } });
  const [page] = await visit(site, stage.profile({ origins: [site.url], allowed: /stays out/ }));
  const said: string[] = [];
  page.on("console", (message) => said.push(message.text()));
  expect(await launcherOf(page).count()).toBe(1);
  await launcherOf(page).click();
  await page.getByRole("dialog").waitFor();
  await page.reload();
  await launcherOf(page).click();
  await page.getByRole("dialog").waitFor();
  expect(said.filter((line) => line.includes("stays out"))).toHaveLength(2);
});

it("answers a call that it does not know with a line on the console and an event, never with an exception", async () => {
  const site = await siteOf(snippet());
  const [page] = await visit(site, stage.profile({ origins: [site.url], allowed: /there is no call|failed/ }));
  await launcherOf(page).hover();
  await page.evaluate(() => window.Beseda!.ready);
  const codes = await page.evaluate(() => {
    const heard: string[] = [];
    const beseda = window.Beseda as unknown as (...call: unknown[]) => void;
    beseda("on", "error", ({ code }: { code: string }) => heard.push(code));
    beseda("dance");
    beseda("dance");
    beseda("init");
    beseda();
    return heard;
  });
  expect(codes).toEqual(["unknown_call", "unknown_call", "call_failed", "unknown_call"]);
});
