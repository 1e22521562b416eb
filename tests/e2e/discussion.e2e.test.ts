import { expect, inject, it } from "vitest";
import { roomWords } from "../../words/rooms.ts";
import { taskWords } from "../../words/tasks.ts";
import { Inspection } from "./axe.ts";
import { freshKey, letIn, openProject } from "./projects.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);
const rooms = roomWords.en;
const tasks = taskWords.en;

it("lets a group become a task: what was said stays, and whoever has it open works on the task at once", async () => {
  const [ann, ben] = [await stage.agent("Ann Kowalska", { allowed: /422/ }), await stage.agent("Ben Okafor")];
  const key = freshKey();
  const { page } = ann;
  await openProject(ann, key);

  await page.getByRole("link", { name: rooms.browseChannels }).click();
  await page.getByRole("radio", { name: rooms.group }).check();
  await page.getByLabel(rooms.name, { exact: true }).fill(`window-${key.toLowerCase()}`);
  await page.getByRole("button", { name: rooms.create, exact: true }).click();
  await page.getByLabel(rooms.addMember).selectOption({ label: "Ben Okafor" });
  await page.getByRole("button", { name: rooms.add, exact: true }).click();
  await ben.page.goto(page.url());
  await ben.field.fill("The window needs new lamps.");
  await ben.page.getByRole("button", { name: ben.words.send }).click();
  await ann.thread.getByText("The window needs new lamps.").waitFor();

  // Ben would lose it: he is not in the project.
  await page.getByRole("link", { name: tasks.turnIntoTask }).click();
  await page.getByLabel(tasks.project, { exact: true }).selectOption({ label: `Operations ${key} (${key})` });
  await page.getByLabel(tasks.title, { exact: true }).fill("New lamps for the window");
  const inspection = new Inspection(page);
  await inspection.of("turning a group into a task");
  await page.getByRole("button", { name: tasks.turnIntoTask }).click();
  await page
    .getByText(/They are not in that project.*Ben Okafor/)
    .first()
    .waitFor();
  const form = page.url();
  await letIn(ann, key, "Ben Okafor");

  await page.goto(form);
  await page.getByLabel(tasks.project, { exact: true }).selectOption({ label: `Operations ${key} (${key})` });
  await page.getByLabel(tasks.title, { exact: true }).fill("New lamps for the window");
  await page.getByRole("button", { name: tasks.turnIntoTask }).click();
  for (const agent of [ann, ben]) {
    await agent.page.getByRole("heading", { level: 1, name: "New lamps for the window" }).waitFor();
    await agent.thread.getByText("The window needs new lamps.").waitFor();
    await agent.thread.getByText("made this group a task").waitFor();
    expect(await agent.page.getByRole("link", { name: `window-${key.toLowerCase()}` }).count()).toBe(0);
  }
  await ben.field.fill("Two of them, 160 cm.");
  await ben.field.press("Control+Enter");
  await ann.thread.getByText("Two of them, 160 cm.").waitFor();
  expect(inspection.found).toEqual([]);
});
