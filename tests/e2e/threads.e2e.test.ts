import type { Locator } from "playwright-core";
import { expect, inject, it } from "vitest";
import { roomWords } from "../../words/rooms.ts";
import type { Agent } from "./agent.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);
const en = roomWords.en;

/** The thread that is open beside a room. */
const pane = ({ page }: Agent) => page.locator("#replies");
const field = (agent: Agent) => pane(agent).getByLabel(en.replyInThread, { exact: true });
const messageIn = (agent: Agent, text: string): Locator => agent.thread.locator(".msg:not(.ghost)", { hasText: text });
const unreadThreads = async ({ page }: Agent) => Number(await page.locator("#thread-count").innerText());

async function say(agent: Agent, text: string): Promise<void> {
  await agent.field.fill(text);
  await agent.page.getByRole("button", { name: agent.words.send }).click();
  await messageIn(agent, text).waitFor();
}

async function reply(agent: Agent, text: string): Promise<void> {
  await field(agent).fill(text);
  await pane(agent).getByRole("button", { name: en.replyVerb, exact: true }).click();
  await pane(agent).locator(".msg:not(.ghost)", { hasText: text }).waitFor();
}

/** Opens the thread of a message by its bar. */
async function openThread(agent: Agent, text: string): Promise<void> {
  await messageIn(agent, text).hover();
  await agent.page.getByRole("button", { name: agent.words.messageActs.replyInThread }).click();
  await pane(agent).waitFor();
}

async function openChannel(agent: Agent): Promise<void> {
  await agent.page.locator("#rooms-named a", { hasText: "general" }).click();
  await agent.page.getByRole("heading", { level: 1, name: "general" }).waitFor();
}

it("lets two talk beside the channel: live in every window, counted until it is read, and no news of the channel", async () => {
  const ann = await stage.agent("Ann Kowalska");
  const [ben, elsewhere] = [await stage.agent("Ben Okafor"), await stage.agent("Ben Okafor")];
  const root = `Who has the key? ${Date.now()}`;
  for (const agent of [ann, ben, elsewhere]) await openChannel(agent);
  await say(ben, root);
  await messageIn(ann, root).waitFor();
  const before = { ann: await unreadThreads(ann), ben: await unreadThreads(ben) };
  await openThread(ann, root);
  await expect.poll(() => field(ann).evaluate((element) => element === document.activeElement)).toBe(true);
  await reply(ann, "I have it");
  const line = messageIn(ben, root).locator(".replies");
  await line.getByText(en.replies(1)).waitFor();
  expect(await line.getAttribute("class")).toBe("replies new");
  expect(await ben.thread.getByText("I have it").count()).toBe(0);
  await expect.poll(() => unreadThreads(ben)).toBe(before.ben + 1);
  await ben.page.reload();
  expect(await unreadThreads(ben)).toBe(before.ben + 1);

  await line.getByRole("link").click();
  await pane(ben).getByText("I have it").waitFor();
  expect(new URL(ben.page.url()).pathname).toMatch(/\/threads\/[0-9a-f-]+$/);
  await expect.poll(() => unreadThreads(ben)).toBe(before.ben);
  await reply(ben, "Thank you");
  await pane(ann).getByText("Thank you").waitFor();
  for (const agent of [ann, elsewhere]) await messageIn(agent, root).getByText(en.replies(2)).waitFor();
  expect(await unreadThreads(ann)).toBe(before.ann);
  const settled = async ({ page }: Agent) => (await page.locator("#replies .log").innerText()).replaceAll(/\s+/g, " ");
  const here = await settled(ben);
  await ben.page.reload();
  expect(await settled(ben)).toBe(here);
});

it("shows a reply in the channel too where that is wanted, with the way to its thread", async () => {
  const ann = await stage.agent("Ann Kowalska");
  const ben = await stage.agent("Ben Okafor");
  const root = `Which crate? ${Date.now()}`;
  for (const agent of [ann, ben]) await openChannel(agent);
  await say(ann, root);
  await openThread(ann, root);
  await pane(ann).getByLabel(en.alsoInConversation).check();
  const answer = `The blue one ${Date.now()}`;
  await reply(ann, answer);
  for (const agent of [ann, ben]) await messageIn(agent, answer).getByText(en.repliedTo).waitFor();
  await messageIn(ben, answer).getByRole("link", { name: en.repliedTo }).click();
  await pane(ben).getByText(en.alsoThere).waitFor();
});

it("comes back by Back, closes on Escape where one was, and works from the keyboard", async () => {
  const ann = await stage.agent("Ann Kowalska");
  const root = `Lights out at nine ${Date.now()}`;
  await openChannel(ann);
  const { pathname } = new URL(ann.page.url());
  await say(ann, root);
  await messageIn(ann, root).focus();
  await ann.page.keyboard.press("t");
  await reply(ann, "Or ten");
  await ann.page.keyboard.press("Escape");
  await expect.poll(() => pane(ann).count()).toBe(0);
  expect(new URL(ann.page.url()).pathname).toBe(pathname);
  const way = messageIn(ann, root).locator(".replies a");
  await expect.poll(() => way.evaluate((element) => element === document.activeElement)).toBe(true);
  await ann.page.goBack();
  await pane(ann).getByText("Or ten").waitFor();
  await ann.page.goBack();
  await expect.poll(() => pane(ann).count()).toBe(0);
});

it("keeps a reply that did not arrive, and sends it again once", async () => {
  const ann = await stage.agent("Ann Kowalska", { allowed: /ERR_FAILED|htmx:error/ });
  const root = `Is the line up? ${Date.now()}`;
  await openChannel(ann);
  await say(ann, root);
  await openThread(ann, root);
  await ann.page.route(/\/threads\/[^/]+$/, (route) =>
    route.request().method() === "POST" ? route.abort() : route.continue(),
  );
  await field(ann).fill("Not yet");
  await pane(ann).getByRole("button", { name: en.replyVerb, exact: true }).click();
  await pane(ann).getByText(ann.words.notSentOffline).waitFor();
  await ann.page.unroute(/\/threads\/[^/]+$/);
  await ann.page.reload();
  await pane(ann).getByRole("button", { name: ann.words.tryAgain }).click();
  await expect.poll(() => pane(ann).locator(".log .msg:not(.ghost)").count()).toBe(1);
  await expect.poll(() => pane(ann).locator(".ghost").count()).toBe(0);
});

it("lists the threads that one follows, those unread apart, and lets one stop", async () => {
  const ann = await stage.agent("Ann Kowalska");
  const ben = await stage.agent("Ben Okafor");
  const root = `Who locks up? ${Date.now()}`;
  for (const agent of [ann, ben]) await openChannel(agent);
  await say(ben, root);
  await ben.page.getByRole("link", { name: en.threads }).click();
  await ben.page.getByRole("heading", { level: 1, name: en.threads }).waitFor();
  await openThread(ann, root);
  await reply(ann, "I do");
  const followed = ben.page.locator("#followed li", { hasText: root });
  await followed.getByText("I do").waitFor();
  await ben.page.getByRole("link", { name: en.unreadThreads, exact: true }).click();
  await followed.getByRole("link").click();
  await pane(ben).getByText("I do").waitFor();
  await pane(ben).getByRole("button", { name: en.unfollow }).click();
  await pane(ben).getByRole("button", { name: en.follow }).waitFor();
  await reply(ann, "As ever");
  await pane(ben).getByText("As ever").waitFor();
  await ben.page.getByRole("link", { name: en.threads }).click();
  await ben.page.getByRole("heading", { level: 1, name: en.threads }).waitFor();
  expect(await followed.count()).toBe(0);
});
