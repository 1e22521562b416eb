import type { Locator } from "playwright-core";
import { beforeEach, expect, inject, it } from "vitest";
import { roomWords } from "../../words/rooms.ts";
import type { Agent } from "./agent.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);
const en = roomWords.en;

/** More lines than this no window keeps that stands at the end. */
const MOST = 100;

let ann: Agent;
let ben: Agent;

/** Both at the end of one new channel. */
beforeEach(async () => {
  ann = await stage.agent("Ann Kowalska");
  ben = await stage.agent("Ben Okafor");
  const name = `long-${Date.now()}`;
  await ann.page.getByRole("link", { name: en.browseChannels }).click();
  await ann.page.getByLabel(en.name, { exact: true }).fill(name);
  await ann.page.getByRole("button", { name: en.create, exact: true }).click();
  await ann.page.getByLabel(en.addMember).selectOption({ label: "Ben Okafor" });
  await ann.page.getByRole("button", { name: en.add, exact: true }).click();
  await ben.page.getByRole("navigation", { name: ben.words.mainNavigation }).getByRole("link", { name }).click();
  await ben.field.waitFor();
});

/** Says "Line 7" to "Line 9", as quickly as the server takes them, and waits until Ann sees the last. */
async function talk(from: number, to: number): Promise<void> {
  await ben.page.evaluate(
    async ([first, last]) => {
      const { action } = document.querySelector<HTMLFormElement>("#composer")!;
      for (let line = first!; line <= last!; line++) {
        const clientId = crypto.randomUUID();
        const body = new URLSearchParams({ clientId, visibility: "everyone", body: `Line ${line}` });
        await fetch(action, { method: "POST", headers: { "HX-Request": "true" }, body });
      }
    },
    [from, to],
  );
  await lineOf(ann, `Line ${to}`).waitFor();
}

function lineOf(agent: Agent, text: string): Locator {
  return agent.thread.locator(".msg:not(.ghost)").filter({ has: agent.page.getByText(text, { exact: true }) });
}

function lines(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => `Line ${from + index}`);
}

async function say(agent: Agent, text: string): Promise<void> {
  await agent.field.fill(text);
  await agent.page.getByRole("button", { name: agent.words.send }).click();
  await lineOf(agent, text).waitFor();
}

it("keeps what the agent is busy with, and all that follows it, until they are done", async () => {
  await say(ann, "A slip of the pen");
  const field = ann.page.locator("#composer textarea");
  const editor = ann.page.getByRole("textbox", { name: ann.words.editMessage });
  await ann.act(lineOf(ann, "A slip of the pen"), "edit");
  await editor.fill("A slip of");
  await field.focus();
  await ann.page.locator(".stream-scroll").evaluate((box) => box.scrollTo(0, 0));
  await talk(1, MOST + 20);
  expect(await editor.inputValue()).toBe("A slip of");
  expect(await ann.said()).toHaveLength(MOST + 21);
  await editor.evaluate((field) => field.focus({ preventScroll: true }));
  await editor.press("Escape");
  await ann.page.locator(".stream-scroll").evaluate((box) => box.scrollTo(0, 0));
  await talk(MOST + 21, MOST + 21);
  // Now it is the line that has the focus.
  expect(await ann.said()).toHaveLength(MOST + 22);
  await field.focus();
  await talk(MOST + 22, MOST + 22);
  expect((await ann.said()).length).toBeLessThan(MOST);
});

it("opens a link to a line that it has dropped, edited meanwhile, with all that was said since and the beginning", async () => {
  await say(ann, "How it began");
  const link = `#${await lineOf(ann, "How it began").getAttribute("id")}`;
  const beginning = ann.page.locator(".beginning");
  await beginning.waitFor();
  await talk(1, 3 * MOST);
  expect((await ann.said()).length).toBeLessThanOrEqual(MOST);
  expect(await ann.thread.locator(".day").count()).toBe(1);
  expect(await beginning.isVisible()).toBe(false);

  const other = await ann.inAnotherWindow();
  await other.page.evaluate((to) => location.assign(to), link);
  await other.act(lineOf(other, "How it began"), "edit");
  await other.page.getByRole("textbox", { name: ann.words.editMessage }).fill("How it all began");
  await other.page.keyboard.press("Control+Enter");
  await other.page.getByRole("link", { name: ann.words.edited }).waitFor();
  expect(await lineOf(ann, "How it began").count()).toBe(0);

  await ann.page.evaluate((to) => location.assign(to), link);
  const line = lineOf(ann, "How it all began");
  await expect.poll(() => line.evaluate((one) => one === document.activeElement)).toBe(true);
  expect(await ann.said()).toEqual(["How it all began", ...lines(1, 3 * MOST)]);
  expect(await ann.thread.locator(".day").count()).toBe(1);
  await beginning.waitFor();
  // Who reads history keeps it, whatever comes.
  await talk(3 * MOST + 1, 3 * MOST + 1);
  expect(await ann.said()).toHaveLength(3 * MOST + 2);
});

it("drops nothing that a high window shows", async () => {
  await ann.page.setViewportSize({ width: 1280, height: 5_000 });
  const asked: string[] = [];
  ann.page.on("request", (request) => request.url().includes("/messages?before=") && asked.push(request.url()));
  await talk(1, MOST + 60);
  const seen = await ann.page.locator(".stream-scroll").evaluate((box) => {
    const { top } = box.getBoundingClientRect();
    const first = box.querySelector(".msg")!.getBoundingClientRect();
    return first.top < top || box.querySelectorAll(".msg").length;
  });
  expect(seen === true || seen === MOST + 60).toBe(true);
  expect(asked).toEqual([]);
});
