import type { Locator, Page } from "playwright-core";
import { expect, inject } from "vitest";
import type { ShippedWorkflow } from "../../api/tasks/shipped-workflows.ts";
import { projectWords } from "../../words/projects.ts";
import { taskWords } from "../../words/tasks.ts";
import { nameIn } from "../../words/workflows.ts";
import { eventually } from "../support/eventually.ts";
import type { Agent } from "./agent.ts";

const portal = () => inject("demo").urls.portal;

let made = 0;

/** A key that no other test has. */
export function freshKey(): string {
  return `T${Date.now().toString(36).toUpperCase().slice(-6)}${made++}`;
}

const wordsOf = ({ locale }: Agent) => ({ ...projectWords[locale], ...taskWords[locale] });

/** Opens a project called "Operations" with the simple workflow or another one, and its board. */
export async function openProject(agent: Agent, key: string, which: ShippedWorkflow = "kanban"): Promise<void> {
  const { page } = agent;
  const words = wordsOf(agent);
  await page.goto(`${portal()}/projects/new`);
  await page.getByLabel(words.projectName, { exact: true }).fill(`Operations ${key}`);
  await page.getByLabel(words.projectKey, { exact: true }).fill(key);
  await page.locator(`input[name="workflow"][value="${which}"]`).check();
  await page.getByRole("button", { name: words.create }).click();
  await page.locator(".lane").first().waitFor();
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

/** Makes a task where its project lets them begin; urgent where its title cries. */
export async function makeTask(agent: Agent, key: string, title: string): Promise<void> {
  const { page } = agent;
  const words = wordsOf(agent);
  await page.goto(`${portal()}/projects/${key}/new`);
  await page.getByLabel(words.title, { exact: true }).fill(title);
  if (title.endsWith("!")) await page.getByLabel(words.priority, { exact: true }).selectOption("urgent");
  await page.getByRole("button", { name: words.create }).click();
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

/** Drags a card by its lower edge into a column with the mouse. */
export async function drag({ page }: Agent, card: Locator, column: Locator): Promise<void> {
  const to = column.locator(".cards");
  const [start, end] = [await boxOf(card), await boxOf(to)];
  await page.mouse.move(start.x + 60, start.y + start.height - 12);
  await page.mouse.down();
  await page.mouse.move(start.x + 90, start.y + start.height, { steps: 5 });
  await page.mouse.move(end.x + 60, end.y + 40, { steps: 10 });
  await to.locator(".card").waitFor({ state: "attached" });
  await page.mouse.up();
}

/** The screen of a phone, and a finger for it. */
export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/**
 * Drags a card by its title into a column with a finger that rests there first. A card that is held at the edge of the screen brings
 * the columns there into sight.
 */
export async function dragByFinger({ page }: Agent, card: Locator, column: Locator): Promise<void> {
  const finger = await fingerOn(page);
  const title = card.locator(".card-title");
  // It stands still: what is scrolled into sight goes on to the edge of its column.
  await title.tap({ trial: true });
  const { x, y } = await boxOf(title);
  await finger("touchStart", { x: x + 30, y: y + 8 });
  await page.locator(".card.sortable-chosen").waitFor();
  expect(await title.evaluate(isAskedAbout)).toBe(false);
  await finger("touchMove", { x: x + 60, y: y + 30 });
  await page.locator(".card.lift").waitFor();
  const edge = phone.viewport.width - 10;
  const isNear = async () => (await boxOf(column)).x < edge - 30;
  if (!(await isNear())) await finger("touchMove", { x: edge, y: y + 60 });
  await expect.poll(isNear).toBe(true);
  const end = { x: (await boxOf(column)).x + 20, y: y + 60 };
  await finger("touchMove", end);
  await finger("touchMove", { ...end, y: end.y + 8 });
  await column.locator(".card").waitFor({ state: "attached" });
  await finger("touchEnd");
}

/** Whether a phone would ask what shall become of a link on which a finger rests; Chromium on a desk never does. */
function isAskedAbout(link: Element): boolean {
  return link.dispatchEvent(new PointerEvent("contextmenu", { bubbles: true, cancelable: true, pointerType: "touch" }));
}
type Point = { x: number; y: number };

/** A finger of whoever looks at a page. */
async function fingerOn(page: Page) {
  const session = await page.context().newCDPSession(page);
  return (type: "touchStart" | "touchMove" | "touchEnd", ...touchPoints: Point[]) =>
    session.send("Input.dispatchTouchEvent", { type, touchPoints });
}

/** Where something is, once it is there: a card is replaced when something becomes of its task. */
const boxOf = (one: Locator) => eventually(() => one.boundingBox());

/** What the cards of a column are called, in their order. */
export function titlesIn(column: Locator): Promise<string[]> {
  return column.locator(".card-title").allInnerTexts();
}
