import type { Browser, CDPSession, Page } from "playwright-core";
import { widgetWords } from "../../words/widget.ts";

/** What one visitor of a page paid. Times in ms, bytes as they came over the wire, bodies alone. */
export type Paid = {
  bytesBefore: number;
  requestsBefore: number;
  bytesOpened: number;
  requestsOpened: number;
  blockingBefore: number;
  shiftBefore: number;
  blockingOpened: number;
  shiftOpened: number;
  paint: number;
  /** From the click to the panel with the focus in it; from there to a text field, with one more click. */
  toPanel: number;
  toField: number;
};

/** A slow phone on a slow network. */
const NETWORK = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 200_000 };
const CPU_SLOWDOWN = 4;
const SETTLED_MS = 1_500;

/** What of the page's life the browser noted by itself. */
const OBSERVE = `
  window.noted = { blocking: 0, shift: 0, paint: 0 };
  const observe = (type, note) => new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  observe("longtask", ({ duration }) => { noted.blocking += Math.max(0, duration - 50); });
  observe("layout-shift", ({ value, hadRecentInput }) => { if (!hadRecentInput) noted.shift += value; });
  observe("largest-contentful-paint", ({ startTime }) => { noted.paint = startTime; });`;

/** Visits the page once with an empty cache, opens the chat if there is one to be opened, and answers what that cost. */
export async function visit(browser: Browser, url: string, opens: boolean): Promise<Paid> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(OBSERVE);
  const client = await context.newCDPSession(page);
  const traffic = await weigh(client, page);
  await page.goto(url, { waitUntil: "load" });
  await page.waitForTimeout(SETTLED_MS);
  const noted = () => page.evaluate("({ ...noted })") as Promise<{ blocking: number; shift: number; paint: number }>;
  const { bytes: bytesBefore, requests: requestsBefore } = traffic;
  const before = await noted();
  const [toPanel, toField] = opens ? await open(page) : [0, 0];
  await page.waitForTimeout(SETTLED_MS);
  const after = await noted();
  await context.close();
  return {
    ...{ bytesBefore, requestsBefore, blockingBefore: before.blocking, shiftBefore: before.shift, paint: before.paint },
    ...{ bytesOpened: traffic.bytes, requestsOpened: traffic.requests, toPanel, toField },
    ...{ blockingOpened: after.blocking - before.blocking, shiftOpened: after.shift - before.shift },
  };
}

/** Counts what comes besides the page itself, under the throttle. */
async function weigh(client: CDPSession, page: Page): Promise<{ bytes: number; requests: number }> {
  const traffic = { bytes: 0, requests: 0 };
  await client.send("Network.enable");
  await client.send("Network.emulateNetworkConditions", NETWORK);
  await client.send("Emulation.setCPUThrottlingRate", { rate: CPU_SLOWDOWN });
  page.on("requestfinished", async (request) => {
    if (request.resourceType() === "document" || request.url().endsWith("/none")) return;
    traffic.requests += 1;
    traffic.bytes += (await request.sizes()).responseBodySize;
  });
  return traffic;
}

async function open(page: Page): Promise<[number, number]> {
  const begun = performance.now();
  await page.getByRole("button", { name: "Chat" }).click();
  await page.waitForFunction(() => {
    const focused = document.activeElement?.shadowRoot?.activeElement;
    return focused?.localName === "beseda-panel";
  });
  const toPanel = performance.now() - begun;
  await page.getByRole("button", { name: widgetWords.en.writeToUs }).click();
  await page.getByRole("textbox").waitFor();
  return [toPanel, performance.now() - begun];
}
