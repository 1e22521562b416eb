import { expect, inject, it } from "vitest";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);

it("keeps what is being written over a reload and on another device, until it is sent", async () => {
  const ann = await stage.agent("Ann Kowalska");
  const customer = await stage.customer();
  await customer.openChat();
  await customer.write("Do you keep what you write?");
  await ann.open("Do you keep what you write?");

  await ann.page.getByText(ann.words.note, { exact: true }).click();
  await ann.field.fill("She asks for\nthe third time.");
  await ann.page.getByText(ann.words.draftSaved).waitFor();
  await ann.page.reload();
  expect(await ann.field.inputValue()).toBe("She asks for\nthe third time.");
  expect(await ann.page.getByRole("radio", { name: ann.words.note }).isChecked()).toBe(true);

  const elsewhere = await stage.agent("Ann Kowalska");
  await elsewhere.open("Do you keep what you write?");
  expect(await elsewhere.field.inputValue()).toBe("She asks for\nthe third time.");
  await elsewhere.field.press("Control+Enter");
  await expect.poll(() => ann.said()).toEqual(["Do you keep what you write?", "She asks for\nthe third time."]);
  await ann.page.reload();
  expect(await ann.field.inputValue()).toBe("");
  expect(await ann.page.getByRole("radio", { name: ann.words.reply }).isChecked()).toBe(true);
  expect(await customer.said()).toEqual(["Do you keep what you write?"]);
});

it("keeps what was written in each conversation while the agent goes from one to the other", async () => {
  const ann = await stage.agent("Ann Kowalska");
  const [one, two] = [await stage.customer(), await stage.customer()];
  for (const [customer, text] of [
    [one, "First in line."],
    [two, "Second in line."],
  ] as const) {
    await customer.openChat();
    await customer.write(text);
  }
  const mark = (text: string) => ann.rows.filter({ hasText: text }).getByText(ann.words.draft);
  await ann.open("First in line.");
  await ann.field.fill("For the first");
  await mark("First in line.").waitFor();
  await one.write("Still first.");
  await ann.thread.getByText("Still first.").waitFor();
  await mark("Still first.").waitFor();
  await ann.open("Second in line.");
  expect(await ann.field.inputValue()).toBe("");
  await ann.field.fill("For the second");
  await ann.open("Still first.");
  expect(await ann.field.inputValue()).toBe("For the first");
  await ann.open("Second in line.");
  expect(await ann.field.inputValue()).toBe("For the second");
  await ann.field.press("Control+Enter");
  await ann.rows.filter({ hasText: "For the second" }).waitFor();
  expect(await mark("For the second").isVisible()).toBe(false);
  await ann.page.reload();
  await mark("Still first.").waitFor();
  expect(await mark("For the second").isVisible()).toBe(false);
});

it("saves while one writes on, and does not lose what could not be saved", async () => {
  const ann = await stage.agent("Ann Kowalska", { allowed: /ERR_FAILED/ });
  const { page, words } = ann;
  for (const text of ["Third in line.", "Fourth in line."]) {
    const customer = await stage.customer();
    await customer.openChat();
    await customer.write(text);
  }
  await ann.open("Third in line.");
  const saved = page.waitForRequest(/\/draft$/);
  const typed = ann.field.pressSequentially("On and on and on and", { delay: 150 }).then(() => "all");
  expect(await Promise.race([saved.then(() => "saved"), typed])).toBe("saved");
  await typed;
  await page.getByText(words.draftSaved).waitFor();

  await page.route("**/draft", (route) => route.abort());
  await ann.field.pressSequentially(" on");
  await page.getByText(words.draftNotSaved).waitFor();
  await ann.open("Fourth in line.");
  await ann.open("Third in line.");
  expect(await ann.field.inputValue()).toBe("On and on and on and on");
  await page.reload();
  expect(await ann.field.inputValue()).toBe("On and on and on and on");
  await page.unroute("**/draft");
  await page.getByText(words.draftSaved).waitFor();
  const elsewhere = await stage.agent("Ann Kowalska");
  await elsewhere.open("Third in line.");
  expect(await elsewhere.field.inputValue()).toBe("On and on and on and on");
});
