import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { expect, inject, it } from "vitest";
import { settingsWords } from "../../words/settings.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);

it("finds nothing serious on the sign-in", async () => {
  const page = await (await stage.profile()).newPage();
  await page.goto(demo.urls.portal);
  expect(await seriousProblems(page)).toEqual([]);
});

it("finds nothing serious on the inbox, and on a conversation with a note", async () => {
  const ann = await stage.agent("Ann Kowalska");
  expect(await seriousProblems(ann.page)).toEqual([]);
  await ann.rows.filter({ hasText: "Hannah" }).getByRole("link").click();
  await ann.thread.locator(".note").waitFor();
  expect(await seriousProblems(ann.page)).toEqual([]);
});

it.each(["Ann Kowalska", "Ирина Смирнова"])("finds nothing serious in the settings of %s", async (name) => {
  const { page } = await stage.agent(name);
  const found: string[] = [];
  for (const path of ["/profile", "/tokens", "/people", "/people/invitation"]) {
    await page.goto(`${demo.urls.home}/portal/settings${path}`);
    found.push(...(await seriousProblems(page)));
  }
  expect(found).toEqual([]);
});

it.each([
  ["Ann Kowalska", settingsWords.en],
  ["Ирина Смирнова", settingsWords.ru],
])("finds nothing serious in an inbox as %s sets it up, with and without problems", async (name, words) => {
  const { page } = await stage.agent(name, { allowed: /status of 422/ });
  await page.goto(`${demo.urls.home}/portal/settings/inboxes/new`);
  await page.getByLabel(words.inboxName).fill("Trade");
  await page.getByLabel(words.sites).fill("shop");
  await page.getByRole("button", { name: words.makeInbox }).click();
  await page.locator(".errs").waitFor();
  const found = await seriousProblems(page);
  await page
    .getByRole("link", { name: /^Lumen/ })
    .last()
    .click();
  await page.locator(".preview").waitFor();
  expect([...found, ...(await seriousProblems(page))]).toEqual([]);
});

it("finds nothing serious on a conversation with a menu, a question, a message that was not sent and a way back", async () => {
  const ann = await stage.agent("Ann Kowalska", { allowed: /ERR_FAILED|htmx:error/ });
  const { page, words } = ann;
  await ann.rows.filter({ hasText: "Hannah" }).getByRole("link").click();
  await ann.thread.locator(".note").waitFor();
  await page.locator("#heading-assignee").click();
  await page.getByRole("button", { name: words.assignToMe }).waitFor();
  expect(await seriousProblems(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: words.moreMoves, exact: true }).click();
  await page.getByRole("button", { name: words.moves.close, exact: true }).click();
  await page.getByRole("dialog", { name: words.closeQuestion }).waitFor();
  expect(await seriousProblems(page)).toEqual([]);
  await page.keyboard.press("Escape");

  await page.route("**/messages", (route) => route.abort());
  await ann.note("Into the void.");
  await ann.thread.locator(".ghost").getByText(words.notSentOffline).waitFor();
  await ann.press("resolve");
  await page.getByRole("button", { name: words.undo }).waitFor();
  await ann.thread.locator(".msg").first().hover();
  expect(await seriousProblems(page)).toEqual([]);
  await page.keyboard.press("z");
});

it("finds nothing serious on the shop with its chat open and an answer in it", async () => {
  const integrator = await stage.integrator();
  const customer = await stage.customer();
  await customer.openPanel();
  await customer.writeToUs.waitFor();
  expect(await seriousProblems(customer.page)).toEqual([]);
  await customer.writeToUs.click();
  await customer.write("Is it dimmable?");
  await customer.isSent();
  await integrator.reply("It is.", (await integrator.conversationWith("Is it dimmable?")).id);
  await customer.bubbles.getByText("It is.").waitFor();
  expect(await seriousProblems(customer.page)).toEqual([]);
  await customer.leaveTalk();
  expect(await seriousProblems(customer.page)).toEqual([]);
});

/** What axe finds serious or critical in the light theme, and of colours in the dark one: nothing else differs. */
async function seriousProblems(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: "light" });
  const light = await problems(axe(page));
  await page.emulateMedia({ colorScheme: "dark" });
  return [...light, ...(await problems(axe(page).withRules("color-contrast")))];
}

// Legacy mode: without it axe opens a page of its own, which nobody asked for.
function axe(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).setLegacyMode();
}

async function problems(builder: AxeBuilder): Promise<string[]> {
  const { violations, passes } = await builder.analyze();
  expect(passes.map(({ id }) => id)).toContain("color-contrast");
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
}
