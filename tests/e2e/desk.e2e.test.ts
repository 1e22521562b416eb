import type { Locator } from "playwright-core";
import { expect, inject, it } from "vitest";
import type { Agent } from "./agent.ts";
import { loadsOf } from "./loads.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);

it("opens a resolved conversation again with the customer's next message", async () => {
  const ann = await stage.agent("Ann Kowalska");
  const customer = await stage.customer();
  await customer.openChat();
  await customer.write("Is the shop open on Sunday?");
  await ann.open("Is the shop open on Sunday?");
  const loads = loadsOf(ann.page);

  await ann.press("resolve");
  await ann.state.getByText(ann.words.statuses.resolved).waitFor();
  await ann.thread.getByText(ann.words.moved.resolved("Ann Kowalska")).waitFor();
  await customer.panel.getByText(customer.words.resolved).waitFor();

  await customer.write("And on Saturday?");
  await ann.state.getByText(ann.words.statuses.open).waitFor();
  await ann.thread.getByText(ann.words.moved.open(null)).waitFor();
  await ann.page.getByRole("button", { name: ann.words.moves.resolve, exact: true }).waitFor();
  await customer.panel.getByText(customer.words.resolved).waitFor({ state: "hidden" });
  expect(loads()).toBe(0);
});

it("moves a conversation to the top of the list with each new message, and tells that it is new", async () => {
  const ann = await stage.agent("Ann Kowalska");
  const loads = loadsOf(ann.page);
  const [first, second] = [await stage.customer(), await stage.customer()];
  for (const customer of [first, second]) await customer.openChat();

  await first.write("First, one bulb.");
  await ann.rows.filter({ hasText: "First, one bulb." }).waitFor();
  await second.write("Second, two bulbs.");
  await expect.poll(() => topTwo(ann)).toEqual(["Second, two bulbs.", "First, one bulb."]);
  await first.write("First again, three bulbs.");
  await expect.poll(() => topTwo(ann)).toEqual(["First again, three bulbs.", "Second, two bulbs."]);
  expect(await ann.rows.first().getByText(ann.words.unread).count()).toBe(1);
  expect(await ann.rows.locator(".sub", { hasText: "First, one bulb." }).count()).toBe(0);
  expect(loads()).toBe(0);
});

it("shows the same in two windows of one agent, and after a reload", async () => {
  const one = await stage.agent("Ann Kowalska");
  const customer = await stage.customer();
  await customer.openChat();
  await customer.write("Two windows, one desk?");
  await one.open("Two windows, one desk?");
  const two = await one.inAnotherWindow();

  await one.reply("From the first window.");
  await expect.poll(() => two.said()).toHaveLength(2);
  await two.note("From the second window.");
  await expect.poll(() => one.said()).toHaveLength(3);
  await customer.write("And from the shop.");
  await one.press("resolve");
  for (const window of [one, two]) {
    await expect.poll(() => window.said()).toHaveLength(4);
    await window.thread.getByText(one.words.moved.resolved("Ann Kowalska")).waitFor();
  }

  const live = await picture(one);
  expect(await picture(two)).toEqual(live);
  expect(await two.rows.allInnerTexts()).toEqual(await one.rows.allInnerTexts());
  await two.page.reload();
  expect(await picture(two)).toEqual(live);
});

it("makes one message of a form that is sent twice", async () => {
  const ann = await stage.agent("Ann Kowalska");
  const customer = await stage.customer();
  await customer.openChat();
  await customer.write("Twice?");
  await ann.open("Twice?");
  const form = ann.page.locator("#composer");
  const address = new URL((await form.getAttribute("action"))!, demo.urls.home).href;
  const clientId = await form.locator("[name=clientId]").inputValue();
  const send = () =>
    ann.page.context().request.post(address, {
      form: { clientId, visibility: "everyone", body: "Once." },
      headers: { origin: demo.urls.home },
    });
  const answers = await Promise.all([send(), send()]);
  expect(answers.map((answer) => answer.status())).toEqual([200, 200]);

  await expect.poll(() => ann.said()).toEqual(["Twice?", "Once."]);
  await ann.page.reload();
  expect(await ann.said()).toEqual(["Twice?", "Once."]);
  expect(await customer.said()).toEqual(["Twice?", "Once."]);
});

async function topTwo(agent: Agent): Promise<string[]> {
  return (await agent.rows.locator(".sub").allInnerTexts()).slice(0, 2);
}

/** What is live about the open conversation, as markup: its thread, its row, where it stands, what can be done. */
async function picture({ page, thread, state }: Agent): Promise<string[]> {
  const parts: Locator[] = [thread, page.locator("#rows [aria-current]"), state, page.locator("#ticket-actions")];
  return Promise.all(parts.map((part) => part.innerHTML()));
}
