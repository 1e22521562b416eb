import type { Page } from "playwright-core";
import { expect, inject, it } from "vitest";
import { projectWords } from "../../words/projects.ts";
import { refusalWords } from "../../words/refusals.ts";
import { reminderWords } from "../../words/reminders.ts";
import { taskViewWords } from "../../words/task-views.ts";
import { taskWords } from "../../words/tasks.ts";
import type { Agent } from "./agent.ts";
import { Inspection } from "./axe.ts";
import { freshKey, letIn, makeTask, openProject } from "./projects.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);
const en = { ...projectWords.en, ...taskWords.en };
/** A refusal and a network that fails are faults to the console. */
const allowed = /status of 4\d\d|ERR_FAILED|htmx:error/;

/** A task in a project of its own; answers the project's key. */
async function openTask(agent: Agent, title: string, colleague?: string): Promise<string> {
  const key = freshKey();
  await openProject(agent, key);
  if (colleague) await letIn(agent, key, colleague);
  await makeTask(agent, key, title);
  return key;
}

/** Changes the title or the description in the dialog of both. */
async function rewrite(page: Page, field: "title" | "description", text: string): Promise<void> {
  await page.getByRole("button", { name: en.edit, exact: true }).click();
  await page.getByRole("dialog").getByLabel(en[field], { exact: true }).fill(text);
}

const save = (page: Page) => page.getByRole("dialog").getByRole("button", { name: en.save, exact: true }).click();
const focusedId = (page: Page) => page.evaluate(() => document.activeElement?.id ?? "");

it("writes over nothing that a colleague has saved while a dialog stood open, and says in the dialog why not", async () => {
  const [ann, ben] = [await stage.agent("Ann Kowalska", { allowed }), await stage.agent("Ben Okafor", { allowed })];
  await openTask(ann, "Mend the lamp", "Ben Okafor");
  await ben.page.goto(ann.page.url());
  const { page } = ann;
  await rewrite(page, "title", "Mend both lamps");
  await rewrite(ben.page, "description", "First the cable,\n\nthen the shade.");
  await save(ben.page);
  await ann.thread.getByText("changed the description").waitFor();
  await save(page);
  await page.getByRole("heading", { level: 1, name: "Mend both lamps" }).waitFor();
  await page.locator("#task-about .prose").getByText("then the shade.").waitFor();

  await rewrite(page, "description", "Only the bulb.");
  await rewrite(ben.page, "description", "Nothing, it works again.");
  await save(ben.page);
  await ben.page.locator("#task-about .prose").getByText("Nothing, it works again.").waitFor();
  await save(page);
  await page.getByRole("dialog").getByRole("alert").getByText(refusalWords.task_changed_meanwhile.en).waitFor();
  expect(await page.getByLabel(en.description, { exact: true }).inputValue()).toBe("Only the bulb.");
  await page.keyboard.press("Escape");
  await page.locator("#task-about .prose").getByText("Nothing, it works again.").waitFor();
  await page.getByRole("button", { name: en.edit, exact: true }).click();
  expect(await page.getByRole("dialog").getByRole("alert").count()).toBe(0);
});

it("closes no dialog that was opened while what a colleague has changed was on its way", async () => {
  const [ann, ben] = [await stage.agent("Ann Kowalska"), await stage.agent("Ben Okafor")];
  await openTask(ann, "Mend the lamp", "Ben Okafor");
  await ben.page.goto(ann.page.url());
  const { page } = ann;
  const opened = Promise.withResolvers<void>();
  await page.route("**/about", (route) => opened.promise.then(() => route.continue()));
  const asked = page.waitForRequest("**/about");
  const answered = page.waitForResponse("**/about");
  await rewrite(ben.page, "description", "First the cable.");
  await save(ben.page);
  await asked;
  await rewrite(page, "title", "Mend both lamps");
  opened.resolve();
  await (await answered).finished();
  await page.evaluate(() => new Promise(requestAnimationFrame));
  await save(page);
  await page.getByRole("heading", { level: 1, name: "Mend both lamps" }).waitFor();
  await page.locator("#task-about .prose").getByText("First the cable.").waitFor();
});

