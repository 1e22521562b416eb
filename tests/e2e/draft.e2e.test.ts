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
  await ann.open("First in line.");
  await ann.field.fill("For the first");
  await ann.open("Second in line.");
  expect(await ann.field.inputValue()).toBe("");
  await ann.field.fill("For the second");
  await ann.open("First in line.");
  expect(await ann.field.inputValue()).toBe("For the first");
  await ann.open("Second in line.");
  expect(await ann.field.inputValue()).toBe("For the second");
});
