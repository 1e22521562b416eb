import { expect, inject, it } from "vitest";
import { projectWords } from "../../words/projects.ts";
import { taskWords } from "../../words/tasks.ts";
import { Inspection } from "./axe.ts";
import { drag, board, freshKey, lane, letIn, makeTask, openProject, titlesIn } from "./projects.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);
const en = { ...projectWords.en, ...taskWords.en };
const { ru } = projectWords;

it("makes a task of what a customer wrote, moves it by its buttons, and shows all of it on a colleague's board at once", async () => {
  const [ann, ben] = [await stage.agent("Ann Kowalska"), await stage.agent("Ben Okafor")];
  const key = freshKey();
  await openProject(ann, key);
  await letIn(ann, key, "Ben Okafor");
  await board(ben, key);

  const customer = await stage.customer();
  await customer.openChat();
  await customer.write("My lamp flickers below 30 % since the update.");
  await customer.isSent();
  await ann.page.goto(demo.urls.portal);
  await ann.open("My lamp flickers below 30 % since the update.");
  await ann.act(ann.thread.locator(".msg").last(), "makeTask");
  const choose = ann.page.getByRole("listitem").filter({ hasText: key }).getByRole("link");
  await expect.poll(async () => ann.page.url().includes("/new?from=") || (await choose.count()) > 0).toBe(true);
  if (await choose.count()) await choose.click();
  await ann.page.getByLabel(en.title, { exact: true }).fill("PWM falls back to 1 kHz");
  await ann.page.getByLabel(en.type, { exact: true }).selectOption("bug");
  await ann.page.getByRole("button", { name: en.create }).click();
  await ann.page.getByRole("heading", { level: 1, name: "PWM falls back to 1 kHz" }).waitFor();
  await ann.thread.getByText("created this from a message").waitFor();
  await lane(ben, "To do").getByText("PWM falls back to 1 kHz").waitFor();

  await ann.page.getByRole("button", { name: "Start", exact: true }).click();
  await ann.thread.getByText("moved To do → In progress").waitFor();
  await lane(ben, "In progress").getByText("PWM falls back to 1 kHz").waitFor();
  expect(await titlesIn(lane(ben, "To do"))).toEqual([]);

  await ben.page.getByRole("link", { name: "PWM falls back to 1 kHz" }).click();
  await ben.field.fill("It is the fall-back timer.");
  await ben.page.getByRole("button", { name: en.comment }).click();
  await ann.thread.getByText("It is the fall-back timer.").waitFor();
  await ben.page.getByRole("button", { name: `${en.priority}:` }).click();
  await ben.page.getByRole("button", { name: en.priorities.urgent, exact: true }).click();
  await ann.thread.getByText("changed the priority from None to Urgent").waitFor();
  await expect.poll(() => ann.page.locator("#task-fields").innerText()).toContain(en.priorities.urgent);

  // The way back to where it was made from, and from there to it.
  await ann.page.getByRole("link", { name: en.sourceMessage }).click();
  await ann.page
    .locator("#details")
    .getByRole("link", { name: /PWM falls back/ })
    .waitFor();
});

it("moves cards by the keyboard, in Russian, and says what happens", async () => {
  const [ann, irina] = [await stage.agent("Ann Kowalska"), await stage.agent("Ирина Смирнова")];
  const key = freshKey();
  await openProject(ann, key);
  for (const title of ["First", "Second", "Third"]) await makeTask(ann, key, title);
  await letIn(ann, key, "Ирина Смирнова");
  await board(irina, key);
  await board(ann, key);
  expect(await titlesIn(lane(irina, "To do"))).toEqual(["First", "Second", "Third"]);

  const { page } = irina;
  const said = page.locator("#say");
  await page.getByRole("link", { name: "Second", exact: true }).focus();
  await page.keyboard.press("Space");
  await expect.poll(() => said.innerText()).toBe(ru.lifted(`${key}-2`, "К выполнению"));
  await page.keyboard.press("ArrowUp");
  await expect.poll(() => said.innerText()).toBe(ru.standsIn("К выполнению", 1, 3));
  await page.keyboard.press("Space");
  await expect.poll(() => titlesIn(lane(ann, "To do"))).toEqual(["Second", "First", "Third"]);

  await page.getByRole("link", { name: "Third", exact: true }).focus();
  await page.keyboard.press("Space");
  await expect.poll(() => said.innerText()).toContain(`${key}-3`);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Space");
  await expect.poll(() => titlesIn(lane(ann, "In progress"))).toEqual(["Third"]);
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe("Third");

  // Where no move leads, nothing goes; Escape puts a card back.
  await page.getByRole("link", { name: "First", exact: true }).focus();
  await page.keyboard.press("Space");
  await expect.poll(() => said.innerText()).toContain(`${key}-1`);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Escape");
  await expect.poll(() => said.innerText()).toBe(ru.leftInPlace(`${key}-1`));
  expect(await titlesIn(lane(irina, "To do"))).toEqual(["Second", "First"]);
  await page.reload();
  expect(await titlesIn(lane(irina, "To do"))).toEqual(["Second", "First"]);
});