it("takes lines of a checklist one after another by Enter, each once, and loses none to what colleagues do meanwhile", async () => {
  const [ann, ben] = [await stage.agent("Ann Kowalska"), await stage.agent("Ben Okafor")];
  await openTask(ann, "Fit out the kiosk", "Ben Okafor");
  await ben.page.goto(ann.page.url());
  const { page } = ann;
  const field = page.getByLabel(en.addItem);
  const listed = () => page.locator(".checklist li").allInnerTexts();
  await field.focus();
  await page.keyboard.type("Buy cable");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await page.keyboard.type("Buy screws");
  await page.keyboard.press("Enter");
  await page.keyboard.type("Draw a p");
  await ben.page.getByLabel(en.addItem).fill("Ask the landlord");
  await ben.page.getByRole("button", { name: en.add, exact: true }).click();
  await ben.page.locator(".checklist").getByText("Ask the landlord").waitFor();
  await page.keyboard.type("lan");
  expect(await field.inputValue()).toBe("Draw a plan");
  await page.getByRole("button", { name: en.add, exact: true }).click();
  await expect.poll(listed).toEqual(["Buy cable", "Buy screws", "Ask the landlord", "Draw a plan"]);
  expect([await field.inputValue(), await field.evaluate((one) => one === document.activeElement)]).toEqual(["", true]);

  // What is begun there holds nothing else up.
  await field.fill("Order pai");
  await page.locator(".checklist .tick").first().click();
  await expect.poll(() => page.locator(".checklist .is-done").count()).toBe(1);
  expect(await field.inputValue()).toBe("Order pai");
});

it("keeps the focus where somebody works by the keyboard: over a tick, a move, and being done with a reminder", async () => {
  const ann = await stage.agent("Ann Kowalska");
  await openTask(ann, "Count the stock");
  const { page } = ann;
  for (const line of ["Lamps", "Bulbs"]) {
    await page.getByLabel(en.addItem).fill(line);
    await page.keyboard.press("Enter");
    await page.locator(".checklist").getByText(line).waitFor();
  }
  const tick = page.locator(".checklist .tick").first();
  const tickId = (await tick.getAttribute("id"))!;
  await tick.focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => page.locator(".checklist .is-done").count()).toBe(1);
  expect(await focusedId(page)).toBe(tickId);
  await page.getByRole("button", { name: en.removeItem("Bulbs") }).focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => page.locator(".checklist li").count()).toBe(1);
  expect(await focusedId(page)).toBe(tickId);

  await page.getByRole("button", { name: "Start", exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.locator(".state-now").getByText("In progress").waitFor();
  await expect.poll(() => focusedId(page)).toBe("state-now");

  for (const what of ["once", "twice"]) {
    await ann.field.fill(`/remind me in 2h ${what}`);
    await page.getByRole("button", { name: en.comment }).click();
  }
  await expect.poll(() => ann.thread.getByText("You will be reminded:").count()).toBe(2);
  await page.goto(`${demo.urls.portal}/reminders`);
  const cancel = page.locator("#reminders").getByRole("button", { name: reminderWords.en.cancel });
  const count = await cancel.count();
  const next = (await cancel.nth(1).getAttribute("id"))!;
  await cancel.first().focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => cancel.count()).toBe(count - 1);
  expect(await focusedId(page)).toBe(next);
});

it("leaves the way back of a change of several tasks where it is, whatever else is said in passing", async () => {
  const ann = await stage.agent("Ann Kowalska", { allowed });
  const words = taskViewWords.en;
  const key = await openTask(ann, "Wind the clock");
  const { page } = ann;
  await page.goto(`${demo.urls.portal}/projects/${key}/list`);
  const apply = async (priority: string) => {
    await page.getByLabel(words.select(`${key}-1`), { exact: true }).check();
    await page.getByLabel(words.setPriority).selectOption(priority);
    await page.getByRole("button", { name: words.carryOut }).click();
  };
  await apply("high");
  await page.locator(".toast").getByText(words.changed(1)).waitFor();
  await page.locator("tbody .pri").waitFor();
  const failing = "**/bulk";
  await page.route(failing, (route) => route.abort());
  await apply("low");
  await page.locator(".toast").getByText(ann.words.actionFailed).waitFor();
  await page.unroute(failing);
  expect(await page.locator(".toast").allInnerTexts()).toHaveLength(2);
  await page.locator("h1").first().click();
  await page.keyboard.press("z");
  await page.locator(".toast").getByText(words.takenBack(1)).waitFor();
  expect(await page.getByRole("button", { name: ann.words.undo }).count()).toBe(0);
  await expect.poll(() => page.locator("tbody .pri").count()).toBe(0);
});

