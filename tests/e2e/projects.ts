import type { Locator } from "playwright-core";
import { inject } from "vitest";
import type { ShippedWorkflow } from "../../api/tasks/shipped-workflows.ts";
import { projectWords } from "../../words/projects.ts";
import { taskWords } from "../../words/tasks.ts";
import { nameIn } from "../../words/workflows.ts";
import type { Agent } from "./agent.ts";

const en = { ...projectWords.en, ...taskWords.en };
const portal = () => inject("demo").urls.portal;

let made = 0;

/** A key that no other test has. */
export function freshKey(): string {
  return `T${Date.now().toString(36).toUpperCase().slice(-6)}${made++}`;
}

/** Opens a project with the simple workflow or another one, and its board. */
export async function openProject(agent: Agent, key: string, which: ShippedWorkflow = "kanban"): Promise<void> {
  const { page } = agent;
  await page.goto(`${portal()}/projects/new`);
  await page.getByLabel(en.projectName, { exact: true }).fill(`Operations ${key}`);
  await page.getByLabel(en.projectKey, { exact: true }).fill(key);
  await page.locator(`input[name="workflow"][value="${which}"]`).check();
  await page.getByRole("button", { name: en.create }).click();
  await lane(agent, "To do").waitFor();
}

/** Lets a colleague into a project, as a member. */
export async function letIn(agent: Agent, key: string, name: string): Promise<void> {
  const { page } = agent;
  await page.goto(`${portal()}/projects/${key}/settings`);
  await page.locator('select[name="agentId"]').selectOption({ label: name });
  await page
    .locator("form", { has: page.locator('select[name="agentId"]') })
    .getByRole("button")
    .click();
  await page.getByRole("main").getByRole("listitem").filter({ hasText: name }).waitFor();
}

/** Makes a task where its project lets them begin. */
export async function makeTask(agent: Agent, key: string, title: string): Promise<void> {
  const { page } = agent;
  await page.goto(`${portal()}/projects/${key}/new`);
  await page.getByLabel(en.title, { exact: true }).fill(title);
  await page.getByRole("button", { name: en.create }).click();
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
}

/** The column of a state, whatever the reader's language. */
export function lane(agent: Agent, name: string): Locator {
  const both = new RegExp(`^(${name}|${nameIn("ru", name)})$`);
  return agent.page.locator(".lane", { has: agent.page.getByRole("heading", { level: 2, name: both }) });
}

/** Opens the board of a project. */
export async function board(agent: Agent, key: string): Promise<void> {
  await agent.page.goto(`${portal()}/projects/${key}`);
  await lane(agent, "To do").waitFor();
}

/** What the cards of a column are called, in their order. */
export function titlesIn(column: Locator): Promise<string[]> {
  return column.locator(".card-title").allInnerTexts();
}