it("keeps a card in the hand of whoever has lifted it, while a colleague changes it", async () => {
  const [ann, ben] = [await stage.agent("Ann Kowalska"), await stage.agent("Ben Okafor")];
  const key = freshKey();
  await openProject(ann, key);
  await makeTask(ann, key, "Held");
  await letIn(ann, key, "Ben Okafor");
  await board(ann, key);
  await board(ben, key);
  await ben.page.getByRole("link", { name: "Held", exact: true }).click();

  await ann.page.getByRole("link", { name: "Held", exact: true }).focus();
  await ann.page.keyboard.press("Space");
  await expect.poll(() => ann.page.locator("#say").innerText()).toContain(`${key}-1`);
  await ben.page.getByRole("button", { name: `${en.priority}:` }).click();
  await ben.page.getByRole("button", { name: en.priorities.urgent, exact: true }).click();
  await ann.page.locator(".card.lift .pri.urg").waitFor();
  await ann.page.keyboard.press("ArrowRight");
  await ann.page.keyboard.press("Space");
  await expect.poll(() => titlesIn(lane(ann, "In progress"))).toEqual(["Held"]);
  expect(await ann.page.locator(".card").count()).toBe(1);
  await ben.thread.getByText("moved To do → In progress").waitFor();

  // What somebody writes in a dialog of the task stays while others change it.
  await ben.page.getByRole("button", { name: en.edit, exact: true }).click();
  await ben.page.getByLabel(en.title, { exact: true }).fill("Held by Ben");
  await board(ann, key);
  const card = ann.page.locator(".card");
  await card.getByRole("button", { name: en.moveCard(`${key}-1`) }).click();
  await card.getByLabel(en.moveTo).selectOption({ label: "Done" });
  await card.getByRole("button", { name: en.move, exact: true }).click();
  await ben.thread.getByText("moved In progress → Done").waitFor();
  expect(await ben.page.getByLabel(en.title, { exact: true }).inputValue()).toBe("Held by Ben");
  await ben.page.getByRole("button", { name: en.save, exact: true }).click();
  await ben.page.getByRole("heading", { level: 1, name: "Held by Ben" }).waitFor();
  await expect.poll(() => ben.page.locator(".state-now").innerText()).toContain("Done");
});

it("moves cards by the mouse, and by a plain choice", async () => {
  const ann = await stage.agent("Ann Kowalska");
  const key = freshKey();
  await openProject(ann, key);
  for (const title of ["One", "Two"]) await makeTask(ann, key, title);
  await board(ann, key);
  const { page } = ann;
  await drag(ann, page.locator(".card", { hasText: "One" }), lane(ann, "In progress"));
  await expect.poll(() => titlesIn(lane(ann, "In progress"))).toEqual(["One"]);

  const two = page.locator(".card", { hasText: "Two" });
  await two.hover();
  await two.getByRole("button", { name: en.moveCard(`${key}-2`) }).click();
  await two.getByLabel(en.moveTo).selectOption({ label: "In progress" });
  await two.getByRole("button", { name: en.move, exact: true }).click();
  await expect.poll(() => titlesIn(lane(ann, "In progress"))).toEqual(["Two", "One"]);
  await page.reload();
  expect(await titlesIn(lane(ann, "In progress"))).toEqual(["Two", "One"]);
});

it("finds nothing wrong on a board and a task, on a desk and on a phone", async () => {
  const ann = await stage.agent("Ann Kowalska");
  const key = freshKey();
  await openProject(ann, key);
  await makeTask(ann, key, "Courier labels print without the apartment number");
  const inspection = new Inspection(ann.page);
  for (const width of [1280, 390]) {
    await ann.page.setViewportSize({ width, height: 800 });
    for (const [state, path] of [
      ["board", `/projects/${key}`],
      ["list", `/projects/${key}/list`],
      ["settings", `/projects/${key}/settings`],
      ["new task", `/projects/${key}/new`],
      ["own work", "/tasks"],
      ["new project", "/projects/new"],
    ] as const) {
      await ann.page.goto(demo.urls.portal + path);
      await ann.page.getByRole("heading", { level: 1 }).waitFor();
      await inspection.of(`${state}, ${width}`);
      expect(await ann.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
    await board(ann, key);
    await ann.page.getByRole("link", { name: /Courier labels/ }).click();
    await ann.thread.waitFor();
    await inspection.of(`task, ${width}`);
  }
  expect(inspection.found).toEqual([]);
});
