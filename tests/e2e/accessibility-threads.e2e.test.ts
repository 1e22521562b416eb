import { expect, inject, it } from "vitest";
import { roomWords } from "../../words/rooms.ts";
import { Inspection } from "./axe.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);

it.each([
  ["Ann Kowalska", "en"],
  ["Ирина Смирнова", "ru"],
] as const)("finds nothing wrong in the threads of %s", async (name, locale) => {
  const { page, thread } = await stage.agent(name);
  const words = roomWords[locale];
  const inspection = new Inspection(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.locator("#rooms-named a", { hasText: "firmware-halden" }).click();
  await thread.locator(".replies a").first().click();
  await page.getByRole("heading", { name: words.thread, exact: true }).waitFor();
  await inspection.of("thread");
  await page.locator("#replies .log .msg").first().hover();
  await inspection.of("thread with the message bar");
  await page.setViewportSize({ width: 390, height: 844 });
  await inspection.of("thread on a phone");
  await page.getByRole("link", { name: words.closeThread }).click();
  await thread.locator(".replies a").first().waitFor();
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`${demo.urls.home}/portal/threads`);
  await inspection.of("threads that are followed");
  await page.goto(`${demo.urls.home}/portal/threads?unread=1`);
  await inspection.of("unread threads");
  expect(inspection.found).toEqual([]);
});