it("puts a task among others by the keyboard and by mouse, says beside the field why not, and shows it to whoever else is there", async () => {
  const [ann, irina] = [
    await stage.agent("Ann Kowalska", { allowed }),
    await stage.agent("Ирина Смирнова", { hasTouch: true, viewport: { width: 390, height: 844 } }),
  ];
  const key = await openTask(ann, "Relaunch the shop", "Ирина Смирнова");
  const whole = ann.page.url();
  await makeTask(ann, key, "Paint the door");
  const { page } = ann;
  const section = (one: Page, heading: string) =>
    one.locator(".related", { has: one.getByRole("heading", { name: new RegExp(`^${heading}`) }) });
  await irina.page.goto(whole);
  await irina.page.getByRole("button", { name: taskWords.ru.details, exact: true }).tap();
  const parts = section(irina.page, taskWords.ru.subtasks);
  await parts.locator("summary").waitFor();

  // By the keyboard alone: what cannot be taken stays where it was written.
  const parent = section(page, en.parent);
  await parent.locator("summary").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.type(`${key}-99`);
  await page.keyboard.press("Enter");
  await parent
    .getByRole("alert")
    .getByText(en.noTaskNamed(`${key}-99`))
    .waitFor();
  const field = page.getByLabel(en.parentTask, { exact: true });
  expect(await field.evaluate((one: HTMLInputElement) => [one.value, one === document.activeElement])).toEqual([
    `${key}-99`,
    true,
  ]);
  const inspection = new Inspection(page);
  await inspection.of("a relation refused");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("relaunch");
  await parent.locator(`option[value="${key}-1"]`).waitFor({ state: "attached" });
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(`${key}-1`);
  expect(await parent.getByRole("alert").count()).toBe(0);
  await page.keyboard.press("Enter");
  await parent.getByRole("link", { name: "Relaunch the shop" }).waitFor();
  await expect.poll(() => parent.locator("summary").evaluate((one) => one === document.activeElement)).toBe(true);
  await parts.getByRole("link", { name: "Paint the door" }).waitFor();

  // By touch, several parts one after another, while the task is shown to somebody else.
  await parts.locator("summary").tap();
  for (const title of ["Choose a colour", "Buy a brush"]) {
    await irina.page.keyboard.type(title);
    await irina.page.keyboard.press("Enter");
    await parts.getByRole("link", { name: title }).waitFor();
  }

  // By mouse: linked, and let go.
  const links = section(page, en.related);
  await links.locator("summary").click();
  await links.getByLabel(en.linkSide).selectOption("blocked_by");
  await links.getByLabel(en.otherTask, { exact: true }).fill("choose a colour");
  await links.getByRole("button", { name: en.add, exact: true }).click();
  await links.getByRole("link", { name: "Choose a colour" }).waitFor();
  await inspection.of("a task among others");
  await links.getByRole("button", { name: en.removeItem(`${en.links.blocked_by} ${key}-3`) }).click();
  await expect.poll(() => links.getByRole("link").count()).toBe(0);
  await parent.getByRole("button", { name: en.leaveParent(`${key}-1`) }).click();
  await expect.poll(() => parts.getByRole("link").allInnerTexts()).toHaveLength(2);
  const onPhone = new Inspection(irina.page);
  await onPhone.of("subtasks on a phone");
  expect([...inspection.found, ...onPhone.found]).toEqual([]);
});

it("puts a task among others without any script, and says on its page why not", async () => {
  const ann = await stage.agent("Ann Kowalska");
  const key = await openTask(ann, "Relaunch the shop");
  const { page } = await stage.agent("Ann Kowalska", { javaScriptEnabled: false, allowed });
  await page.goto(ann.page.url());
  const links = page.locator(".related", { has: page.getByRole("heading", { name: en.related, exact: true }) });
  await links.locator("summary").click();
  await links.getByLabel(en.otherTask, { exact: true }).fill(`${key}-1`);
  await links.getByLabel(en.linkSide).selectOption("duplicates");
  await page.keyboard.press("Enter");
  await links.getByText(refusalWords.task_link_cycle.en).waitFor();
  expect(await links.getByLabel(en.linkSide).inputValue()).toBe("duplicates");
  await page.locator(".related summary").nth(1).click();
  await page.getByLabel(en.subtaskTitle).fill("Paint the door");
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "Paint the door" }).waitFor();
});
