import { expect, inject, it, onTestFinished } from "vitest";
import type { Locale } from "../../words/words.ts";
import { projectWords } from "../../words/projects.ts";
import { taskWords } from "../../words/tasks.ts";
import { widgetWords } from "../../words/widget.ts";
import type { Agent } from "./agent.ts";
import { Inspection } from "./axe.ts";
import { Customer } from "./customer.ts";
import { openSite, pageOf } from "./site.ts";
import { freshKey, openProject } from "./projects.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);
const en = { ...projectWords.en, ...taskWords.en };

/** Makes a task of the last message of the open conversation, in a project of its own. */
async function makeTask(ann: Agent, question: string): Promise<void> {
  const { page } = ann;
  const key = freshKey();
  await openProject(ann, key);
  await page.goto(demo.urls.portal);
  await ann.open(question);
  await ann.act(ann.thread.locator(".msg").last(), "makeTask");
  const choose = page.getByRole("listitem").filter({ hasText: key }).getByRole("link");
  await expect.poll(async () => page.url().includes("/new?from=") || (await choose.count()) > 0).toBe(true);
  if (await choose.count()) await choose.click();
  await page.getByLabel(en.title, { exact: true }).fill("Nobody outside reads this");
  await page.getByRole("button", { name: en.create }).click();
  await page.getByRole("heading", { level: 1, name: "Nobody outside reads this" }).waitFor();
}

/** A customer at a plain site whose chat speaks this language: on a picture axe sees no colours. */
async function customerIn(locale: Locale): Promise<Customer> {
  const { home } = demo.urls;
  const chat = `<beseda-chat inbox="${demo.inboxKey}" api="${home}" locale="${locale}"></beseda-chat>`;
  const script = `<script type="module" src="${home}/widget/v1/beseda-chat.js"></script>`;
  const site = await openSite({ "/": pageOf(script, `<main><h1>A site</h1></main>${chat}`) });
  onTestFinished(site.close);
  const { page } = await stage.customer({ at: site.url });
  return new Customer(page, locale);
}

/** What who listens is told of it. */
const said = ({ panel }: Customer) =>
  panel
    .locator(".steps")
    .evaluate(({ parentNode }) => (parentNode as ParentNode).querySelector("[role=status]")!.textContent);
const now = ({ panel }: Customer) => panel.locator(".steps .now").allInnerTexts();

it.each([
  ["en", "My lamp hums since the update."],
  ["ru", "Лампа гудит после обновления."],
] as const)(
  "shows a customer how far the team has come with what they wrote, live, and nothing else, in %s",
  async (locale, asked) => {
    const question = `${asked} (${Date.now()})`;
    const customer = await customerIn(locale);
    await customer.openChat();
    await customer.write(question);
    await customer.isSent();
    expect(await customer.panel.locator(".steps").count()).toBe(0);
    const ann = await stage.agent("Ann Kowalska");
    await makeTask(ann, question);
    const { steps } = widgetWords[locale];
    await expect.poll(() => now(customer)).toEqual([steps.RECEIVED]);
    await ann.page.getByRole("button", { name: "Start", exact: true }).click();
    await expect.poll(() => now(customer)).toEqual([steps.IN_PROGRESS]);
    expect(await said(customer)).toBe(`${widgetWords[locale].progress}: ${steps.IN_PROGRESS}`);
    const inspection = new Inspection(customer.page);
    await inspection.of("progress");
    expect(inspection.found).toEqual([]);
    expect(await customer.panel.innerText()).not.toContain("Nobody outside");
    await ann.page.locator(".state-now").getByText("In progress").waitFor();
    await ann.page.getByRole("button", { name: "Finish", exact: true }).click();
    await expect.poll(() => now(customer)).toEqual([steps.DONE]);
    // Whoever comes back finds it as it is.
    await customer.page.reload();
    await customer.openChat();
    await expect.poll(() => now(customer)).toEqual([steps.DONE]);
  },
);
