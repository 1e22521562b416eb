import { expect, inject, it } from "vitest";
import { roomWords } from "../../words/rooms.ts";
import { portalWords } from "../../words/portal.ts";
import { Inspection } from "./axe.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);

it.each([
  ["Ann Kowalska", "en"],
  ["Ирина Смирнова", "ru"],
] as const)("finds nothing wrong in the rooms of %s", async (name, locale) => {
  const { page, thread, field } = await stage.agent(name, { allowed: /422/ });
  const words = roomWords[locale];
  const inspection = new Inspection(page);
  await page.locator("#rooms-named a", { hasText: "general" }).click();
  await thread.locator(".msg").first().waitFor();
  await inspection.of("channel");
  await thread.locator(".msg").first().hover();
  await inspection.of("channel with the message bar");
  const own = portalWords[locale];
  await page.getByRole("button", { name: own.messageActs.react, exact: true }).click();
  await inspection.of("choice of a sign");
  await page.getByRole("dialog").getByRole("button", { name: "👀" }).click();
  await thread.locator(".rx").first().waitFor();
  await inspection.of("channel with a sign");
  await thread.locator(".rx").first().click();
  await field.fill("One more");
  await page.keyboard.press("Control+Enter");
  await thread.locator(".msg:not(.ghost)").getByText("One more").last().waitFor();
  await page.keyboard.press("ArrowUp");
  await page.getByRole("textbox", { name: own.editMessage }).waitFor();
  await inspection.of("a message that is edited");
  await page.getByRole("textbox", { name: own.editMessage }).fill("One more, edited");
  await page.keyboard.press("Control+Enter");
  await thread.locator(".edited").last().click();
  await inspection.of("what it said before");
  await page.keyboard.press("Escape");
  await thread.locator(".msg").last().hover();
  await page.getByRole("button", { name: own.moreActs, exact: true }).click();
  await inspection.of("what else can be done with a message");
  await page.getByRole("button", { name: own.messageActs.delete, exact: true }).click();
  await inspection.of("question before a deletion");
  await page.getByRole("button", { name: own.deleteForGood }).click();
  await thread.locator(".gone").last().waitFor();
  await inspection.of("a tombstone");
  await page.getByRole("button", { name: words.leave, exact: true }).click();
  await page.getByRole("dialog").waitFor();
  await inspection.of("question");
  await page.keyboard.press("Escape");
  await page.setViewportSize({ width: 390, height: 844 });
  await inspection.of("channel on a phone");
  await page.locator(".details-button").click();
  await page.getByRole("heading", { name: words.about }).waitFor();
  await inspection.of("about, on a phone");
  await page.setViewportSize({ width: 1280, height: 800 });

  await page.goto(`${demo.urls.home}/portal/channels`);
  await inspection.of("channels");
  await page.getByLabel(words.name, { exact: true }).fill("general");
  await page.getByRole("button", { name: words.create, exact: true }).click();
  await page.getByRole("alert").waitFor();
  await inspection.of("a name that is taken");
  await page.goto(`${demo.urls.home}/portal/direct`);
  await inspection.of("direct messages");
  // However many rooms there are, they scroll by themselves, and the page does not.
  await page.setViewportSize({ width: 1280, height: 400 });
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(400);
  expect(inspection.found).toEqual([]);
});
