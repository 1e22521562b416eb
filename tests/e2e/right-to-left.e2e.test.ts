import type { Page } from "playwright-core";
import { expect, inject, it, onTestFinished } from "vitest";
import { boxesOf, flawsIn } from "./geometry.ts";
import { openSite, pageOf, snippet } from "./site.ts";
import { setStage } from "./stage.ts";
import { tourChat, tourDesk } from "./tour.ts";

const demo = inject("demo");
const stage = setStage(() => demo);
const still = { reducedMotion: "reduce" } as const;
const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

it.each(Object.entries(sizes))("mirrors the desk where lines begin at the right: %s", async (_, viewport) => {
  const ann = await stage.agent("Ann Kowalska", { ...still, viewport });
  const found: string[] = [];
  await tourDesk(ann, demo.urls.home, async (state) => void found.push(...(await mirrored(ann.page, state))));
  expect(found).toEqual([]);
});

it.each(Object.entries(sizes))(
  "mirrors the chat where the lines of its page begin at the right: %s",
  async (_, viewport) => {
    const site = await openSite({ "/": pageOf(snippet()) });
    onTestFinished(site.close);
    const customer = await stage.customer({ at: site.url, ...still, viewport });
    const found: string[] = [];
    const look = async (state: string) => void found.push(...(await mirrored(customer.page, state)));
    await tourChat(customer, await stage.integrator(), look);
    expect(found).toEqual([]);
  },
);

/** Answers what does not stand in right-to-left where a mirror would show it, and whatever else is wrong there. */
async function mirrored(page: Page, state: string): Promise<string[]> {
  const width = page.viewportSize()!.width;
  const before = await boxesOf(page);
  expect(before.length).toBeGreaterThan(state === "launcher" ? 0 : 5);
  await turn(page, "rtl");
  const after = await boxesOf(page);
  const flaws = await flawsIn(page);
  await turn(page, "");
  const wrong = before.flatMap(({ what, left, right, top }, index) => {
    const now = after[index];
    const isThere =
      now &&
      Math.abs(now.left - (width - right)) < 2 &&
      Math.abs(now.right - (width - left)) < 2 &&
      Math.abs(now.top - top) < 2;
    return isThere ? [] : [`${what} at ${left} to ${right} went to ${now?.left} to ${now?.right}`];
  });
  return [...flaws, ...wrong].map((flaw) => `${state}: ${flaw}`);
}

async function turn(page: Page, dir: "rtl" | ""): Promise<void> {
  await page.evaluate((dir) => (document.documentElement.dir = dir), dir);
}
