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
  for (let step = 0; step < 200 && (await ann.thread.getByText(opening, { exact: true }).count()) === 0; step++)
    heights.push(await scrollUp(page));
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

it("keeps the newest lines of a talk that goes on, and brings the rest again as the agent scrolls, each once", async () => {
  const opening = "Does it ever end?";
  const { ann } = await longTalk(opening);
  const { page } = ann;
  const integrator = await stage.integrator();
  const { id } = await integrator.conversationWith(`Line ${LINES} of ${opening}`);
  const lastLine = LINES + 80;
  for (let line = LINES + 1; line <= lastLine; line++) {
    await integrator.reply(`Line ${line} of ${opening}`, id);
    expect(await ann.thread.locator(".msg").count()).toBeLessThanOrEqual(100);
  }
  await ann.thread.getByText(`Line ${lastLine} of ${opening}`, { exact: true }).waitFor();
  const heights: number[] = [];
  for (let step = 0; step < 400 && (await ann.thread.getByText(opening, { exact: true }).count()) === 0; step++)
    heights.push(await scrollUp(page));
  await ann.thread.getByText(opening, { exact: true }).waitFor();
  expect(heights.filter((height) => height < 0 || height > 120)).toEqual([]);
  const lines = Array.from({ length: lastLine }, (_, index) => `Line ${index + 1} of ${opening}`);
  expect(await ann.said()).toEqual([opening, ...lines]);
});

/** Scrolls up by 120 px, and answers by how much what was read has moved. */
async function scrollUp(page: Page): Promise<number> {
  const before = await firstInSight(page);
  await page.locator(".stream-scroll").evaluate((box) => box.scrollBy(0, -120));
  await page.waitForTimeout(20);
  return Math.round((await topOf(page, before.id)) - before.top);
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
