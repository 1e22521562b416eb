import type { Locator } from "playwright-core";
import { expect, inject, it } from "vitest";
import { workflowEditorWords } from "../../words/workflow-editor.ts";
import type { Agent } from "./agent.ts";
import { Inspection } from "./axe.ts";
import { makeTask, openProject } from "./projects.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);
const words = workflowEditorWords.ru;

const field = ({ page }: Agent, id: string): Locator => page.locator(`#${id}`);
const states = ({ page }: Agent): Locator => page.locator(".wf-state");

it("changes a project's workflow, told at each step what is wrong, and asks where the tasks of a state go", async () => {
  const irina = await stage.agent("Ирина Смирнова");
  const { page } = irina;
  const key = `W${Date.now().toString(36).toUpperCase().slice(-6)}`;
  await openProject(irina, key);
  await makeTask(irina, key, "Лампа");
  await page.goto(`${demo.urls.portal}/projects/${key}/settings`);
  await page.getByRole("link", { name: words.openEditor }).click();
  await page.getByRole("img", { name: words.workflow }).waitFor();
  await page.getByText(words.sound).waitFor();
  const inspection = new Inspection(page);
  await inspection.of("workflow");

  // By the keyboard alone: the new state has the focus, and gets its name and the way to it.
  await page.getByRole("button", { name: words.addState }).focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("s4-name");
  await page.getByRole("link", { name: /Ни одна задача не попадёт/ }).waitFor();
  await inspection.of("findings");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("Проверка");
  await page.keyboard.press("Tab");
  await expect.poll(async () => (await states(irina).allTextContents()).join()).toContain("Проверка");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("s4-group");
  await page.getByRole("button", { name: words.save }).click();
  await page
    .getByRole("alert")
    .getByRole("link", { name: /останется в «Проверка» навсегда/ })
    .waitFor();
  await inspection.of("not saved");

  await field(irina, "m0-to").selectOption({ label: "Проверка" });
  await field(irina, "m2-from-state-5").check();
  await page.getByRole("button", { name: words.remove("В работе") }).click();
  await page.getByRole("link", { name: /Выберите, откуда ведёт «Отложить»/ }).waitFor();
  await page.getByRole("button", { name: words.remove("Отложить") }).click();
  await page.getByText(words.sound).waitFor();
  await page.getByRole("button", { name: words.remove("К выполнению") }).click();
  await page.getByText(/«К выполнению» убирают, а там 1.задача/).waitFor();
  await field(irina, "s2-name").waitFor();
  await inspection.of("where tasks go");
  // What is pressed while the form is put anew is pressed in vain.
  const checked = page.waitForResponse((response) => response.request().method() === "POST");
  await page.locator(`[name=start][value="state-5"]`).check();
  await checked;
  await field(irina, "m0-any").waitFor();
  await page.getByRole("button", { name: words.remove("Начать") }).click();
  await field(irina, "m1-from-state-5").check();
  await field(irina, "m2-to").selectOption({ label: "Проверка" });
  await page.getByText(words.sound).waitFor();
  await field(irina, "goes-todo").selectOption({ label: "Проверка" });
  await page.getByRole("button", { name: words.save }).click();
  await page.getByText(words.saved).waitFor();
  await page.goto(`${demo.urls.portal}/projects/${key}`);
  await page.locator(".lane", { hasText: "Проверка" }).getByText("Лампа").waitFor();
  expect(inspection.found).toEqual([]);
});
