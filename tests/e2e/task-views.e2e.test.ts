import { expect, inject, it } from "vitest";
import { taskViewWords } from "../../words/task-views.ts";
import { projectWords } from "../../words/projects.ts";
import { taskWords } from "../../words/tasks.ts";
import { nameIn } from "../../words/workflows.ts";
import type { Agent } from "./agent.ts";
import { Inspection } from "./axe.ts";
import { freshKey, letIn, makeTask, openProject } from "./projects.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);

/** Opens a project with tasks of these titles, and lets a colleague in; answers its key. */
async function begin(agent: Agent, titles: readonly string[], colleague?: string): Promise<string> {
  const key = freshKey();
  await openProject(agent, key);
  for (const title of titles) await makeTask(agent, key, title);
  if (colleague) await letIn(agent, key, colleague);
  return key;
}

function listed({ page }: Agent): Promise<string[]> {
  return page.locator("#task-list tbody .title a").allInnerTexts();
}

function statesOf({ page }: Agent): Promise<string[]> {
  return page.locator("#task-list tbody .state bdi").allInnerTexts();
}

it("filters by a line and by chips, shares the address, saves the view, and follows what others do, by the mouse", async () => {
  const { en } = taskViewWords;
  const [ann, ben] = [await stage.agent("Ann Kowalska"), await stage.agent("Ben Okafor")];
  const key = await begin(ann, ["One", "Two!", "Three"], "Ben Okafor");
  const { page } = ann;
  await page.goto(`${demo.urls.portal}/projects/${key}/list`);
  await page.getByLabel(en.filter).fill("is:opne");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByText("Did you mean “open”?").waitFor();
  await page.getByRole("link", { name: en.didYouMean("is:open") }).click();
  await expect.poll(() => listed(ann)).toEqual(["Three", "Two!", "One"]);
  await page.getByRole("link", { name: en.urgent }).click();
  await expect.poll(() => listed(ann)).toEqual(["Two!"]);
  expect(new URL(page.url()).searchParams.get("q")).toBe("is:open priority:high,urgent");

  await ben.page.goto(page.url());
  await expect.poll(() => listed(ben)).toEqual(["Two!"]);
  await ben.page.getByRole("link", { name: "Two!", exact: true }).click();
  await ben.page.locator('button[name="move"][value="done"]').click();
  await page.getByText(en.nothingFound).waitFor();
  await page.getByRole("link", { name: en.without("is:open") }).click();
  await expect.poll(() => listed(ann)).toEqual(["Two!"]);

  await page.getByRole("button", { name: en.savedViews }).click();
  await page.getByLabel(en.saveView).fill("Hot");
  await page.getByLabel(en.shareView).check();
  await page.getByRole("button", { name: taskWords.en.save }).click();
  await ben.page.goto(`${demo.urls.portal}/projects/${key}`);
  await ben.page.getByRole("button", { name: en.savedViews }).click();
  await ben.page.getByRole("link", { name: /Hot/ }).click();
  await expect.poll(() => listed(ben)).toEqual(["Two!"]);
  await ben.page.getByRole("link", { name: projectWords.en.board, exact: true }).click();
  await expect.poll(() => ben.page.locator(".card-title").allInnerTexts()).toEqual(["Two!"]);

  // The board follows too: what the filter finds no more goes, and what it finds comes.
  await page.goto(`${demo.urls.portal}/projects/${key}/list`);
  await page.getByRole("link", { name: "Three", exact: true }).click();
  await page.getByRole("button", { name: `${taskWords.en.priority}:` }).click();
  await page.getByRole("button", { name: taskWords.en.priorities.high, exact: true }).click();
  await expect.poll(() => ben.page.locator(".card-title").allInnerTexts()).toEqual(["Three", "Two!"]);

  await page.goto(`${demo.urls.portal}/projects/${key}/list?q=priority:high`);
  await page.getByRole("button", { name: en.savedViews }).click();
  await page.getByRole("button", { name: en.changeView("Hot") }).click();
  await page.getByLabel(en.viewName, { exact: true }).fill("Hotter");
  await page.getByLabel(en.takeFilter).check();
  await page.getByLabel(en.shareView).last().uncheck();
  await page.getByRole("dialog").getByRole("button", { name: taskWords.en.save }).click();
  await expect.poll(() => new URL(page.url()).searchParams.get("q")).toBe("priority:high");
  await ben.page.reload();
  await ben.page.getByRole("button", { name: en.savedViews }).click();
  await ben.page.getByText(en.noViews).waitFor();
  await page.getByRole("button", { name: en.savedViews }).click();
  await page.getByRole("link", { name: /Hotter/ }).waitFor();
  await page.getByRole("button", { name: en.changeView("Hotter") }).click();
  await page.getByRole("button", { name: en.deleteView }).click();
  await page
    .getByRole("dialog", { name: en.deleteViewQuestion("Hotter") })
    .getByRole("button", { name: en.deleteView })
    .click();
  await page.getByRole("button", { name: en.savedViews }).click();
  await page.getByText(en.noViews).waitFor();
});

