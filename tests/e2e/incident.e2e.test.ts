import type { Locator } from "playwright-core";
import { expect, inject, it } from "vitest";
import { givingWords } from "../../words/giving-commands.ts";
import { projectWords } from "../../words/projects.ts";
import { taskWords } from "../../words/tasks.ts";
import { widgetWords } from "../../words/widget.ts";
import { nameIn } from "../../words/workflows.ts";
import { Agent } from "./agent.ts";
import { Inspection } from "./axe.ts";
import type { Customer } from "./customer.ts";
import { eventually } from "../support/eventually.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);

/** An incident as people of either language tell it, and the commands that see it through. */
const incidents = {
  en: {
    agent: "Ann Kowalska",
    question: "Lamps go dark at nine every evening",
    title: "Lamps go dark at nine",
    make: (key: string) => `/bug ${key} "Lamps go dark at nine"`,
    begin: "/priority urgent /due tomorrow at 18:00 /start",
    begun: "moved To do → In progress",
    finish: "/done",
    resolve: "/resolve",
  },
  ru: {
    agent: "Ирина Смирнова",
    question: "Лампы гаснут каждый вечер в девять",
    title: "Лампы гаснут в девять",
    make: (key: string) => `/ошибка ${key} "Лампы гаснут в девять"`,
    begin: "/важность срочная /срок завтра в 18:00 /начать",
    begun: "К выполнению → В работе",
    finish: "/завершить",
    resolve: "/решено",
  },
} as const;
type Language = keyof typeof incidents;
const languages = Object.keys(incidents) as Language[];

let made = 0;

/** A customer with a question, somebody of the team who has it open, and a project for what comes of it. */
async function begin(locale: Language) {
  const { agent: name, question: asked } = incidents[locale];
  const question = `${asked} (${Date.now()}).`;
  const key = `I${Date.now().toString(36).toUpperCase().slice(-6)}${made++}`;
  const { page } = await stage.agent(name);
  const agent = new Agent(page, demo, locale);
  const words = { ...projectWords[locale], ...taskWords[locale] };
  await page.goto(`${demo.urls.portal}/projects/new`);
  await page.getByLabel(words.projectName, { exact: true }).fill(key);
  await page.getByLabel(words.projectKey, { exact: true }).fill(key);
  await page.getByRole("button", { name: words.create }).click();
  await page.locator(".lane").first().waitFor();
  const customer = await stage.customer();
  await customer.openChat();
  await customer.write(question);
  await customer.isSent();
  await page.goto(demo.urls.portal);
  await agent.open(question);
  await expect.poll(() => page.url()).toMatch(/[\w-]{36}/);
  return { agent, customer, key, ticket: page.url() };
}

/** Writes into the field that has the focus, and sends it. */
async function command({ page }: Agent, text: string): Promise<void> {
  await page.keyboard.type(text);
  await page.keyboard.press("Control+Enter");
}

/** Goes to a task by its key, from anywhere. */
async function jump({ page }: Agent, key: string): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.keyboard.type(key);
  await page.getByRole("option", { name: new RegExp(`^${key}\\b`) }).waitFor();
  await page.keyboard.press("Enter");
}

async function board({ page }: Agent, key: string): Promise<void> {
  await page.goto(`${demo.urls.portal}/projects/${key}`);
  await page.locator(".card").first().waitFor();
}

/** The column of a state, by its name in English. */
function lane({ page }: Agent, locale: Language, name: string): Locator {
  return page.locator(".lane", {
    has: page.getByRole("heading", { level: 2, name: nameIn(locale, name), exact: true }),
  });
}

/** Where something is, once it is there: a card is replaced when something becomes of its task. */
const boxOf = (one: Locator) => eventually(() => one.boundingBox());

const cardsIn = (column: Locator) => column.locator(".card-title").allTextContents();
const steps = ({ panel }: Customer) => panel.locator(".steps .now").allInnerTexts();

