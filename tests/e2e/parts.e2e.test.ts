import type { Page } from "playwright-core";
import { expect, inject, it } from "vitest";
import { setStage } from "./stage.ts";

const stage = setStage(() => inject("demo"));
const TALK = "**/talk.*.js";

/** How often the page has asked for the part that shows conversations. */
function countTalk(page: Page): () => number {
  let asked = 0;
  page.on("request", (request) => (asked += /\/talk\.[\w-]+\.js$/.test(request.url()) ? 1 : 0));
  return () => asked;
}

it("fetches what shows conversations with the first letter, and once", async () => {
  const customer = await stage.customer();
  const asked = countTalk(customer.page);
  await customer.openChat();
  await customer.page.waitForLoadState("networkidle");
  expect(asked()).toBe(0);
  await customer.composer.pressSequentially("Hi");
  await expect.poll(asked).toBe(1);
  await customer.composer.press("Enter");
  await customer.isSent();
  expect(asked()).toBe(1);
});

it("says plainly what is under way as long as that cannot be had, and moves nothing when it comes", async () => {
  const customer = await stage.customer({ allowed: /ERR_FAILED/ });
  const { page, panel, composer } = customer;
  await customer.openChat();
  const place = await composer.boundingBox();
  await page.route(TALK, (route) => route.abort());
  await customer.write("Is **anybody** there?");
  await panel.getByText("Is **anybody** there?").waitFor();
  await panel.getByText(customer.words.sending).waitFor();
  expect(await composer.boundingBox()).toEqual(place);
  await page.unroute(TALK);
  await composer.pressSequentially("H");
  await customer.isSent();
  expect(await customer.said()).toEqual(["Is anybody there?"]);
  expect(await panel.getByText("Is **anybody** there?").isVisible()).toBe(false);
  expect(await composer.boundingBox()).toEqual(place);
  expect(await composer.inputValue()).toBe("H");
});
