import type { Page } from "playwright-core";
import { expect, inject, it } from "vitest";
import type { Agent } from "./agent.ts";
import type { Customer } from "./customer.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);

const LINES = 120;

/** A conversation too long for one page, open at its end. */
async function longTalk(opening: string): Promise<{ ann: Agent; customer: Customer }> {
  const customer = await stage.customer();
  await customer.openChat();
  await customer.write(opening);
  await customer.isSent();
  const integrator = await stage.integrator();
  const { id } = await integrator.conversationWith(opening);
  for (let line = 1; line <= LINES; line++) await integrator.reply(`Line ${line} of ${opening}`, id);
  const ann = await stage.agent("Ann Kowalska");
  await ann.open(`Line ${LINES} of ${opening}`);
  return { ann, customer };
}

it("brings what was said before as the agent scrolls up, and what they read does not move", async () => {
  const opening = "How long can it be?";
  const { ann } = await longTalk(opening);
  const { page } = ann;
  expect(await ann.thread.getByText(opening, { exact: true }).count()).toBe(0);
  const heights: number[] = [];
  for (let step = 0; step < 200 && (await ann.thread.getByText(opening, { exact: true }).count()) === 0; step++) {
    const before = await firstInSight(page);
    await page.locator(".stream-scroll").evaluate((box) => box.scrollBy(0, -120));
    await page.waitForTimeout(20);
    const after = await topOf(page, before.id);
    heights.push(Math.round(after - before.top));
  }
  await ann.thread.getByText(opening, { exact: true }).waitFor();
  // It moved by what was scrolled, or less at the very top; never by what was put in before it.
  expect(heights.filter((height) => height < 0 || height > 120)).toEqual([]);
  expect(await ann.said()).toHaveLength(LINES + 1);
});

it("leaves who reads history where they are, tells of new messages, and leads to them", async () => {
  const opening = "Who reads all this?";
  const { ann, customer } = await longTalk(opening);
  const { page, words } = ann;
  await page.locator(".stream-scroll").evaluate((box) => box.scrollBy(0, -900));
  const pill = page.locator("#to-end");
  await pill.getByText(words.toNewest).waitFor();
  const before = await firstInSight(page);
  await customer.write("Anybody?");
  await pill.getByText(words.newMessages(1)).waitFor();
  await customer.write("Hello?");
  await pill.getByText(words.newMessages(2)).waitFor();
  expect(await topOf(page, before.id)).toBe(before.top);
  await pill.click();
  await ann.thread.getByText("Hello?", { exact: true }).waitFor();
  await pill.waitFor({ state: "hidden" });
});

it("moves nothing in the conversation when something happens there", async () => {
  const customer = await stage.customer();
  await customer.openChat();
  await customer.write("Hold still, please.");
  const ann = await stage.agent("Ann Kowalska");
  const ben = await stage.agent("Ben Okafor");
  await ann.open("Hold still, please.");
  await ann.page.evaluate(watchShifts);

  await ben.open("Hold still, please.");
  await ann.page
    .locator("#viewers")
    .getByText(ann.words.viewing(["Ben"]))
    .waitFor();
  await customer.composer.pressSequentially("Wait", { delay: 20 });
  await ann.page.getByText(ann.words.typing([ann.words.visitor])).waitFor();
  await customer.write("Wait for it.");
  await ben.note("She is waiting.");
  await ben.reply("We are waiting.");
  await expect.poll(() => ann.said()).toHaveLength(4);
  await ann.page.locator("#seen").getByText(ann.words.seen).waitFor();
  await ben.reply("Still waiting.");
  await expect.poll(() => ann.said()).toHaveLength(5);
  await ann.page.locator("#seen").getByText(ann.words.seen).waitFor();
  await ben.press("resolve");
  await ann.state.getByText(ann.words.statuses.resolved).waitFor();
  await ann.reply("Thank you.");
  await expect.poll(() => ann.said()).toHaveLength(6);
  await ann.page.waitForTimeout(300);
  expect(await ann.page.evaluate(() => (window as unknown as { shifts: string[] }).shifts)).toEqual([]);
});

/** Counts from now on what moves within the conversation and its details without anybody having asked for it. */
function watchShifts(): void {
  const shifts: string[] = [];
  Object.assign(window, { shifts });
  type Shift = PerformanceEntry & { hadRecentInput: boolean; sources: { node: Node | null }[] };
  new PerformanceObserver((list) => {
    for (const entry of (list.getEntries() as Shift[]).filter((shift) => !shift.hadRecentInput))
      for (const { node } of entry.sources) {
        const element = node instanceof Element ? node : node?.parentElement;
        if (element?.closest("#conversation")) shifts.push(element.outerHTML.slice(0, 80));
      }
  }).observe({ type: "layout-shift", buffered: false });
}

async function firstInSight(page: Page): Promise<{ id: string; top: number }> {
  return page.evaluate(() => {
    const edge = document.querySelector(".stream-scroll")!.getBoundingClientRect().top;
    const first = [...document.querySelectorAll(".msg")].find(
      (message) => message.getBoundingClientRect().top >= edge,
    )!;
    return { id: first.id, top: first.getBoundingClientRect().top };
  });
}

async function topOf(page: Page, id: string): Promise<number> {
  return page.evaluate((wanted) => document.getElementById(wanted)!.getBoundingClientRect().top, id);
}
