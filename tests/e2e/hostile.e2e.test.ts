import { afterEach, expect, inject, it } from "vitest";
import type { Customer } from "./customer.ts";
import { openSite, pageOf, type Shelf, type Site, type SiteOptions, snippet, strictPolicy } from "./site.ts";
import { setStage } from "./stage.ts";

// What a page may not do to the chat, and what the chat may never do to a page: any exception, and any line on the console
// that a test does not name, fails it.

const demo = inject("demo");
const stage = setStage(() => demo);
const sites: Site[] = [];

afterEach(() => Promise.all(sites.splice(0).map((site) => site.close())));

async function siteOf(shelves: Record<string, Shelf>, options?: SiteOptions): Promise<Site> {
  const site = await openSite(shelves, options);
  sites.push(site);
  return site;
}

/** A site whose one script runs before the snippet. */
function patched(script: string, options?: SiteOptions): Promise<Site> {
  const patch = { type: "text/javascript", text: script };
  return siteOf({ "/": pageOf(`<script src="/patch.js"></script>${snippet()}`), "/patch.js": patch }, options);
}

/** The customer writes, the team answers, the customer sees it. */
async function converse(customer: Customer): Promise<void> {
  await customer.openChat();
  const question = `Does it cross? ${Math.random()}`;
  await customer.write(question);
  await customer.isSent();
  const integrator = await stage.integrator();
  await integrator.reply("It does.", (await integrator.conversationWith(question)).id);
  await expect.poll(() => customer.said()).toEqual([question, "It does."]);
}

it("stands and works where a page says all of every element, importantly, and a rem is 10 px", async () => {
  const css =
    "html { font-size: 62.5% } * { all: unset !important; font: 40px/3 serif !important; filter: blur(9px) !important }";
  const style = '<link rel="stylesheet" href="/page.css">';
  const site = await siteOf({ "/": pageOf(`${style}${snippet()}`), "/page.css": { type: "text/css", text: css } });
  const customer = await stage.customer({ at: site.url, viewport: { width: 1000, height: 800 } });
  const corner = { x: 924, y: 724, width: 56, height: 56 };
  expect(await customer.launcher.boundingBox()).toEqual(corner);
  await converse(customer);
  expect(await customer.panel.boundingBox()).toMatchObject({ x: 596, width: 384 });
  const font = await customer.composer.evaluate((field) => getComputedStyle(field).fontSize);
  expect(font).toMatch(/^1[4-6]px$/);
});

it("works where a page has patched arrays, JSON and fetch", async () => {
  const site = await patched(`
    Array.prototype.toJSON = function () { return "[" + this.join() + "]"; };
    Array.prototype.remove = function () {};
    Array.prototype.last = function () { return this[this.length - 1]; };
    Array.from = (thing) => (thing && thing.length !== undefined ? Array.prototype.slice.call(thing) : []);
    Object.prototype.extend = function () {};
    const { parse, stringify } = JSON;
    JSON.parse = (text) => parse(text, (key, value) => (/^\\d{4}-\\d\\d-\\d\\dT/.test(value) ? new Date(value) : value));
    JSON.stringify = (value) => stringify(value, null, 2);
    const { fetch } = window;
    window.fetch = async (...asked) => { const answer = await fetch(...asked); console.debug(asked[0]); return answer.clone(); };`);
  await converse(await stage.customer({ at: site.url }));
});

it("works under a policy that trusts a nonce alone, with Trusted Types", async () => {
  const policy = (home: string) =>
    `${strictPolicy(home).replace(/script-src[^;]*/, "script-src 'nonce-bolt'")}; require-trusted-types-for 'script'; trusted-types lit-html`;
  const site = await siteOf({ "/": pageOf(snippet('nonce="bolt"')) }, { policy });
  await converse(await stage.customer({ at: site.url }));
});

it("says once why it does not come under Trusted Types that do not name it", async () => {
  const policy = (home: string) => `${strictPolicy(home)}; require-trusted-types-for 'script'; trusted-types 'none'`;
  const site = await siteOf({ "/": pageOf(snippet()) }, { policy });
  const customer = await stage.customer({ at: site.url, allowed: /lit-html/ });
  const said: string[] = [];
  customer.page.on("console", (message) => message.type() === "warning" && said.push(message.text()));
  await customer.launcher.click();
  await expect.poll(() => said).toEqual([expect.stringContaining("lit-html")]);
});

