import { expect, inject, it } from "vitest";
import { projectWords } from "../../words/projects.ts";
import { roomWords } from "../../words/rooms.ts";
import { taskWords } from "../../words/tasks.ts";
import { Inspection } from "./axe.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);
const projects = projectWords.en;
const rooms = roomWords.en;
const tasks = taskWords.en;

it("lets a group become a task: what was said stays, and whoever has it open works on the task at once", async () => {
  const [ann, ben] = [await stage.agent("Ann Kowalska", { allowed: /422/ }), await stage.agent("Ben Okafor")];
  const stamp = Date.now().toString(36).toUpperCase().slice(-6);
  const { page } = ann;
  await page.goto(`${demo.urls.portal}/projects/new`);
  await page.getByLabel(projects.projectName, { exact: true }).fill(`Shop ${stamp}`);
  await page.getByLabel(projects.projectKey, { exact: true }).fill(`D${stamp}`);
  await page.getByRole("button", { name: tasks.create }).click();
  await page.locator(".lane").first().waitFor();

  await page.getByRole("link", { name: rooms.browseChannels }).click();
  await page.getByRole("radio", { name: rooms.group }).check();
  await page.getByLabel(rooms.name, { exact: true }).fill(`window-${stamp}`);
  await page.getByRole("button", { name: rooms.create, exact: true }).click();
  await page.getByLabel(rooms.addMember).selectOption({ label: "Ben Okafor" });
  await page.getByRole("button", { name: rooms.add, exact: true }).click();
  await ben.page.goto(page.url());
  await ben.field.fill("The window needs new lamps.");
  await ben.page.getByRole("button", { name: ben.words.send }).click();
  await ann.thread.getByText("The window needs new lamps.").waitFor();

  // Ben would lose it: he is not in the project.
  await page.getByRole("link", { name: tasks.turnIntoTask }).click();
  await page.getByLabel(tasks.project, { exact: true }).selectOption({ label: `Shop ${stamp} (D${stamp})` });
  await page.getByLabel(tasks.title, { exact: true }).fill("New lamps for the window");
  const inspection = new Inspection(page);
  await inspection.of("turning a group into a task");
  await page.getByRole("button", { name: tasks.turnIntoTask }).click();
  await page
    .getByText(/They are not in that project.*Ben Okafor/)
    .first()
    .waitFor();
  const form = page.url();
  await page.goto(`${demo.urls.portal}/projects/D${stamp}/settings`);
  const others = page.locator('select[name="agentId"]');
  await others.selectOption({ label: "Ben Okafor" });
  await page.locator("form", { has: others }).getByRole("button").click();
  await page.getByRole("main").getByRole("listitem").filter({ hasText: "Ben Okafor" }).waitFor();

  await page.goto(form);
  await page.getByLabel(tasks.project, { exact: true }).selectOption({ label: `Shop ${stamp} (D${stamp})` });
  await page.getByLabel(tasks.title, { exact: true }).fill("New lamps for the window");
  await page.getByRole("button", { name: tasks.turnIntoTask }).click();
  for (const agent of [ann, ben]) {
    await agent.page.getByRole("heading", { level: 1, name: "New lamps for the window" }).waitFor();
    await agent.thread.getByText("The window needs new lamps.").waitFor();
    await agent.thread.getByText("made this group a task").waitFor();
    expect(await agent.page.getByRole("link", { name: `window-${stamp}` }).count()).toBe(0);
  }
  await ben.field.fill("Two of them, 160 cm.");
  await ben.field.press("Control+Enter");
  await ann.thread.getByText("Two of them, 160 cm.").waitFor();
  expect(inspection.found).toEqual([]);
});
