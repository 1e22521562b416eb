import type { Page } from "playwright-core";
import { expect, inject, it } from "vitest";
import { focusOf } from "./focus.ts";
import { setStage } from "./stage.ts";

// Who is new here is received before what carries conversations is there.

const demo = inject("demo");
const stage = setStage(() => demo);
const SESSION = "**/session.*.js";

/** Holds the session back until the answer is called. */
async function holdSession(page: Page): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(SESSION, (route) => promise.then(() => route.continue()));
  return resolve;
}

it("greets by one request, and fetches the session with the first letter, once", async () => {
  const customer = await stage.customer();
  const asked: string[] = [];
  customer.page.on("request", (request) => {
    const name = new URL(request.url()).pathname.split("/").at(-1)!;
    if (request.url().startsWith(demo.urls.home)) asked.push(name.split(".")[0]!);
  });
  await customer.openChat();
  await customer.page.waitForLoadState("networkidle");
  expect(asked).toEqual(["beseda-chat", "graphql"]);
  await customer.composer.pressSequentially("Hi");
  await customer.composer.press("Enter");
  await customer.isSent();
  expect(asked.filter((name) => name === "session")).toHaveLength(1);
});

it("takes what is written until the session is there: no letter, no place and no focus is lost", async () => {
  const customer = await stage.customer();
  const { page, composer } = customer;
  await customer.openChat();
  const release = await holdSession(page);
  await customer.write("One");
  await composer.pressSequentially("Two, and th");
  await composer.press("ArrowLeft");
  const place = await composer.boundingBox();
  release();
  await customer.isSent();
  expect([await composer.inputValue(), await focusOf(page)]).toEqual(["Two, and th", "textarea"]);
  expect(await composer.evaluate((field: HTMLTextAreaElement) => field.selectionStart)).toBe(10);
  expect(await composer.boundingBox()).toEqual(place);
  await composer.press("Enter");
  await customer.isSent();
  expect(await customer.said()).toEqual(["One", "Two, and th"]);
});

it("sends on the next page, once, what was written where the session could not be had", async () => {
  const customer = await stage.customer({ allowed: /ERR_FAILED/ });
  const { page, panel, words } = customer;
  await customer.openChat();
  await page.route(SESSION, (route) => route.abort());
  await customer.write("Is anybody there?");
  await customer.write("I shall wait.");
  await customer.composer.fill("And");
  await panel.getByText(words.waiting).last().waitFor();
  await page.unroute(SESSION);
  await page.reload();
  await customer.openPanel();
  await customer.talks.first().click();
  await customer.isSent();
  expect(await customer.said()).toEqual(["Is anybody there?", "I shall wait."]);
  await customer.leaveTalk();
  expect(await customer.talks.count()).toBe(1);
  await customer.writeToUs.click();
  await expect.poll(() => customer.composer.inputValue()).toBe("And");
});

it("shows what another tab has begun", async () => {
  const first = await stage.customer();
  const second = await stage.customerIn(first.page.context());
  for (const customer of [first, second]) {
    await customer.openPanel();
    await customer.panel.getByText(customer.words.noConversations).waitFor();
  }
  await first.writeToUs.click();
  await first.write("From the first tab");
  await first.isSent();
  await second.talks.first().getByText("From the first tab").waitFor();
});

it("forgets who signs out before the session was there", async () => {
  const customer = await stage.customer();
  const { page, words } = customer;
  await customer.openChat();
  const release = await holdSession(page);
  await customer.write("Mine alone");
  await customer.composer.fill("Mine, too");
  await page.keyboard.press("Escape");
  await page.evaluate(() => window.Beseda!("logout"));
  release();
  await expect.poll(() => page.evaluate(() => JSON.stringify(localStorage))).toBe("{}");
  await customer.openPanel();
  await customer.panel.getByText(words.noConversations).waitFor();
  await customer.writeToUs.click();
  expect(await customer.composer.inputValue()).toBe("");
});