it("works until the page is left where nothing may be kept, and as plain http has it", async () => {
  const site = await patched(`
    const forbid = (name) => Object.defineProperty(window, name, { get() { throw new DOMException("Forbidden", "SecurityError"); } });
    ["localStorage", "sessionStorage", "indexedDB", "caches"].forEach(forbid);
    window.BroadcastChannel = class { constructor() { throw new DOMException("Forbidden", "SecurityError"); } };
    Object.defineProperty(Document.prototype, "cookie", { get() { throw new DOMException("Forbidden", "SecurityError"); } });
    Object.defineProperty(navigator, "locks", { value: undefined });
    Object.defineProperty(crypto, "randomUUID", { value: undefined });
    Object.defineProperty(crypto, "subtle", { value: undefined });`);
  await converse(await stage.customer({ at: site.url }));
});

it("works where storage is full and takes no more than a probe", async () => {
  const site = await patched(`
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = function (key, text) {
      if (text.length > 20) throw new DOMException("Full", "QuotaExceededError");
      setItem.call(this, key, text);
    };`);
  await converse(await stage.customer({ at: site.url }));
});

it("sends on the next page what was written where the database did not answer", async () => {
  const site = await patched("if (location.search) IDBFactory.prototype.open = () => ({});");
  const customer = await stage.customer({ at: `${site.url}/?slow`, allowed: /ERR_FAILED/ });
  const { page, panel, words } = customer;
  await customer.openChat();
  await page.route("**/graphql", (route) => route.abort());
  await customer.write("Before the database");
  await panel.getByText(words.waiting).waitFor();
  await page.goto(`${site.url}/`);
  await page.unroute("**/graphql");
  await customer.openPanel();
  await customer.talks.first().click();
  await customer.isSent();
  expect(await customer.said()).toEqual(["Before the database"]);
});

it("stands among a page's own elements, which are there before its module has come", async () => {
  const { urls, inboxKey } = demo;
  const module = `<script type="module" src="${urls.home}/widget/v1/beseda-chat.js"></script>`;
  const site = await siteOf({ "/": pageOf("", `${module}<beseda-chat inbox="${inboxKey}"></beseda-chat>`) });
  await converse(await stage.customer({ at: site.url }));
});

it("works in a sandboxed frame of its site", async () => {
  const frame = '<iframe sandbox="allow-scripts allow-same-origin" src="/framed" width="500" height="600"></iframe>';
  const policy = (home: string) => `${strictPolicy(home)}; frame-src 'self'`;
  const site = await siteOf({ "/": pageOf("", frame), "/framed": pageOf(snippet()) }, { policy });
  const customer = await stage.customer({ at: site.url, allowed: /can escape its sandboxing/ });
  const framed = customer.page.frameLocator("iframe");
  await framed.getByRole("button", { name: "Chat" }).click();
  await framed.getByRole("button", { name: customer.words.writeToUs }).click();
  await framed.getByRole("textbox").fill("From a frame");
  await framed.getByRole("textbox").press("Enter");
  await framed.locator(".mine.sent").waitFor();
});

it("says in a frame without an origin, to the customer and once on the console, that the inbox does not know the site", async () => {
  const frame = '<iframe sandbox="allow-scripts" src="/framed" width="500" height="600"></iframe>';
  const policy = (home: string) => `${strictPolicy(home)}; frame-src 'self'`;
  const site = await siteOf({ "/": pageOf("", frame), "/framed": pageOf(snippet()) }, { policy });
  const customer = await stage.customer({ at: site.url, allowed: /allowed origins/ });
  const said: string[] = [];
  customer.page.on("console", (message) => message.type() === "warning" && said.push(message.text()));
  const framed = customer.page.frameLocator("iframe");
  await framed.getByRole("button", { name: "Chat" }).click();
  await framed.getByRole("alert").waitFor();
  expect(said).toEqual([expect.stringContaining("allowed origins")]);
});
