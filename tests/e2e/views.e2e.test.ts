import { expect, inject, it } from "vitest";
import type { Agent } from "./agent.ts";
import type { Customer } from "./customer.ts";
import { loadsOf } from "./loads.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

async function customerWith(text: string): Promise<Customer> {
  const customer = await stage.customer();
  await customer.openChat();
  await customer.write(text);
  await customer.isSent();
  return customer;
}

function listed({ page }: Agent, title: string) {
  return page.getByRole("heading", { name: title, level: 1 }).waitFor();
}

/** Where everything but the list stands. */
function boxes({ page }: Agent) {
  return page
    .locator("#nav a, #thread .msg, #composer, #details dd")
    .evaluateAll((all) => all.map((element) => Object.values(element.getBoundingClientRect().toJSON())));
}

/** Where one is, as the navigation, the tabs and the address say it. */
async function place({ page }: Agent) {
  const current = (within: string) => page.locator(`${within} [aria-current=page]`).allInnerTexts();
  const { pathname, search } = new URL(page.url());
  const [view] = (await current("#nav")).map((text) => text.split("\n")[0]);
  return { view, condition: (await current(".conditions"))[0], address: `${pathname}${search}` };
}

it("puts another list beside what is open, which stays with what is being written", async () => {
  await customerWith("May I stay open?");
  const ann = await stage.agent("Ann Kowalska");
  const { page, words } = ann;
  await ann.open("May I stay open?");
  await ann.field.fill("You may");
  const loads = loadsOf(page);
  const [title, conversation] = [await page.title(), new URL(page.url()).pathname];
  await page.locator("#thread").evaluate((thread) => Object.assign(thread, { isTheSame: true }));

  const before = await boxes(ann);
  await page.locator("#thread-title").focus();
  await page.keyboard.press("1");
  await listed(ann, words.whoseTitle.mine);
  expect(await boxes(ann)).toEqual(before);
  const mine = {
    view: words.whose.mine,
    condition: words.conditions.open,
    address: `${conversation}?whose=mine`,
  };
  expect(await place(ann)).toEqual(mine);
  expect(await page.locator("#say").innerText()).toBe(`${words.whoseTitle.mine}, ${words.conditions.open}`);
  const pending = page.getByRole("link", { name: words.conditions.pending, exact: true });
  await pending.focus();
  await page.keyboard.press("Enter");
  await page.locator("#rows[data-condition=pending]").waitFor({ state: "attached" });
  expect(await place(ann)).toEqual({
    ...mine,
    condition: words.conditions.pending,
    address: `${conversation}?whose=mine&status=pending`,
  });
  expect(await pending.evaluate((link) => link.matches(":focus"))).toBe(true);

  expect(await ann.field.inputValue()).toBe("You may");
  expect(await page.locator("#thread").evaluate((thread) => "isTheSame" in thread)).toBe(true);
  expect(await page.title()).toBe(title);
  await page.goBack();
  await expect.poll(() => place(ann)).toEqual(mine);
  await page.goBack();
  await listed(ann, words.whoseTitle.all);
  await page.goForward();
  await expect.poll(() => place(ann)).toEqual(mine);
  expect(await ann.field.inputValue()).toBe("You may");
  expect(loads()).toBe(0);

  await page.reload();
  expect(await place(ann)).toEqual(mine);
  expect(await ann.field.inputValue()).toBe("You may");
});

it("goes back from conversation to conversation to the list, with the keys still at work", async () => {
  await customerWith("The first of two.");
  await customerWith("The second of two.");
  const ann = await stage.agent("Ann Kowalska");
  const { page, words } = ann;
  const title = await page.title();
  const loads = loadsOf(page);
  await ann.open("The first of two.");
  await ann.open("The second of two.");
  await page.goBack();
  await ann.thread.getByText("The first of two.").waitFor();
  await page.goBack();
  await page.getByText(words.noneChosen).waitFor();
  expect(await page.title()).toBe(title);
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill(words.whoseTitle.unassigned);
  await page.getByRole("option", { name: words.whoseTitle.unassigned, selected: true }).waitFor();
  await page.keyboard.press("Enter");
  await listed(ann, words.whoseTitle.unassigned);
  expect(await page.title()).toContain(words.whoseTitle.unassigned);
  expect(loads()).toBe(0);
});

