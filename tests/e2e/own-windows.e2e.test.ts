import type { Locator } from "playwright-core";
import { expect, inject, it } from "vitest";
import { roomWords } from "../../words/rooms.ts";
import type { Agent } from "./agent.ts";
import { Inspection } from "./axe.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);
const en = roomWords.en;

function linkOf(agent: Agent, name: string): Locator {
  return agent.page.getByRole("navigation", { name: agent.words.mainNavigation }).getByRole("link", { name });
}

/** A channel of Ann's with Ben in it, who looks at something else in two windows. */
async function meet(name: string): Promise<{ ann: Agent; ben: Agent; other: Agent }> {
  const ann = await stage.agent("Ann Kowalska");
  const ben = await stage.agent("Ben Okafor");
  await ann.page.getByRole("link", { name: en.browseChannels }).click();
  await ann.page.getByLabel(en.name, { exact: true }).fill(name);
  await ann.page.getByRole("button", { name: en.create, exact: true }).click();
  await ann.page.getByRole("heading", { level: 1, name }).waitFor();
  await ann.page.getByLabel(en.addMember).selectOption({ label: "Ben Okafor" });
  await ann.page.getByRole("button", { name: en.add, exact: true }).click();
  await linkOf(ben, name).waitFor();
  return { ann, ben, other: await ben.inAnotherWindow() };
}

async function say(agent: Agent, text: string): Promise<void> {
  await agent.field.fill(text);
  await agent.page.getByRole("button", { name: agent.words.send }).click();
  const shown = text.replace("@ben", "@Ben");
  await agent.thread.locator(".msg:not(.ghost)").getByText(shown, { exact: true }).waitFor();
}

const countOf = (agent: Agent, name: string) => linkOf(agent, name).locator(".count");

it("has read in all windows what was read in one, mentions too", async () => {
  const name = `reading-${Date.now()}`;
  const { ann, ben, other } = await meet(name);
  await say(ann, "First");
  await say(ann, "And @ben, second");
  for (const window of [ben, other]) await countOf(window, name).getByText("1", { exact: true }).waitFor();
  const mentions = other.page.locator("#mention-count");
  const before = Number(await mentions.innerText());
  await linkOf(ben, name).click();
  await ben.thread.getByText("First").waitFor();
  await expect.poll(() => countOf(other, name).innerText()).toBe("");
  await expect.poll(async () => Number(await mentions.innerText())).toBe(before - 1);
});

it("stars and mutes a room in all windows, which then tells of nothing", async () => {
  const name = `quiet-${Date.now()}`;
  const { ann, ben, other } = await meet(name);
  await linkOf(ben, name).click();
  const choice = (label: string) => ben.page.getByRole("button", { name: label, exact: true });
  await choice(en.star).click();
  for (const window of [ben, other]) await window.page.locator("#rooms-starred").getByText(name).waitFor();
  expect(await choice(en.star).getAttribute("aria-pressed")).toBe("true");
  await choice(en.levels.none).click();
  await expect.poll(() => choice(en.levels.none).getAttribute("aria-pressed")).toBe("true");
  const inspection = new Inspection(ben.page);
  await inspection.of("a muted room");
  expect(inspection.found).toEqual([]);
  await ben.page.goto(demo.urls.portal);
  await say(ann, "Is @ben there?");
  await other.page.locator(`[data-unread="1"]`, { hasText: name }).waitFor();
  for (const window of [ben, other]) expect(await countOf(window, name).innerText()).toBe("");
  await ben.page.reload();
  expect(await countOf(ben, name).innerText()).toBe("");

  await linkOf(other, name).click();
  await other.page.getByRole("button", { name: en.levels.mentions, exact: true }).click();
  await expect
    .poll(() => other.page.getByRole("button", { name: en.levels.mentions, exact: true }).getAttribute("aria-pressed"))
    .toBe("true");
  await other.page.goto(demo.urls.portal);
  await say(ann, "Nothing of interest");
  await say(ann, "But @ben, this is");
  await countOf(ben, name).getByText("1", { exact: true }).waitFor();
});
