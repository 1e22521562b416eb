import { expect, inject, it } from "vitest";
import { announcedBy } from "./announced.ts";
import { focusOf } from "./focus.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);
/** What Chromium notes by itself while the network is gone. */
const offline = /ERR_INTERNET_DISCONNECTED/;

it("says at home who answers, and leads to the text and back with the keyboard alone", async () => {
  const { page, panel, words, ...customer } = await asKeys();
  await panel.getByRole("heading", { name: "Hello. What can we help you with?" }).waitFor();
  await panel.getByText(words.answering(["Ann", "Ben", "Ирина"])).waitFor();
  await page.keyboard.press("Tab");
  await expect.poll(() => focusOf(page)).toBe("button.icon-button");
  await page.keyboard.press("Tab");
  await expect.poll(() => focusOf(page)).toBe("button.button.primary");
  await page.keyboard.press("Enter");
  await expect.poll(() => focusOf(page)).toBe("textarea");
  await page.keyboard.type("Do you gift-wrap?");
  await page.keyboard.press("Enter");
  await customer.isSent();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Shift+Tab");
  expect(await focusOf(page)).toBe("button.icon-button");
  await page.keyboard.press("Enter");
  await expect.poll(() => focusOf(page)).toBe("button.row");
  await page.keyboard.press("Enter");
  await expect.poll(() => customer.said()).toEqual(["Do you gift-wrap?"]);
});

it("keeps conversations apart, counts what is unread in all of them, and opens where something is new", async () => {
  const integrator = await stage.integrator();
  const customer = await stage.customer();
  await customer.openChat();
  for (const question of ["Where is my lamp?", "And my bulb?"]) {
    await customer.write(question);
    await customer.isSent();
    await customer.leaveTalk();
    if (question === "Where is my lamp?") await customer.writeToUs.click();
  }
  await expect.poll(() => customer.talks.count()).toBe(2);
  const lamp = (await integrator.conversationWith("Where is my lamp?")).id;
  await integrator.reply("On its way.", lamp);
  await customer.talks.first().getByText("On its way.").waitFor();
  await customer.talks.first().getByText(customer.words.unread(1)).waitFor();
  // The row that has the focus has made room for another one.
  expect(await focusOf(customer.page)).toBe("button.row");
  await customer.page.keyboard.press("Escape");
  await integrator.reply("It comes today.", lamp);
  await customer.page.getByText(customer.words.unread(2)).first().waitFor({ state: "attached" });
  await customer.openPanel();
  await expect.poll(() => customer.said()).toEqual(["Where is my lamp?", "On its way.", "It comes today."]);
});

it("shows marks, lists and links of both sides as what they are, and asks nobody for anything", async () => {
  const integrator = await stage.integrator();
  const customer = await stage.customer();
  await customer.openChat();
  await customer.write("**Two** things: see https://lumen.example/a_b and ![x](https://evil.example/x.png)");
  await customer.isSent();
  const { id } = await integrator.newestConversation();
  const asked: string[] = [];
  customer.page.on("request", (request) => asked.push(request.url()));
  await integrator.reply("1. one\n2. [two](javascript:alert(1))\n\n> quoted\n\n`code`", id);
  const bubbles = customer.panel.locator("li .bubble");
  await bubbles.nth(1).locator("ol > li").nth(1).waitFor();
  expect(await bubbles.nth(0).locator("b").innerText()).toBe("Two");
  expect(
    await bubbles
      .nth(0)
      .locator("a")
      .evaluateAll((links) => links.map((link) => link.outerHTML.replace(/<!--.*?-->/g, ""))),
  ).toEqual([
    '<a target="_blank" rel="noopener noreferrer nofollow" href="https://lumen.example/a_b">https://lumen.example/a_b</a>',
    '<a target="_blank" rel="noopener noreferrer nofollow" href="https://evil.example/x.png">x</a>',
  ]);
  expect(await bubbles.nth(1).locator("a").count()).toBe(0);
  expect(await bubbles.nth(1).locator("blockquote").innerText()).toBe("quoted");
  expect(asked.filter((url) => !url.endsWith("/graphql"))).toEqual([]);
});

it("finds what was said long ago by scrolling, without a jump, and moves nothing when somebody writes", async () => {
  const integrator = await stage.integrator();
  const customer = await stage.customer();
  await customer.openChat();
  await customer.write("Count for me.");
  await customer.isSent();
  const { id } = await integrator.conversationWith("Count for me.");
  for (let number = 1; number <= 40; number += 1) await integrator.reply(`number ${number}`, id);
  await customer.page.reload();
  await customer.openChat();
  await customer.panel.getByText("number 40").waitFor();
  await expect.poll(async () => (await customer.said()).length).toBe(30);

  const scroll = customer.panel.locator(".scroll");
  // A quiet place to look at: what is above it comes, and it stays.
  await scroll.evaluate((element) => (element.scrollTop = 180));
  const placeOf = (text: string) =>
    customer.panel.getByText(text, { exact: true }).evaluate((element) => element.getBoundingClientRect().top);
  const before = await placeOf("number 15");
  await expect.poll(async () => (await customer.said()).length).toBe(41);
  expect(Math.abs((await placeOf("number 15")) - before)).toBeLessThan(1);
  const shifts = await shiftsFrom(customer.page);
  await integrator.reply("number 41", id);
  await customer.panel.getByText("number 41", { exact: true }).waitFor({ state: "attached" });
  expect(Math.abs((await placeOf("number 15")) - before)).toBeLessThan(1);
  expect(await shifts()).toBe(0);
});

