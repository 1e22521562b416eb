import { expect, inject, it } from "vitest";
import { projectWords } from "../../words/projects.ts";
import { taskViewWords } from "../../words/task-views.ts";
import { taskWords } from "../../words/tasks.ts";
import type { Agent } from "./agent.ts";
import {
  board,
  drag,
  dragByFinger,
  freshKey,
  lane,
  letIn,
  makeTask,
  openProject,
  phone,
  titlesIn,
} from "./projects.ts";
import { setStage } from "./stage.ts";

const stage = setStage(() => inject("demo"));
const en = { ...projectWords.en, ...taskWords.en };

/** What Ann is told aloud. */
const said = ({ page }: Agent) => page.locator("#say").innerText();

it("takes a card by the keyboard past columns to which no move leads", async () => {
  const ann = await stage.agent("Ann Kowalska");
  const key = freshKey();
  await openProject(ann, key);
  await makeTask(ann, key, "Again");
  await ann.page.locator('button[name="move"][value="done"]').click();
  await ann.thread.getByText("moved To do → Done").waitFor();
  await board(ann, key);
  const { page } = ann;
  await page.getByRole("link", { name: "Again", exact: true }).focus();
  await page.keyboard.press("Space");
  await page.locator(".card.lift").waitFor();
  await page.keyboard.press("ArrowRight");
  await page.locator(".toast").getByText(en.notOffered("Cancelled")).waitFor();
  await page.keyboard.press("ArrowLeft");
  await expect.poll(() => page.locator("#say").innerText()).toBe(en.standsIn("To do", 1, 1));
  await page.keyboard.press("Space");
  await expect.poll(() => page.locator("#say").innerText()).toBe(en.droppedIn(`${key}-1`, "To do"));
  expect(await titlesIn(lane(ann, "To do"))).toEqual(["Again"]);
});

/** A project of engineers with a task that is in progress: who lets it wait or cancels it says why. */
async function inProgress(agent: Agent, title: string): Promise<string> {
  const key = freshKey();
  await openProject(agent, key, "engineering");
  await makeTask(agent, key, title);
  await agent.page.locator('button[name="move"][value="start"]').click();
  await agent.thread.getByText("moved Triage → In progress").waitFor();
  return key;
}

it("asks why where a card is put, if the move takes a comment, by the keyboard; who says nothing finds it where it was", async () => {
  const ann = await stage.agent("Ann Kowalska");
  const key = await inProgress(ann, "Lost parcel");
  await board(ann, key);
  const { page } = ann;
  const why = page.getByLabel(en.commentNeeded);
  const lift = async () => {
    await page.getByRole("link", { name: "Lost parcel", exact: true }).focus();
    await page.keyboard.press("Space");
    await page.locator(".card.lift").waitFor();
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => said(ann)).toBe(en.standsIn("Waiting", 1, 1));
    await page.keyboard.press("Space");
    await expect.poll(() => why.evaluate((field) => field === document.activeElement)).toBe(true);
  };
  await lift();
  expect(await titlesIn(lane(ann, "Waiting"))).toEqual(["Lost parcel"]);
  await page.keyboard.press("Escape");
  await expect.poll(() => titlesIn(lane(ann, "In progress"))).toEqual(["Lost parcel"]);
  expect(await said(ann)).toBe(en.leftInPlace(`${key}-1`));
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe("Lost parcel");
  await lift();
  await page.keyboard.press("Enter");
  expect(await why.isVisible()).toBe(true);
  await page.keyboard.type("For the carrier.");
  await page.keyboard.press("Enter");
  await expect.poll(() => said(ann)).toBe(en.droppedIn(`${key}-1`, "Waiting"));
  expect(await why.count()).toBe(0);
  await page.reload();
  expect(await titlesIn(lane(ann, "Waiting"))).toEqual(["Lost parcel"]);
  await page.getByRole("link", { name: "Lost parcel", exact: true }).click();
  await ann.thread.getByText("For the carrier.").waitFor();
});

it("asks why where a card is put by the mouse", async () => {
  const ann = await stage.agent("Ann Kowalska");
  const key = await inProgress(ann, "Lost parcel");
  await board(ann, key);
  const { page } = ann;
  await drag(ann, page.locator(".card"), lane(ann, "Waiting"));
  await page.getByLabel(en.commentNeeded).fill("For the carrier.");
  await page.getByRole("button", { name: en.move, exact: true }).click();
  await expect.poll(() => said(ann)).toBe(en.droppedIn(`${key}-1`, "Waiting"));
  expect(await titlesIn(lane(ann, "Waiting"))).toEqual(["Lost parcel"]);
});

