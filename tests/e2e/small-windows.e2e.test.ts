import type { Page } from "playwright-core";
import { expect, inject, it, onTestFinished } from "vitest";
import { presenceWords } from "../../words/presence.ts";
import { flawsIn } from "./geometry.ts";
import { openSite, pageOf, snippet } from "./site.ts";
import { setStage } from "./stage.ts";
import { tourChat, tourDesk } from "./tour.ts";

const demo = inject("demo");
const stage = setStage(() => demo);
/** 200 % zoom of a window of 1280 by 800; 400 % of one of 1280, which is also a small phone. */
const windows = [
  { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2, reducedMotion: "reduce" },
  { viewport: { width: 320, height: 640 }, deviceScaleFactor: 2, reducedMotion: "reduce" },
] as const;
const everywhere = windows.flatMap((window) =>
  ["Ann Kowalska", "Ирина Смирнова"].map((name) => [window.viewport.width, name, window] as const),
);

it("is told by a colleague what they are at, in more words than a small window is wide", async () => {
  const ben = await stage.agent("Ben Okafor", { javaScriptEnabled: false });
  await ben.page.goto(`${demo.urls.home}/portal/settings/profile`);
  const now = ben.page.locator("#settings-pane").getByLabel(presenceWords.en.whatNow);
  await now.fill("At the warehouse, until the last pallet of the year is counted");
  await now.press("Enter");
  await ben.page
    .locator("#own-line")
    .getByText(/At the warehouse/)
    .waitFor();
});

it.each(everywhere)(
  "cuts, covers and scrolls nothing sideways on the desk %i px wide of %s",
  async (_width, name, window) => {
    const agent = await stage.agent(name, window);
    const found: string[] = [];
    await tourDesk(agent, demo.urls.home, async (state) => void found.push(...(await flaws(agent.page, state))));
    expect(found).toEqual([]);
  },
);

it.each(windows)("cuts, covers and scrolls nothing sideways in the chat $viewport.width px wide", async (window) => {
  const site = await openSite({ "/": pageOf(snippet()) });
  onTestFinished(site.close);
  const customer = await stage.customer({ at: site.url, ...window });
  const found: string[] = [];
  const look = async (state: string) => void found.push(...(await flaws(customer.page, state)));
  await tourChat(customer, await stage.integrator(), look);
  expect(found).toEqual([]);
});

it.each(windows)(
  "cuts, covers and scrolls nothing sideways before and beside the desk $viewport.width px wide",
  async (window) => {
    const page = await (await stage.profile({ ...window, allowed: /status of 4\d\d/, locale: "ru" })).newPage();
    const found: string[] = [];
    for (const path of ["/portal", "/sign-in/callback?state=x", "/signed-out", "/nowhere"]) {
      await page.goto(demo.urls.home + path);
      found.push(...(await flaws(page, path)));
    }
    await page.goto(demo.urls.try);
    found.push(...(await flaws(page, "first minute")));
    expect(found).toEqual([]);
  },
);

async function flaws(page: Page, state: string): Promise<string[]> {
  return (await flawsIn(page)).map((flaw) => `${state}: ${flaw}`);
}