it("reads each answer out once", async () => {
  const integrator = await stage.integrator();
  const customer = await stage.customer();
  await customer.openChat();
  await customer.write("Say it once.");
  await customer.isSent();
  const { id } = await integrator.conversationWith("Say it once.");
  const announced = await announcedBy(customer);
  for (const answer of ["**Once.**", "And again."]) {
    await integrator.reply(answer, id);
    await customer.panel.getByText(answer.replaceAll("*", ""), { exact: true }).waitFor();
  }
  await customer.write("Thank you.");
  await customer.isSent();
  const said = ["Once.", "And again."].map((text) => customer.words.says("Ann Kowalska", text));
  expect(await announced()).toEqual(said);
});

it("keeps what was begun in each conversation over a reload", async () => {
  const customer = await stage.customer();
  await customer.openChat();
  await customer.composer.fill("I wanted to as");
  await customer.leaveTalk();
  await customer.page.reload();
  await customer.openChat();
  await expect.poll(() => customer.composer.inputValue()).toBe("I wanted to as");
});

it("sends after a crash what was written without a network, once, by whichever tab is there", async () => {
  const integrator = await stage.integrator();
  const customer = await stage.customer({ allowed: offline });
  await customer.openChat();
  await customer.page.context().setOffline(true);
  await customer.panel.getByText(customer.words.offline).waitFor();
  for (const line of ["First line.", "Second line."]) await customer.write(line);
  await customer.panel.getByText(customer.words.waiting).waitFor();
  await customer.page.close();
  const context = customer.page.context();
  await context.setOffline(false);
  await Promise.all([1, 2].map(async () => (await context.newPage()).goto(demo.urls.shop)));
  await expect
    .poll(async () => (await integrator.newestConversation()).messages.nodes.map(({ body }) => body))
    .toEqual(["First line.", "Second line."]);
});

it("says that a message is not kept where the page may keep nothing", async () => {
  const context = await stage.profile({ allowed: offline });
  await context.addInitScript(() => {
    const forbid = () => {
      throw new DOMException("", "SecurityError");
    };
    for (const name of ["indexedDB", "localStorage"]) Object.defineProperty(window, name, { get: forbid });
  });
  const customer = await stage.customerIn(context);
  await customer.openChat();
  await context.setOffline(true);
  await customer.write("Hold on to this.");
  await customer.panel.getByText(customer.words.unkept).waitFor();
  await context.setOffline(false);
  await customer.isSent();
});

it("asks once who the customer is, where the inbox wants to know, and takes no half address", async () => {
  const integrator = await stage.integrator();
  await integrator.asksBefore("NAME_AND_EMAIL");
  try {
    const customer = await stage.customer();
    const { panel, words } = customer;
    await customer.openPanel();
    await customer.writeToUs.click();
    await panel.getByRole("textbox", { name: words.yourName }).fill("Мария");
    await panel.getByRole("textbox", { name: words.yourEmail }).fill("maria@lumen");
    await panel.getByRole("textbox", { name: words.message }).fill("When does it come?");
    await panel.getByRole("button", { name: words.sendMessage }).click();
    await panel.getByText(words.emailWrong).waitFor();
    await expect.poll(() => focusOf(customer.page)).toBe("input");
    await panel.getByRole("textbox", { name: words.yourEmail }).fill("maria@lumen.example");
    await expect.poll(() => panel.getByText(words.emailWrong).count()).toBe(0);
    await panel.getByRole("button", { name: words.sendMessage }).click();
    await customer.isSent();
    await expect.poll(() => focusOf(customer.page)).toBe("textarea");
    expect(await customer.said()).toEqual(["When does it come?"]);
    await expect.poll(() => integrator.contactOf("When does it come?")).toBe("Мария");
    await customer.leaveTalk();
    await customer.writeToUs.click();
    await customer.composer.waitFor();
    expect(await panel.getByRole("textbox", { name: words.yourEmail }).count()).toBe(0);
  } finally {
    await integrator.asksBefore("NONE");
  }
});

/** A customer who has opened the chat by its button, with the keyboard. */
async function asKeys() {
  const customer = await stage.customer();
  await customer.launcher.focus();
  await customer.page.keyboard.press("Enter");
  await customer.panel.waitFor();
  await customer.writeToUs.waitFor();
  const { page, panel, words } = customer;
  return { page, panel, words, isSent: () => customer.isSent(), said: () => customer.said() };
}

/** Counts from now on what moves by itself. */
async function shiftsFrom(page: Awaited<ReturnType<typeof stage.customer>>["page"]): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const seen = { shifts: 0 };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.shifts += (entry as unknown as { value: number }).value;
    }).observe({ type: "layout-shift" });
  });
  return () => page.evaluate(() => (window as unknown as { seen: { shifts: number } }).seen.shifts);
}
