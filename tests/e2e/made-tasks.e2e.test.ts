import { expect, inject, it } from "vitest";
import { projectWords } from "../../words/projects.ts";
import { roomWords } from "../../words/rooms.ts";
import { taskWords } from "../../words/tasks.ts";
import type { Agent } from "./agent.ts";
import { Inspection } from "./axe.ts";
import { board, drag, freshKey, lane, letIn, makeTask, openProject } from "./projects.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);
const en = { ...projectWords.en, ...taskWords.en };
const names = { ann: "Ann Kowalska", ben: "Ben Okafor" };

/** Two colleagues in a project, of whom each has a window. */
async function colleagues(): Promise<{ ann: Agent; ben: Agent; key: string }> {
  const [ann, ben] = [await stage.agent(names.ann), await stage.agent(names.ben)];
  const key = freshKey();
  await openProject(ann, key);
  await letIn(ann, key, names.ben);
  return { ann, ben, key };
}

const madeIn = ({ page }: Agent) => page.locator("#made");
const stateOf = (agent: Agent) => madeIn(agent).locator("[title]").last().getAttribute("title");

it("keeps the tasks of a customer's conversation as they stand, for who has it open while colleagues work", async () => {
  const { ann, ben, key } = await colleagues();
  const question = `Lamps hum (${Date.now()}).`;
  const customer = await stage.customer();
  await customer.openChat();
  await customer.write(question);
  await customer.isSent();
  for (const agent of [ann, ben]) {
    await agent.page.goto(demo.urls.portal);
    await agent.open(question);
  }
  await madeIn(ann).waitFor({ state: "hidden" });

  // Of another conversation, nothing comes here.
  await makeTask(ben, key, "Of no message");
  await ben.page.goto(ann.page.url());
  await ben.note(`/task ${key} Quieter coils`);
  await madeIn(ann).getByRole("link", { name: "Quieter coils" }).waitFor();
  expect(await madeIn(ann).getByRole("link").count()).toBe(1);
  expect(await stateOf(ann)).toBe("To do");

  await madeIn(ann).getByRole("link").focus();
  await board(ben, key);
  await drag(ben, ben.page.locator(".card", { hasText: "Quieter coils" }), lane(ben, "In progress"));
  await expect.poll(() => stateOf(ann)).toBe("In progress");
  expect(await ann.page.evaluate(() => document.activeElement?.textContent)).toContain("Quieter coils");
  await ann.page.keyboard.press("Enter");
  await ann.page.getByRole("heading", { level: 1, name: "Quieter coils" }).waitFor();
});

it("lists beside a room what was made of its messages, as it is made", async () => {
  const { ann, ben, key } = await colleagues();
  const { page } = ann;
  await page.getByRole("link", { name: roomWords.en.browseChannels }).click();
  await page.getByLabel(roomWords.en.name, { exact: true }).fill(`coils-${key.toLowerCase()}`);
  await page.getByRole("button", { name: roomWords.en.create, exact: true }).click();
  await page.getByRole("heading", { level: 1, name: `coils-${key.toLowerCase()}` }).waitFor();
  await page.getByLabel(roomWords.en.addMember).selectOption({ label: names.ben });
  await page.getByRole("button", { name: roomWords.en.add, exact: true }).click();
  await ben.page.goto(page.url());
  await ben.field.waitFor();

  await ann.field.fill(`/bug ${key} Coils hum`);
  await ann.field.press("Control+Enter");
  for (const agent of [ann, ben]) {
    await madeIn(agent).getByRole("heading", { name: en.tasksOfConversation }).waitFor();
    await madeIn(agent).getByRole("link", { name: "Coils hum" }).waitFor();
  }
  const inspection = new Inspection(page);
  await inspection.of("a room with a task");
  await ben.page.reload();
  await madeIn(ben).getByRole("link", { name: "Coils hum" }).click();
  await ben.page.getByRole("heading", { level: 1, name: "Coils hum" }).waitFor();
  // Where it was ordered, the answer leads to it, too.
  await ann.thread.getByRole("link", { name: `${key}-1`, exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Coils hum" }).waitFor();
  expect(inspection.found).toEqual([]);
});