it("moves several tasks by the mouse, tells what was refused, and puts them back", async () => {
  const { en } = taskViewWords;
  const [ann, ben] = [await stage.agent("Ann Kowalska"), await stage.agent("Ben Okafor")];
  const key = await begin(ann, ["One", "Two", "Three", "Four"], "Ben Okafor");
  const { page } = ann;
  await page.goto(`${demo.urls.portal}/projects/${key}/list`);
  const box = (number: number) => page.getByLabel(en.select(`${key}-${number}`), { exact: true });
  await box(4).check();
  await box(2).click({ modifiers: ["Shift"] });
  await page.getByText(en.selected(3)).waitFor();
  expect(await box(1).isChecked()).toBe(false);
  await page.getByLabel(en.moveTo).selectOption("doing");
  await page.getByLabel(en.setPriority).selectOption("high");
  await page.getByRole("button", { name: en.carryOut }).click();
  await page.getByText(en.changed(3)).waitFor();
  await expect.poll(() => statesOf(ann)).toEqual(["In progress", "In progress", "In progress", "To do"]);
  await expect.poll(() => page.locator("#bulk-bar").isVisible()).toBe(false);

  // Ben moves one of them on: it stays where he has put it.
  await ben.page.goto(`${demo.urls.portal}/projects/${key}/list`);
  await ben.page.getByRole("link", { name: "Three", exact: true }).click();
  await ben.page.locator('button[name="move"][value="done"]').click();
  await expect.poll(async () => (await statesOf(ann))[1]).toBe("Done");
  await page.getByRole("button", { name: /^Undo/ }).click();
  await page.getByText(en.elsewhere).waitFor();
  await expect.poll(() => statesOf(ann)).toEqual(["To do", "Done", "To do", "To do"]);
  await page.getByRole("button", { name: en.closeToast }).click();
  await expect.poll(() => page.locator(".toast").count()).toBe(0);
});

it("does all of it by the keyboard alone, in Russian", async () => {
  const { ru } = taskViewWords;
  const [ann, irina] = [await stage.agent("Ann Kowalska"), await stage.agent("Ирина Смирнова")];
  const key = await begin(ann, ["One", "Two", "Three"], "Ирина Смирнова");
  const { page } = irina;
  await page.goto(`${demo.urls.portal}/projects/${key}/list`);
  await page.getByLabel(ru.filter).focus();
  await page.keyboard.type("это:открыта -three");
  await page.keyboard.press("Enter");
  await expect.poll(() => listed(irina)).toEqual(["Two", "One"]);

  await page.getByRole("link", { name: "Two", exact: true }).focus();
  await page.keyboard.press("x");
  await page.keyboard.press("j");
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe("One");
  await page.keyboard.press("x");
  await expect.poll(() => page.locator("#say").innerText()).toBe(ru.selected(2));
  await page.getByLabel(ru.moveTo).focus();
  for (let down = 0; down < 2; down += 1) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Tab");
  while ((await page.evaluate(() => document.activeElement?.textContent)) !== ru.carryOut)
    await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByText(ru.changed(2)).waitFor();
  const inProgress = nameIn("ru", "In progress");
  await expect.poll(() => statesOf(irina)).toEqual([inProgress, inProgress]);
  await page.locator("h1").focus();
  await page.keyboard.press("z");
  await page.getByText(ru.takenBack(2)).waitFor();
  const toDo = nameIn("ru", "To do");
  await expect.poll(() => statesOf(irina)).toEqual([toDo, toDo]);
});

it("finds nothing wrong with filters, views and selected rows, on a desk and on a phone", async () => {
  const { en } = taskViewWords;
  const ann = await stage.agent("Ann Kowalska");
  const key = await begin(ann, ["Courier labels print without the apartment number", "Two!"]);
  const { page } = ann;
  const inspection = new Inspection(page);
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 800 });
    for (const [state, path] of [
      ["filtered board", `/projects/${key}?q=is:open+priority:urgent`],
      ["filtered list", `/projects/${key}/list?q=is:open+-assignee:me`],
      ["misspelt", `/projects/${key}/list?q=is:opne+prioritty:x`],
      ["nothing found", `/projects/${key}/list?q=is:closed`],
      ["work", `/tasks?q=project:${key}`],
    ] as const) {
      await page.goto(demo.urls.portal + path);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await inspection.of(`${state}, ${width}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
    await page.goto(`${demo.urls.portal}/projects/${key}/list`);
    // A phone has no heads of columns.
    if (width > 767) await page.getByLabel(en.selectAll).check();
    else for (const number of [1, 2]) await page.getByLabel(en.select(`${key}-${number}`), { exact: true }).check();
    await page.getByText(en.selected(2)).waitFor();
    await inspection.of(`selected, ${width}`);
    await page.getByLabel(en.setPriority).selectOption("low");
    await page.getByRole("button", { name: en.carryOut }).click();
    await page.locator(".toast").waitFor();
    await inspection.of(`changed, ${width}`);
    // From done no move leads back to work.
    for (const state of ["done", "doing"]) {
      await page.goto(`${demo.urls.portal}/projects/${key}/list`);
      for (const number of [1, 2]) await page.getByLabel(en.select(`${key}-${number}`), { exact: true }).check();
      await page.getByLabel(en.moveTo).selectOption(state);
      await page.getByRole("button", { name: en.carryOut }).click();
      await page.locator(".toast").waitFor();
    }
    await page.locator(".toast li").waitFor();
    await inspection.of(`refused, ${width}`);
    await page.getByRole("button", { name: en.savedViews }).click();
    await inspection.of(`views, ${width}`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
  expect(inspection.found).toEqual([]);
});