it.each(languages)("runs from a customer's message to a done task by commands alone, in %s", async (locale) => {
  const { agent, key, ticket } = await begin(locale);
  const { page, thread } = agent;
  const { title, make, begin: first, begun, finish, resolve } = incidents[locale];
  const inspection = new Inspection(page);
  await page.getByText(agent.words.note, { exact: true }).click();
  await command(agent, make(key));
  await thread.getByText(`${key}-1`).last().waitFor();
  await inspection.of("told");

  await jump(agent, `${key}-1`);
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
  await agent.field.focus();
  await command(agent, first);
  await thread.getByText(begun).waitFor();
  await expect.poll(() => page.locator("#task-fields").innerText()).toContain(taskWords[locale].priorities.urgent);
  await command(agent, finish);
  await expect.poll(() => page.locator(".state-now").innerText()).toContain(nameIn(locale, "Done"));
  await inspection.of("done");

  await page.goto(ticket);
  await page.getByText(agent.words.note, { exact: true }).click();
  await command(agent, resolve);
  await expect.poll(() => agent.state.innerText()).toContain(agent.words.statuses.resolved);
  expect(inspection.found).toEqual([]);
});

it.each(languages)("runs by the keyboard alone on the board, in %s", async (locale) => {
  const { agent, key } = await begin(locale);
  const { page } = agent;
  const { title, make } = incidents[locale];
  await page.keyboard.press("Control+k");
  await page.keyboard.type(make(key));
  await expect
    .poll(() => page.locator('#palette [aria-selected="true"]').innerText())
    .toContain(givingWords[locale].run);
  await page.keyboard.press("Enter");
  await page.locator(".toast").getByText(`${key}-1`).waitFor();

  await board(agent, key);
  const inspection = new Inspection(page);
  const card = page.getByRole("link", { name: title, exact: true });
  for (const [key, state] of [
    ["ArrowRight", "In progress"],
    ["ArrowRight", "Done"],
  ] as const) {
    await card.focus();
    await page.keyboard.press("Space");
    await page.locator(".card.lift").waitFor();
    await inspection.of(`lifted, to ${state}`);
    await page.keyboard.press(key);
    await page.keyboard.press("Space");
    await expect.poll(() => cardsIn(lane(agent, locale, state))).toEqual([title]);
    await expect.poll(() => page.locator("#say").innerText()).toContain(nameIn(locale, state));
  }
  await page.reload();
  await expect.poll(() => cardsIn(lane(agent, locale, "Done"))).toEqual([title]);
  expect(inspection.found).toEqual([]);
});

it.each(languages)("runs by the mouse alone, while the customer sees how far it is, in %s", async (locale) => {
  const { agent, customer, key } = await begin(locale);
  const { page } = agent;
  const { title } = incidents[locale];
  const words = taskWords[locale];
  await agent.act(agent.thread.locator(".msg").last(), "makeTask");
  await page.getByRole("listitem").filter({ hasText: key }).getByRole("link").click();
  await page.getByLabel(words.title, { exact: true }).fill(title);
  await page.getByRole("button", { name: words.create }).click();
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
  const { RECEIVED, IN_PROGRESS, DONE } = widgetWords.en.steps;
  await expect.poll(() => steps(customer)).toEqual([RECEIVED]);

  await board(agent, key);
  for (const [state, seen] of [
    ["In progress", IN_PROGRESS],
    ["Done", DONE],
  ] as const) {
    const card = page.locator(".card", { hasText: title });
    const to = lane(agent, locale, state).locator(".cards");
    const [start, end] = [await boxOf(card), await boxOf(to)];
    await page.mouse.move(start.x + 60, start.y + start.height - 12);
    await page.mouse.down();
    await page.mouse.move(start.x + 90, start.y + start.height, { steps: 5 });
    await page.mouse.move(end.x + 60, end.y + 40, { steps: 10 });
    await to.locator(".card").waitFor({ state: "attached" });
    await page.mouse.up();
    await expect.poll(() => cardsIn(lane(agent, locale, state))).toEqual([title]);
    await expect.poll(() => steps(customer)).toEqual([seen]);
  }
});