it("lets a finger that rests on a card drag it, also to a column out of sight", async () => {
  const ann = await stage.agent("Ann Kowalska", phone);
  const key = freshKey();
  await openProject(ann, key);
  await makeTask(ann, key, "Again");
  await board(ann, key);
  const { page } = ann;
  const card = page.locator(".card");
  // What the finger rests on is not marked as text.
  for (const part of await card.locator("> *").all())
    expect(await part.evaluate((shown) => getComputedStyle(shown).userSelect)).toBe("none");
  await dragByFinger(ann, card, lane(ann, "In progress"));
  await expect.poll(() => said(ann)).toBe(en.droppedIn(`${key}-1`, "In progress"));
  await makeTask(ann, key, "Farther");
  await board(ann, key);
  await dragByFinger(ann, card.filter({ hasText: "Farther" }), lane(ann, "Done"));
  await expect.poll(() => said(ann)).toBe(en.droppedIn(`${key}-2`, "Done"));
  await page.reload();
  for (const [state, title] of [
    ["In progress", "Again"],
    ["Done", "Farther"],
  ] as const) {
    await lane(ann, state).scrollIntoViewIfNeeded();
    await expect.poll(() => titlesIn(lane(ann, state))).toEqual([title]);
  }
});

it("keeps the open menu of a card with what was written there, whatever a colleague does to the task", async () => {
  const [ann, ben] = [await stage.agent("Ann Kowalska", { allowed: /422/ }), await stage.agent("Ben Okafor")];
  const key = await inProgress(ann, "Lost parcel");
  await letIn(ann, key, "Ben Okafor");
  await board(ann, key);
  await board(ben, key);
  await ben.page.getByRole("link", { name: "Lost parcel", exact: true }).click();
  const card = ann.page.locator(".card");
  const why = card.getByLabel(en.commentNeeded);
  await card.hover();
  await card.getByRole("button", { name: en.moveCard(`${key}-1`) }).click();
  expect(await why.isVisible()).toBe(false);
  await card.getByLabel(en.moveTo).selectOption({ label: "Cancelled" });
  await why.fill("Nobody misses it.");

  // A second card shows that what has become of the first one has arrived.
  await ben.page.getByRole("button", { name: `${en.priority}:` }).click();
  await ben.page.getByRole("button", { name: en.priorities.urgent, exact: true }).click();
  await ben.thread.getByText("changed the priority from None to Urgent").waitFor();
  await ben.page.locator('button[name="move"][value="stop"]').click();
  await ben.thread.getByText("moved In progress → Backlog").waitFor();
  await makeTask(ben, key, "Another");
  await lane(ann, "Triage").getByText("Another").waitFor();
  // Above the board stands how many there are.
  expect(await ann.page.locator("#found-count").innerText()).toBe(taskViewWords.en.found(2));
  expect(await why.inputValue()).toBe("Nobody misses it.");

  // Nobody cancels from the backlog what they saw in progress: they are told, and keep their words.
  await card.getByRole("button", { name: en.move, exact: true }).click();
  await ann.page.locator(".toast").getByText("Backlog").waitFor();
  expect(await why.inputValue()).toBe("Nobody misses it.");
  await ann.page.keyboard.press("Escape");
  await expect.poll(() => titlesIn(lane(ann, "Backlog"))).toEqual(["Lost parcel"]);
  await ann.page.locator(".card .pri.urg").waitFor();
});

it("says that a task is late on pages that stay open, to which nothing happens", async () => {
  const ann = await stage.agent("Ann Kowalska");
  const key = freshKey();
  const { page } = ann;
  await openProject(ann, key);
  await makeTask(ann, key, "Soon");
  await page.getByRole("button", { name: `${en.due}:` }).click();
  await page.getByLabel(en.dueDate).fill(new Date(Date.now() + 24 * 60 * 60_000).toISOString().slice(0, 10));
  await page.locator("#due-menu").getByRole("button", { name: en.save }).click();
  await page.locator(".due time").waitFor();
  const task = page.url();
  await page.clock.install();
  for (const url of [task, `${inject("demo").urls.portal}/projects/${key}`]) {
    await page.clock.setSystemTime(new Date());
    await page.goto(url);
    await page.locator(".due:not(.late) time").waitFor();
    await page.clock.fastForward(72 * 60 * 60_000);
    await page.locator(".due.late").waitFor();
  }
});
