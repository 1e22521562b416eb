import type { Locator, Page } from "playwright-core";
import { expect, inject, it } from "vitest";
import type { Agent } from "./agent.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);
/** What Chromium and htmx note by themselves of refusals and of requests that were cut. */
const allowed = /status of 4\d\d|ERR_FAILED|htmx:error/;

it("says at a message that was not sent why not, wherever the agent has gone, and holds it back once more", async () => {
  const [ann, ben] = [await stage.agent("Ann Kowalska", { allowed }), await stage.agent("Ben Okafor")];
  const { page, words } = ann;
  for (const text of ["Here or there?", "Elsewhere."]) await customerSays(text);
  await ann.open("Here or there?");
  const here = addressOf(ann);

  const held = await hold(page, "**/messages");
  await ann.field.fill("I say here.");
  await page.getByText(words.draftSaved).waitFor();
  await ann.field.press("Control+Enter");
  await ann.open("Elsewhere.");
  await ann.open("Here or there?");
  await ghosts(ann).getByText(words.sending, { exact: true }).waitFor();
  expect(await ann.field.inputValue()).toBe("");

  await ann.open("Elsewhere.");
  await post(ben, `${here}/messages`, { body: "I answer.", clientId: crypto.randomUUID(), visibility: "everyone" });
  const sentence = words.answeredMeanwhile("Ben");
  held.release();
  await page.locator("#toasts").getByText(sentence).waitFor();
  expect(await page.locator(".comp").getByText(sentence).count()).toBe(0);
  await ann.open("I answer.");
  await ghosts(ann).getByText(sentence).waitFor();
  await page.reload();
  await ghosts(ann).getByText(sentence).waitFor();

  await ghosts(ann).getByRole("button", { name: words.tryAgain }).click();
  await page.getByRole("alert").getByText(sentence).waitFor();
  expect(await ann.field.inputValue()).toBe("I say here.");
  await ann.field.press("Control+Enter");
  await expect.poll(() => ann.said()).toEqual(["Here or there?", "I answer.", "I say here."]);
  await ghosts(ann).waitFor({ state: "detached" });

  await page.route("**/messages", (route) => route.abort());
  await ann.reply("Too late?");
  await ghosts(ann).getByText(words.notSentOffline).waitFor();
  await post(ben, `${here}/moves`, { move: "close" });
  await page.getByText(words.closedComposer).waitFor();
  await page.unroute("**/messages");
  await ghosts(ann).getByRole("button", { name: words.tryAgain }).click();
  await ghosts(ann).getByText("This conversation is closed").waitFor();
  await ghosts(ann).getByRole("button", { name: words.edit }).click();
  await page.locator("#toasts").getByText(words.closedComposer).waitFor();
});

it("lets no half-written note become a reply, and a note be quoted to the team alone", async () => {
  const ann = await stage.agent("Ann Kowalska");
  const { page, words } = ann;
  await customerSays("What do you think of me?");
  await ann.open("What do you think of me?");
  await ann.note("A reseller.");
  await expect.poll(() => ann.said()).toEqual(["What do you think of me?", "A reseller."]);
  const act = (of: string, name: string): Locator =>
    ann.thread.locator(".msg", { hasText: of }).getByRole("button", { name });
  await ghosts(ann).waitFor({ state: "detached" });
  await ann.thread.getByText("A reseller.").hover();
  await act("A reseller.", words.messageActs.quoteInNote).waitFor();
  expect(await act("A reseller.", words.messageActs.quote).count()).toBe(0);

  await ann.field.fill("At most");
  await ann.thread.getByText("What do you think of me?").hover();
  await act("What do you think of me?", words.messageActs.quote).click();
  await page.getByText(words.noteBegun).waitFor();
  await page.locator("#thread-title").focus();
  await page.keyboard.press("r");
  expect(await ann.field.evaluate((field) => field === field.ownerDocument.activeElement)).toBe(true);
  expect(await ann.field.inputValue()).toBe("At most");
  expect(await page.getByRole("radio", { name: words.note }).isChecked()).toBe(true);

  await act("What do you think of me?", words.messageActs.quoteInNote).click();
  expect(await ann.field.inputValue()).toBe("At most\n\n> What do you think of me?\n\n");
  await ann.field.fill("");
  await page.locator("#thread-title").focus();
  await page.keyboard.press("r");
  expect(await page.getByRole("radio", { name: words.reply }).isChecked()).toBe(true);
});

it("empties the field of the other window when what stood in both is sent, and lets what was written on stay", async () => {
  const one = await stage.agent("Ann Kowalska");
  await customerSays("Two fields?");
  await one.open("Two fields?");
  for (const [more, left] of [
    ["", ""],
    [" And one.", "Two *fields*. And one."],
  ] as const) {
    await one.field.fill("Two *fields*.");
    await one.page.getByText(one.words.draftSaved).waitFor();
    const two = await one.inAnotherWindow();
    expect(await two.field.inputValue()).toBe("Two *fields*.");
    await two.field.press("End");
    await two.field.pressSequentially(more);
    await one.field.press("Control+Enter");
    await expect.poll(() => two.field.inputValue()).toBe(left);
    if (left) await two.page.getByText(two.words.draftSaved).waitFor();
    await two.page.close();
  }
  // The text that was written on is another message, and can be sent.
  await one.page.reload();
  await expect.poll(() => one.field.inputValue()).toBe("Two *fields*. And one.");
  await one.field.press("Control+Enter");
  await expect.poll(() => one.said()).toHaveLength(4);
});

async function customerSays(text: string): Promise<void> {
  const customer = await stage.customer();
  await customer.openChat();
  await customer.write(text);
  await customer.isSent();
}

function ghosts(agent: Agent): Locator {
  return agent.thread.locator(".ghost");
}

function addressOf({ page }: Agent): string {
  return new URL(page.url()).pathname;
}

async function post(agent: Agent, path: string, form: Record<string, string>): Promise<void> {
  const { home } = demo.urls;
  const answer = await agent.page.context().request.post(home + path, { form, headers: { origin: home } });
  expect(answer.ok()).toBe(true);
}

/** Lets requests wait on their way until they are released. */
async function hold(page: Page, address: string): Promise<{ release: () => void }> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(address, async (route) => {
    await promise;
    await route.continue();
  });
  return { release: resolve };
}
