import { readdirSync, readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { build, type Rollup } from "vite";
import { afterEach, expect, inject, it } from "vitest";
import type { Customer } from "./customer.ts";
import { openSite, type Shelf, type Site } from "./site.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);
const sites: Site[] = [];

afterEach(() => Promise.all(sites.splice(0).map((site) => site.close())));

/** Serves an example as it stands, filled in, with the framework's own file. */
async function open(example: string, more: Record<string, Shelf> = {}): Promise<Customer> {
  const folder = `examples/${example}`;
  const shelves = Object.fromEntries(readdirSync(folder).map((name) => [`/${name}`, shelfOf(`${folder}/${name}`)]));
  const site = await openSite({ ...shelves, "/": shelves["/index.html"]!, ...more });
  sites.push(site);
  // Turbo has a style for its bar, which it would want a nonce for.
  return stage.customer({ at: site.url, allowed: /inline style.*turbo\.js/ });
}

function shelfOf(file: string): Shelf {
  const text = readFileSync(file, "utf8")
    .replaceAll("{{beseda}}", demo.urls.home)
    .replaceAll("{{inbox}}", demo.inboxKey);
  return { type: file.endsWith(".html") ? "text/html" : "text/javascript", text };
}

const library = (file: string): Shelf => ({
  type: "text/javascript",
  text: readFileSync(`node_modules/${file}`, "utf8"),
});

async function bundled(file: string): Promise<Shelf> {
  const rolldownOptions = { input: file };
  const built = await build({
    configFile: false,
    publicDir: false,
    logLevel: "warn",
    build: { write: false, rolldownOptions },
  });
  return { type: "text/javascript", text: (built as Rollup.RollupOutput).output[0].code };
}

it("works in plain HTML: calls from before it loads, a button of the page's own, events", async () => {
  const customer = await open("plain");
  await customer.page.getByRole("button", { name: "Talk to us" }).click();
  await customer.panel.waitFor();
  await customer.writeToUs.click();
  await customer.write("Does the plain page work?");
  await customer.isSent();
  const integrator = await stage.integrator();
  const { id } = await integrator.conversationWith("Does the plain page work?");
  await customer.page.keyboard.press("Escape");
  await integrator.reply("It does.", id);
  await expect.poll(() => customer.page.locator("#unread").innerText()).toBe("1");
  await customer.page.getByRole("button", { name: "Chat, 1" }).waitFor();
});

it.each([
  ["react", async () => ({ "/page.js": await bundled("examples/react/page.jsx") })],
  ["vue", async () => ({ "/vue.js": library("vue/dist/vue.runtime.esm-browser.prod.js") })],
])(
  "works as an element of %s's, which sets properties, hears events, takes it away and brings it back",
  async (name, more) => {
    const customer = await open(name, await more());
    const { page } = customer;
    await page.getByRole("button", { name: "Talk to us" }).click();
    await customer.panel.waitFor();
    await customer.writeToUs.click();
    await customer.write(`Does ${name} work?`);
    await customer.isSent();
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator("output").innerText()).toBe("closed");

    await page.getByRole("button", { name: "bring it back" }).click();
    await expect.poll(() => page.locator("beseda-chat").count()).toBe(0);
    await page.getByRole("button", { name: "bring it back" }).click();
    await customer.openChat();
    await expect.poll(() => page.locator("output").innerText()).toBe("open");
    await expect.poll(() => customer.said()).toContain(`Does ${name} work?`);
  },
);

it.each([
  ["turbo", { "/turbo.js": library("@hotwired/turbo/dist/turbo.es2017-umd.js") }],
  ["htmx", { "/htmx.js": library("htmx.org/dist/htmx.min.js") }],
])("stays as it is while %s swaps pages", async (name, more) => {
  const customer = await open(name, more);
  const { page } = customer;
  await markPage(page);
  await follow(page, "Second page");
  await customer.openChat();
  await customer.composer.fill("Half a sentence");
  await follow(page, "First page");
  expect(await customer.composer.inputValue()).toBe("Half a sentence");
  await follow(page, "Second page");
  await customer.composer.press("Enter");
  await customer.isSent();
  expect(await customer.said()).toEqual(["Half a sentence"]);
  expect(await page.locator("beseda-chat").count()).toBe(1);
  expect(await isMarked(page)).toBe(true);
});

async function follow(page: Page, title: string): Promise<void> {
  await page.getByRole("link", { name: "The other page" }).click();
  await page.getByRole("heading", { name: title }).waitFor();
}

/** A page that was loaded anew has no mark. */
async function markPage(page: Page): Promise<void> {
  await page.evaluate(() => Object.assign(window, { isMarked: true }));
}

function isMarked(page: Page): Promise<boolean> {
  return page.evaluate(() => "isMarked" in window);
}
