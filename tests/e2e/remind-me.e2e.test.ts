import type { Locator } from "playwright-core";
import { expect, inject, it } from "vitest";
import { reminderWords } from "../../words/reminders.ts";
import type { Agent } from "./agent.ts";
import { Inspection } from "./axe.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);
const { en, ru } = reminderWords;

const dialogOf = ({ page }: Agent, { remindMe }: typeof en = en) => page.getByRole("dialog", { name: remindMe });
const messageIn = ({ thread }: Agent, text: string): Locator => thread.locator(".msg:not(.ghost)", { hasText: text });
const ownWords = (agent: Agent, words: typeof en = en) => dialogOf(agent, words).getByLabel(words.ownTime);
const remind = (agent: Agent, words: typeof en = en) =>
  dialogOf(agent, words).getByRole("button", { name: words.remindMe, exact: true });

async function openChannel({ page }: Agent, name = "general"): Promise<void> {
  await page.locator("#rooms-named a", { hasText: name }).click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
}

async function say(agent: Agent, text: string): Promise<void> {
  await agent.field.fill(text);
  await agent.page.getByRole("button", { name: agent.words.send }).click();
  await messageIn(agent, text).waitFor();
}

/** The line of what is ahead, in the list of reminders. */
async function lineOf({ page }: Agent, text: string): Promise<Locator> {
  await page.goto(`${demo.urls.portal}/reminders`);
  const line = page.locator("#reminders li", { hasText: text });
  await line.waitFor();
  return line;
}

it("reminds of a message at a press, by keys alone, and leads back to it", async () => {
  const ann = await stage.agent("Ann Kowalska");
  const { page, words } = ann;
  const text = `The kiln is booked ${Date.now()}`;
  await openChannel(ann);
  await say(ann, text);
  // From the message into its bar, and into the menu there.
  await messageIn(ann, text).focus();
  await page.getByRole("button", { name: words.moreActs, exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: words.messageActs.remindMe, exact: true }).focus();
  await page.keyboard.press("Enter");
  await dialogOf(ann).waitFor();
  await page.keyboard.press("Tab");
  const chosen = dialogOf(ann).getByRole("button", { name: en.choices.hour });
  expect(await chosen.evaluate((button) => button === document.activeElement)).toBe(true);
  await page.keyboard.press("Enter");
  await page.locator(".toast").getByText("You will be reminded: ").waitFor();
  expect(await dialogOf(ann).isVisible()).toBe(false);
  expect(await messageIn(ann, text).evaluate((line) => line === document.activeElement)).toBe(true);
  // And again, in the same conversation.
  await ann.act(messageIn(ann, text), "remindMe");
  await dialogOf(ann).waitFor();
  await page.keyboard.press("Escape");
  expect(await dialogOf(ann).isVisible()).toBe(false);

  await (await lineOf(ann, text)).getByRole("link").click();
  await messageIn(ann, text).waitFor();
  await expect.poll(() => messageIn(ann, text).evaluate((line) => line === document.activeElement)).toBe(true);
  const line = await lineOf(ann, text);
  await line.getByRole("button", { name: en.cancel }).click();
  await line.waitFor({ state: "detached" });
});

it("takes words of one's own, says what they mean and why they are refused, and is taken back", async () => {
  const ann = await stage.agent("Ann Kowalska", { allowed: /422/ });
  const { page } = ann;
  await ann.openPast("Hannah");
  await ann.act(ann.thread.locator(".msg").first(), "remindMe");
  const inspection = new Inspection(page);
  await inspection.of("when to be reminded");
  await ownWords(ann).fill("sometime");
  await page.keyboard.press("Enter");
  await dialogOf(ann).getByRole("alert").getByText("Say when in the future").waitFor();
  await inspection.of("a time that is none");
  await ownWords(ann).fill("2031-01-02 15:30");
  await dialogOf(ann).getByRole("status").getByText("2 January 2031, 15:30").waitFor();
  await remind(ann).click();
  const toast = page.locator(".toast");
  await toast.getByText("2 Jan 2031, 15:30").waitFor();
  await toast.getByRole("button", { name: ann.words.undo }).click();
  await toast.getByText(ann.words.undone).waitFor();
  await page.goto(`${demo.urls.portal}/reminders`);
  await page.locator("#reminders").waitFor();
  expect(await page.locator("#reminders").getByText("2 Jan 2031").count()).toBe(0);
  expect(inspection.found).toEqual([]);
});

it("reminds of what is said at a task, in Russian, on a phone", async () => {
  const irina = await stage.agent("Ирина Смирнова", { viewport: { width: 390, height: 844 } });
  const { page } = irina;
  await page.goto(`${demo.urls.portal}/projects/OPS/list`);
  await page.getByRole("link", { name: "PWM falls back" }).click();
  await irina.act(irina.thread.locator(".msg").first(), "remindMe");
  await expect.poll(() => dialogOf(irina, ru).getByRole("button").count()).toBeGreaterThan(5);
  const inspection = new Inspection(page);
  await inspection.of("when to be reminded, on a phone");
  const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
  expect(await fits()).toBe(true);
  await ownWords(irina, ru).fill("завтра в 18:00");
  await dialogOf(irina, ru).getByRole("status").getByText("18:00").waitFor();
  await remind(irina, ru).click();
  await page.locator(".toast").getByText("Напомню вам: ").waitFor();
  expect(inspection.found).toEqual([]);
  await page.locator(".toast").getByRole("button", { name: irina.words.undo }).click();
  await page.locator(".toast").getByText(irina.words.undone).waitFor();
});
