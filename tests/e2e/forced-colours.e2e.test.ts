import type { Page } from "playwright-core";
import { expect, inject, it } from "vitest";
import { setStage } from "./stage.ts";
import { tourChat, tourDesk } from "./tour.ts";

const demo = inject("demo");
const stage = setStage(() => demo);

/** What is one of several, and the others, in the states where it stands. */
const chosen: Record<string, [one: string, other: string][]> = {
  inbox: [
    [".nav section a[aria-current]", ".nav section a:not([aria-current])"],
    [".conditions a[aria-current]", ".conditions a:not([aria-current])"],
  ],
  conversation: [
    [".cv[aria-current]", ".cv:not([aria-current])"],
    [".kinds label:has(:checked)::after", ".kinds label:not(:has(:checked))::after"],
    [".msg.note", ".msg:not(.note)"],
  ],
  note: [[".kinds label:has(:checked)::after", ".kinds label:not(:has(:checked))::after"]],
  palette: [['[role="option"][aria-selected="true"]', '[role="option"][aria-selected="false"]']],
  "/settings/profile": [[".sitem[aria-current]", ".sitem:not([aria-current])"]],
};

it("shows on the desk what is chosen, what has the focus and where controls end, without any colour of ours", async () => {
  const ann = await stage.agent("Ann Kowalska", { forcedColors: "active", reducedMotion: "reduce" });
  const { page } = ann;
  const found: string[] = [];
  await tourDesk(ann, demo.urls.home, async (state) => {
    for (const [one, other] of chosen[state] ?? [])
      if ((await edgesOf(page, one)) === (await edgesOf(page, other)))
        found.push(`${state}: ${one} looks like any other`);
    found.push(...(await edgelessIn(page)).map((what) => `${state}: ${what}`));
    if (state === "inbox" || state === "conversation" || state === "/settings/profile")
      found.push(...(await unmarkedFocusIn(page)).map((what) => `${state}: ${what}`));
  });
  expect(found).toEqual([]);
});

it("shows in the chat what has the focus and where controls end, without any colour of ours", async () => {
  const customer = await stage.customer({ forcedColors: "active", reducedMotion: "reduce" });
  const { page } = customer;
  const found: string[] = [];
  await tourChat(customer, await stage.integrator(), async (state) => {
    found.push(...(await edgelessIn(page)).map((what) => `${state}: ${what}`));
    if (state === "home" || state === "thread")
      found.push(...(await unmarkedFocusIn(page, 6)).map((what) => `${state}: ${what}`));
  });
  expect(found).toEqual([]);
});

/** Answers in words what sets an element, or what stands before or after it, apart where grounds and shadows are gone. */
function edgesOf(page: Page, selector: string): Promise<string> {
  const [, element, pseudo] = /^(.*?)(::\w+)?$/.exec(selector)!;
  return page
    .locator(element!)
    .first()
    .evaluate((one, pseudo) => {
      const { borderTopWidth, borderBottomColor, outlineStyle, backgroundColor, content } = getComputedStyle(
        one,
        pseudo,
      );
      return [borderTopWidth, borderBottomColor, outlineStyle, backgroundColor, content].join();
    }, pseudo ?? null);
}

/** Answers what has no edge although a person must see where it ends. Boxes to tick are drawn by the system then. */
function edgelessIn(page: Page): Promise<string[]> {
  const edged =
    ".btn, .button, .launcher, .badge, .bubble:not(i), dialog[open], .panel, input:not([type=hidden], [type=checkbox], [type=radio], .sr), select, .menu";
  return page.locator(edged).evaluateAll((elements) => {
    const isEdged = (one: Element) => {
      const { borderTopStyle, borderTopWidth, outlineStyle } = getComputedStyle(one);
      return (borderTopStyle !== "none" && Number.parseFloat(borderTopWidth) > 0) || outlineStyle !== "none";
    };
    return elements
      .filter((one) => one.checkVisibility() && !isEdged(one) && !isEdged(one.parentElement ?? one))
      .map((one) => `${one.localName}.${[...one.classList].join(".")} has no edge`);
  });
}

/** Goes through the page with Tab, and answers where nobody could see that the focus is. */
async function unmarkedFocusIn(page: Page, stops = 25): Promise<string[]> {
  const unmarked: string[] = [];
  for (let stop = 0; stop < stops; stop += 1) {
    await page.keyboard.press("Tab");
    const found = await page.evaluate(() => {
      let one = document.activeElement;
      while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
      if (!one || one === document.body || !/^(BUTTON|A|INPUT|SELECT|TEXTAREA)$/.test(one.tagName)) return null;
      // The composer and a chosen kind show it around them.
      const isMarked = [one, one.closest("label"), one.closest("form")].some(
        (each) =>
          each &&
          getComputedStyle(each).outlineStyle !== "none" &&
          Number.parseFloat(getComputedStyle(each).outlineWidth) >= 1,
      );
      return isMarked ? null : `${one.localName}.${[...one.classList].join(".")} has the focus, and nothing shows it`;
    });
    if (found) unmarked.push(found);
  }
  return [...new Set(unmarked)];
}
