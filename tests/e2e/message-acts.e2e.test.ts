import type { Locator } from "playwright-core";
import { beforeEach, expect, inject, it } from "vitest";
import { roomWords } from "../../words/rooms.ts";
import type { Agent } from "./agent.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);
const en = roomWords.en;

let ann: Agent;
let ben: Agent;

/** Both in one new channel, with something said. */
beforeEach(async () => {
  ann = await stage.agent("Ann Kowalska", { allowed: /422/ });
  ben = await stage.agent("Ben Okafor", { viewport: { width: 1280, height: 600 } });
  const name = `acts-${Date.now()}`;
  await ann.page.getByRole("link", { name: en.browseChannels }).click();
  await ann.page.getByLabel(en.name, { exact: true }).fill(name);
  await ann.page.getByRole("button", { name: en.create, exact: true }).click();
  await ann.page.getByLabel(en.addMember).selectOption({ label: "Ben Okafor" });
  await ann.page.getByRole("button", { name: en.add, exact: true }).click();
  await ben.page.getByRole("navigation", { name: ben.words.mainNavigation }).getByRole("link", { name }).click();
  await say(ann, "The lamp flickers");
  await lineOf(ben, "The lamp flickers").waitFor();
});

async function say(agent: Agent, text: string): Promise<void> {
  await agent.field.fill(text);
  await agent.page.getByRole("button", { name: agent.words.send }).click();
  await lineOf(agent, text).waitFor();
}

function lineOf(agent: Agent, text: string): Locator {
  return agent.thread.locator(".msg:not(.ghost)").filter({ has: agent.page.getByText(text, { exact: true }) });
}

/** What stands in the window, reloaded, is what stood there before. */
async function expectSameAfterReload(agent: Agent): Promise<void> {
  const read = () =>
    agent.thread
      .locator(".msg")
      .evaluateAll((lines) => lines.map((line) => [line.className, line.querySelector(".msg-b")!.innerHTML]));
  const before = await read();
  await agent.page.reload();
  await expect.poll(read).toEqual(before);
}

it("edits a message where it stands, by ArrowUp too, and keeps what it said before", async () => {
  await ann.field.press("ArrowUp");
  const editor = ann.page.getByRole("textbox", { name: ann.words.editMessage });
  await expect.poll(() => editor.inputValue()).toBe("The lamp flickers");
  await editor.press("Escape");
  expect(await editor.count()).toBe(0);
  await ann.act(lineOf(ann, "The lamp flickers"), "edit");
  await editor.fill("The lamp is **fine** :+1:");
  await editor.press("Control+Enter");
  for (const agent of [ann, ben]) await agent.thread.getByText("The lamp is fine 👍").waitFor();
  await ben.thread.getByRole("link", { name: ben.words.edited }).click();
  const history = ben.page.getByRole("dialog", { name: ben.words.earlierVersions });
  await history.getByText("The lamp flickers").waitFor();
  await ben.page.keyboard.press("Escape");
  await ben.thread.locator(".msg").first().hover();
  await ben.page.getByRole("button", { name: ben.words.moreActs, exact: true }).click();
  expect(await ben.page.getByRole("button", { name: ben.words.messageActs.edit, exact: true }).isVisible()).toBe(false);
  await ben.page.keyboard.press("Escape");
  for (const agent of [ann, ben]) await expectSameAfterReload(agent);
});

it("says in the editor why an edit was refused, and keeps it", async () => {
  await ann.act(lineOf(ann, "The lamp flickers"), "edit");
  const editor = ann.page.getByRole("textbox", { name: ann.words.editMessage });
  await editor.fill("   ");
  await editor.press("Control+Enter");
  await ann.thread.getByText("Write something first.").waitFor();
  expect(await editor.inputValue()).toBe("   ");
  await lineOf(ben, "The lamp flickers").waitFor();
  await editor.press("Escape");
  await lineOf(ann, "The lamp flickers").waitFor();
});

it("deletes a message after asking, with the focus on the safe answer", async () => {
  const line = lineOf(ann, "The lamp flickers");
  await ann.act(line, "delete");
  const question = ann.page.getByRole("dialog", { name: ann.words.deleteQuestion });
  await ann.page.keyboard.press("Enter");
  await expect.poll(() => question.isVisible()).toBe(false);
  await ann.act(line, "delete");
  await question.getByRole("button", { name: ann.words.deleteForGood }).click();
  for (const agent of [ann, ben]) await agent.thread.getByText(agent.words.deletedMessage).waitFor();
  await ann.thread.getByText(ann.words.deletedMessage).hover();
  expect(await ann.thread.locator(".gone > .acts").count()).toBe(0);
  for (const agent of [ann, ben]) await expectSameAfterReload(agent);
});