it("keeps to its view whatever happens to what is open", async () => {
  const customer = await customerWith("Whose list am I in?");
  const ann = await stage.agent("Ann Kowalska");
  const { page, words } = ann;
  await ann.open("Whose list am I in?");
  const id = new URL(page.url()).pathname.split("/").at(-1);
  const row = page.locator(`#row-${id}`);
  await page.locator("#thread-title").focus();
  await page.keyboard.press("1");
  await listed(ann, words.whoseTitle.mine);
  await customer.write("Not in hers.");
  await ann.thread.getByText("Not in hers.").waitFor();
  expect(await row.isVisible()).toBe(false);
  await page.keyboard.press("i");
  await row.getByText("Not in hers.").waitFor();
  await ann.press("resolve");
  await row.getByText(words.statuses.resolved).waitFor();
  await page.keyboard.press("3");
  await listed(ann, words.whoseTitle.all);
  expect(await row.isVisible()).toBe(false);
});

it("misses nothing that happens while a list is on its way", async () => {
  const customer = await customerWith("Before the list.");
  const ann = await stage.agent("Ann Kowalska");
  const { page, words } = ann;
  await ann.rows.filter({ hasText: "Before the list." }).waitFor();
  await page.route("**/portal/inbox?status=any", async (route) => {
    const answer = await route.fetch();
    await customer.write("While it came.");
    await ann.rows.filter({ hasText: "While it came." }).waitFor();
    await route.fulfill({ response: answer });
  });
  await page.getByRole("link", { name: words.conditions.any, exact: true }).click();
  await page.locator("#rows[data-condition=any]").waitFor();
  await ann.rows.first().getByText("While it came.").waitFor();
});

it("finds beside what is open", async () => {
  await customerWith("Needles in haystacks.");
  const ann = await stage.agent("Ann Kowalska");
  const { page, words } = ann;
  await ann.open("Needles in haystacks.");
  const { pathname } = new URL(page.url());
  const loads = loadsOf(page);
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("haystacks nowhere");
  await page.getByText(words.paletteEmpty).waitFor();
  await page.keyboard.press("Enter");
  await page.getByText(words.empty.found[0]!).waitFor();
  const field = page.getByRole("searchbox", { name: words.search });
  expect(await field.evaluate((input) => input.matches(":focus"))).toBe(true);
  await field.fill("haystacks");
  await page.keyboard.press("Enter");
  await ann.rows.filter({ hasText: "Needles" }).waitFor();
  expect(await place(ann)).toEqual({ view: undefined, condition: undefined, address: `${pathname}?q=haystacks` });
  expect(loads()).toBe(0);
  await page.reload();
  expect(await ann.rows.count()).toBe(1);
  expect(await ann.said()).toEqual(["Needles in haystacks."]);
});

it("shows one pane at a time on a phone, and none of them twice", async () => {
  await customerWith("Small screens, small worries.");
  const ann = await stage.agent("Ann Kowalska", phone);
  const { page, words } = ann;
  const loads = loadsOf(page);
  await page.getByRole("navigation", { name: words.sections }).getByText(words.whose.unassigned).click();
  await listed(ann, words.whoseTitle.unassigned);
  await ann.open("Small screens, small worries.");
  expect(await page.locator("#list").isVisible()).toBe(false);
  await page.getByRole("link", { name: words.backToList }).click();
  await listed(ann, words.whoseTitle.unassigned);
  const row = ann.rows.filter({ hasText: "Small screens, small worries." }).getByRole("link");
  await expect.poll(() => row.evaluate((link) => link.matches(":focus"))).toBe(true);

  await row.click();
  await page.locator("#thread-title").focus();
  await page.keyboard.press("1");
  await listed(ann, words.whoseTitle.mine);
  await expect.poll(() => place(ann)).toMatchObject({ address: "/portal/inbox?whose=mine" });
  expect(loads()).toBe(0);
});
