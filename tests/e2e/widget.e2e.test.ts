import { expect, inject, it } from "vitest";
import { startShop } from "../../launch/shop.ts";
import { focusOf } from "./focus.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);
/** What Chromium notes by itself while the network is gone. */
const offline = /ERR_INTERNET_DISCONNECTED/;

it("shows after a reload what was said before", async () => {
  const integrator = await stage.integrator();
  const customer = await stage.customer();
  await customer.openChat();
  await customer.write("Do you repair a Nida?");
  await customer.isSent();
  await integrator.reply("Gladly.", (await integrator.conversationWith("Do you repair a Nida?")).id);
  await expect.poll(() => customer.said()).toEqual(["Do you repair a Nida?", "Gladly."]);

  await customer.page.reload();
  await customer.openChat();
  await expect.poll(() => customer.said()).toEqual(["Do you repair a Nida?", "Gladly."]);
});

it("has what was answered while the customer was offline, once and in order, and sends once what was written then", async () => {
  const integrator = await stage.integrator();
  const customer = await stage.customer({ allowed: offline });
  await customer.openChat();
  await customer.write("My parcel is late.");
  await customer.isSent();
  const { id } = await integrator.conversationWith("My parcel is late.");

  await customer.page.context().setOffline(true);
  await customer.panel.getByText(customer.words.offline).waitFor();
  await customer.write("It was due on Monday.");
  await customer.panel.getByText(customer.words.waiting).waitFor();
  await integrator.reply("Let me look.", id);
  await integrator.reply("It is in Riga.", id);
  await expect.poll(() => integrator.heard.map(({ body }) => body)).toContain("It is in Riga.");
  expect(await customer.said()).toEqual(["My parcel is late.", "It was due on Monday."]);

  await customer.page.context().setOffline(false);
  const all = ["My parcel is late.", "Let me look.", "It is in Riga.", "It was due on Monday."];
  await expect.poll(() => customer.said()).toEqual(all);
  await customer.isSent();
  const { messages } = await integrator.conversationWith("My parcel is late.");
  expect(messages.nodes.map(({ body }) => body)).toEqual(all);
});

it("closes with Escape and gives the focus back to its button", async () => {
  const customer = await stage.customer();
  await customer.openChat();
  await expect.poll(() => focusOf(customer.page)).toBe("textarea");
  await customer.page.keyboard.press("Escape");
  await customer.panel.waitFor({ state: "hidden" });
  expect(await focusOf(customer.page)).toBe("button.launcher");
});

it("sends nothing by the Enter that ends a word, and keeps the focus where a message is given up", async () => {
  const customer = await stage.customer();
  const { page, panel, composer, words } = customer;
  await customer.openChat();
  await composer.fill("half a");
  // As Safari has it: the composition is over by then.
  await composer.dispatchEvent("keydown", { key: "Enter", keyCode: 229 });
  expect(await composer.inputValue()).toBe("half a");
  await customer.composer.press("Enter");
  await customer.isSent();
  await customer.write("not \0 sent");
  await panel.getByRole("button", { name: words.remove }).press("Enter");
  await expect.poll(() => panel.getByText(words.notSent).count()).toBe(0);
  expect(await focusOf(page)).toBe("div.scroll");
});

it("is all there is in a narrow window, and one of several things in a wide one", async () => {
  const customer = await stage.customer({ viewport: { width: 400, height: 700 } });
  const { page, panel } = customer;
  await customer.openChat();
  const isModal = () => panel.evaluate((dialog) => dialog.matches(":modal"));
  const visited = new Set<string | undefined>();
  for (let press = 0; press < 12; press++) {
    await page.keyboard.press("Tab");
    visited.add(await page.evaluate(() => document.activeElement?.localName));
  }
  expect([...visited].filter((name) => name !== "body")).toEqual(["beseda-chat"]);
  expect(await panel.boundingBox()).toEqual({ x: 0, y: 0, width: 400, height: 700 });
  await page.setViewportSize({ width: 1000, height: 700 });
  await expect.poll(isModal).toBe(false);
  await page.setViewportSize({ width: 400, height: 500 });
  await expect.poll(isModal).toBe(true);
  await expect.poll(() => panel.boundingBox()).toEqual({ x: 0, y: 0, width: 400, height: 500 });
  await customer.composer.press("Escape");
  await panel.waitFor({ state: "hidden" });
  expect(await focusOf(page)).toBe("button.launcher");
});

it("stands once on a page that embeds it twice", async () => {
  // A page that a test writes has no address, and may ask this machine for something only where that is granted.
  const context = await stage.profile({ permissions: ["local-network-access"] });
  await context.route(`${demo.urls.shop}/`, async (route) => {
    const answer = await route.fetch();
    const snippet = /<script.*<\/script>/.exec(await answer.text())![0];
    const again = `<script type="module" src="${demo.urls.home}/widget/v1/beseda-chat.js?another-copy"></script>`;
    const body = (await answer.text()).replace(snippet, `${snippet}\n${again}\n${snippet}`);
    await route.fulfill({ response: answer, body });
  });
  const page = await context.newPage();
  await page.goto(demo.urls.shop, { waitUntil: "networkidle" });
  expect(await page.locator("script[data-inbox]").count()).toBe(2);
  expect(await page.locator("beseda-chat").count()).toBeLessThanOrEqual(1);
  expect(await page.getByRole("button", { name: "Chat" }).count()).toBe(1);
});

it("says on a site that is not on the list that it is not allowed there", async () => {
  const foreign = await startShop({ port: 0, host: "127.0.0.1", apiUrl: demo.urls.home, inboxKey: demo.inboxKey });
  const customer = await stage.customer({ at: foreign.url, allowed: /Add it to the inbox's allowed origins/ });
  await customer.openPanel();
  await customer.panel.getByRole("alert").getByText(customer.words.refusals.OriginNotAllowed).waitFor();
  expect(await customer.composer.count()).toBe(0);
  await foreign.close();
});
