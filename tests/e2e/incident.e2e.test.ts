import { expect, inject, it } from "vitest";
import { givingWords } from "../../words/giving-commands.ts";
import { taskWords } from "../../words/tasks.ts";
import { widgetWords } from "../../words/widget.ts";
import { nameIn } from "../../words/workflows.ts";
import type { Agent } from "./agent.ts";
import { Inspection } from "./axe.ts";
import type { Customer } from "./customer.ts";
import { board, drag, freshKey, lane, openProject, titlesIn } from "./projects.ts";
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

/** A customer with a question, somebody of the team who has it open, and a project for what comes of it. */
async function begin(locale: Language) {
  const { agent: name, question: asked } = incidents[locale];
  const question = `${asked} (${Date.now()}).`;
  const key = freshKey();
  const agent = await stage.agent(name);
  const { page } = agent;
  await openProject(agent, key);
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

const { RECEIVED, IN_PROGRESS, DONE } = widgetWords.en.steps;

/** Waits until a customer sees that the team is so far with what they wrote. */
const sees = ({ panel }: Customer, step: string) =>
  expect.poll(() => panel.locator(".steps .now").allInnerTexts()).toEqual([step]);

it.each(languages)("runs from a customer's message to a done task by commands alone, in %s", async (locale) => {
  const { agent, customer, key, ticket } = await begin(locale);
  const { page, thread } = agent;
  const { title, make, begin: first, begun, finish, resolve } = incidents[locale];
  const inspection = new Inspection(page);
  await page.getByText(agent.words.note, { exact: true }).click();
  await command(agent, make(key));
  await thread.getByText(`${key}-1`).last().waitFor();
  await sees(customer, RECEIVED);
  await page.locator("#details").getByRole("link", { name: title }).waitFor();
  await inspection.of("told");

  await jump(agent, `${key}-1`);
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
  await agent.field.focus();
  await command(agent, first);
  await thread.getByText(begun).waitFor();
  await expect.poll(() => page.locator("#task-fields").innerText()).toContain(taskWords[locale].priorities.urgent);
  await sees(customer, IN_PROGRESS);
  await command(agent, finish);
  await expect.poll(() => page.locator(".state-now").innerText()).toContain(nameIn(locale, "Done"));
  await sees(customer, DONE);
  await inspection.of("done");

  await page.goto(ticket);
  await page.getByText(agent.words.note, { exact: true }).click();
  await command(agent, resolve);
  await expect.poll(() => agent.state.innerText()).toContain(agent.words.statuses.resolved);
  expect(inspection.found).toEqual([]);
});

it.each(languages)("runs by the keyboard alone on the board, in %s", async (locale) => {
  const { agent, customer, key } = await begin(locale);
  const { page } = agent;
  const { title, make } = incidents[locale];
  await page.keyboard.press("Control+k");
  await page.keyboard.type(make(key));
  await expect
    .poll(() => page.locator('#palette [aria-selected="true"]').innerText())
    .toContain(givingWords[locale].run);
  await page.keyboard.press("Enter");
  await page.locator(".toast").getByText(`${key}-1`).waitFor();
  await sees(customer, RECEIVED);

  await board(agent, key);
  const inspection = new Inspection(page);
  const card = page.getByRole("link", { name: title, exact: true });
  for (const [state, seen] of [
    ["In progress", IN_PROGRESS],
    ["Done", DONE],
  ] as const) {
    await card.focus();
    await page.keyboard.press("Space");
    await page.locator(".card.lift").waitFor();
    await inspection.of(`lifted, to ${state}`);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Space");
    await expect.poll(() => titlesIn(lane(agent, state))).toEqual([title]);
    await expect.poll(() => page.locator("#say").innerText()).toContain(nameIn(locale, state));
    await sees(customer, seen);
  }
  await page.reload();
  await expect.poll(() => titlesIn(lane(agent, "Done"))).toEqual([title]);
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
  await sees(customer, RECEIVED);
  const inspection = new Inspection(page);
  await inspection.of("made");

  await board(agent, key);
  for (const [state, seen] of [
    ["In progress", IN_PROGRESS],
    ["Done", DONE],
  ] as const) {
    const card = page.locator(".card", { hasText: title });
    await drag(agent, card, lane(agent, state));
    await expect.poll(() => titlesIn(lane(agent, state))).toEqual([title]);
    await sees(customer, seen);
    await inspection.of(`dropped in ${state}`);
  }
  expect(inspection.found).toEqual([]);
});
