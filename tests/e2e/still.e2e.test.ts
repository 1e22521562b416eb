import type { Page } from "playwright-core";
import { expect, inject, it } from "vitest";
import { setStage } from "./stage.ts";
import { tourChat, tourDesk } from "./tour.ts";

const demo = inject("demo");
const stage = setStage(() => demo);

it("moves nothing on the desk for whoever wants no motion", async () => {
  const ann = await stage.agent("Ann Kowalska");
  const found: string[] = [];
  await tourDesk(ann, demo.urls.home, async (state) => void found.push(...(await motionIn(ann.page, state))));
  expect(found).toEqual([]);
});

it("moves nothing in the chat for whoever wants no motion", async () => {
  const customer = await stage.customer();
  const found: string[] = [];
  const look = async (state: string) => void found.push(...(await motionIn(customer.page, state)));
  await tourChat(customer, await stage.integrator(), look);
  expect(found).toEqual([]);
});

/** Answers what of ours would run or glide; that without the wish something does is known before. */
async function motionIn(page: Page, state: string): Promise<string[]> {
  await page.emulateMedia({ reducedMotion: "no-preference" });
  const before = await movingIn(page);
  expect(state === "launcher" || before.length > 0).toBe(true);
  await page.emulateMedia({ reducedMotion: "reduce" });
  return (await movingIn(page)).map((what) => `${state}: ${what}`);
}

// The page's own styles are its own: ours are in the portal, or within the chat.
function movingIn(page: Page): Promise<string[]> {
  return page.locator("#desk *, dialog, beseda-chat *").evaluateAll((elements) => {
    const isLong = (durations: string) => durations.split(",").some((duration) => Number.parseFloat(duration) > 0);
    return elements.flatMap((one) =>
      [null, "::before", "::after"].flatMap((pseudo) => {
        const style = getComputedStyle(one, pseudo);
        const runs = style.animationName !== "none" && isLong(style.animationDuration);
        const glides = style.transitionProperty !== "none" && isLong(style.transitionDuration);
        const scrolls = style.scrollBehavior === "smooth";
        return runs || glides || scrolls ? [`${one.localName}.${[...one.classList].join(".")}${pseudo ?? ""}`] : [];
      }),
    );
  });
}