it("sets signs under a message by mouse and keyboard, and takes them away", async () => {
  await ann.act(lineOf(ann, "The lamp flickers"), "react");
  await ann.page.getByRole("dialog", { name: ann.words.react }).getByRole("button", { name: "👀" }).click();
  const [own, others] = [ann, ben].map((agent) => agent.thread.locator(".rx").filter({ hasText: "👀" })) as [
    Locator,
    Locator,
  ];
  expect(await own.getAttribute("aria-pressed")).toBe("true");
  await expect.poll(() => others.getAttribute("aria-pressed")).toBe("false");
  await others.focus();
  await ben.page.keyboard.press("Enter");
  for (const pill of [own, others]) await expect.poll(() => pill.locator("span").last().innerText()).toBe("2");
  await expect.poll(() => others.getAttribute("aria-pressed")).toBe("true");
  await expect.poll(() => own.getAttribute("aria-label")).toContain("Ben Okafor");
  expect(await others.evaluate((pill) => pill === document.activeElement)).toBe(true);

  await ann.act(lineOf(ann, "The lamp flickers"), "react");
  const picker = ann.page.getByRole("dialog", { name: ann.words.react });
  await picker.getByRole("textbox", { name: ann.words.findEmoji }).fill("bulb");
  await picker.getByRole("button", { name: "💡 bulb" }).click();
  await ben.thread.locator(".rx").filter({ hasText: "💡" }).waitFor();
  await own.click();
  await expect.poll(() => others.locator("span").last().innerText()).toBe("1");
  for (const agent of [ann, ben]) await expectSameAfterReload(agent);
});

it("keeps pinned messages at hand, and opens a link to one that is far up", async () => {
  for (let line = 1; line <= 60; line++) await say(ann, `Line ${line}`);
  await ann.page.goto(ann.page.url());
  await ben.page.reload();
  const id = await ben.page.evaluate(async () => {
    const older = document.querySelector<HTMLElement>("#older");
    older?.scrollIntoView();
    return location.href;
  });
  expect(id).toContain("/conversations/");
  await lineOf(ben, "The lamp flickers").waitFor();
  const address = `${ben.page.url()}#${await lineOf(ben, "The lamp flickers").getAttribute("id")}`;
  await ben.act(lineOf(ben, "The lamp flickers"), "pin");
  const pinned = ann.page.locator("#pinned").getByRole("link", { name: /The lamp flickers/ });
  await pinned.waitFor();
  await pinned.click();
  const line = lineOf(ann, "The lamp flickers");
  await expect.poll(() => isInView(line)).toBe(true);
  expect(await line.evaluate((element) => element === document.activeElement)).toBe(true);

  const other = await ann.inAnotherWindow();
  await other.page.goto("about:blank");
  await other.page.goto(address);
  await expect.poll(() => isInView(lineOf(other, "The lamp flickers"))).toBe(true);
  await ben.act(lineOf(ben, "The lamp flickers"), "pin");
  await expect.poll(() => pinned.count()).toBe(0);
});

it("never moves the page under somebody who reads history", async () => {
  for (let line = 1; line <= 30; line++) await say(ann, `Line ${line}`);
  const read = lineOf(ben, "Line 16");
  await read.waitFor();
  await read.evaluate((element) => element.scrollIntoView({ block: "center" }));
  const placeOf = () => read.evaluate((element) => Math.round(element.getBoundingClientRect().top));
  await expect.poll(() => isInView(read)).toBe(true);
  const before = await placeOf();
  const editor = ann.page.getByRole("textbox", { name: ann.words.editMessage });
  // Below the window, above it, and at its upper edge.
  for (const text of ["Line 30", "The lamp flickers", await firstInView(ben)]) {
    await ann.act(lineOf(ann, text), "edit");
    await editor.fill(`${text} is long now\n\n${"and longer\n".repeat(8)}`);
    await editor.press("Control+Enter");
    await ben.thread.getByText(`${text} is long now`).waitFor({ state: "attached" });
    expect(await placeOf()).toBe(before);
  }
});

/** What the first line says that can be seen in part. */
function firstInView(agent: Agent): Promise<string> {
  return agent.page.locator(".stream-scroll").evaluate((box) => {
    const lines = [...box.querySelectorAll<HTMLElement>(".msg")];
    const first = lines.find((line) => line.getBoundingClientRect().bottom > box.getBoundingClientRect().top + 2)!;
    return first.querySelector<HTMLElement>(".prose")!.innerText;
  });
}

/** Whether it can be seen in the thread's box. */
function isInView(line: Locator): Promise<boolean> {
  return line.evaluate((element) => {
    const [own, box] = [element, element.closest(".stream-scroll")!].map((one) => one.getBoundingClientRect());
    return own!.top >= box!.top && own!.bottom <= box!.bottom;
  });
}

it("counts as unread again from a message on, in all windows, until one comes back; and tells who has seen it", async () => {
  const name = (await ben.page.getByRole("heading", { level: 1 }).innerText()).slice(1);
  const linkOf = (agent: Agent) =>
    agent.page.getByRole("navigation", { name: ben.words.mainNavigation }).getByRole("link", { name });
  const other = await ben.inAnotherWindow();
  await other.page.goto(demo.urls.portal);
  await say(ann, "And hums");
  await lineOf(ben, "And hums").waitFor();
  await expect.poll(() => linkOf(other).locator(".count").innerText()).toBe("");
  await ben.act(lineOf(ben, "The lamp flickers"), "markUnread");
  for (const agent of [ben, other]) await linkOf(agent).locator(".count").getByText("2", { exact: true }).waitFor();
  await say(ann, "And smells");
  await linkOf(other).locator(".count").getByText("3", { exact: true }).waitFor();
  await linkOf(other).click();
  await other.page.locator("#new-line").waitFor();
  for (const agent of [ben, other]) await expect.poll(() => linkOf(agent).locator(".count").innerText()).toBe("");
  await ann.act(lineOf(ann, "And smells"), "seenBy");
  await ann.page
    .getByRole("dialog", { name: ann.words.seenBy(1) })
    .getByText("Ben Okafor")
    .waitFor();
});
