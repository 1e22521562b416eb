import type { Locator } from "playwright-core";
import { expect, inject, it } from "vitest";
import { roomWords } from "../../words/rooms.ts";
import type { Agent } from "./agent.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);
const en = roomWords.en;

/** The link of a room in the navigation. */
function linkOf(agent: Agent, name: string): Locator {
  return agent.page.getByRole("navigation", { name: agent.words.mainNavigation }).getByRole("link", { name });
}

async function createRoom(agent: Agent, name: string, kind: "channel" | "group" = "channel"): Promise<void> {
  await agent.page.getByRole("link", { name: en.browseChannels }).click();
  if (kind === "group") await agent.page.getByRole("radio", { name: en.group }).check();
  await agent.page.getByLabel(en.name, { exact: true }).fill(name);
  await agent.page.getByRole("button", { name: en.create, exact: true }).click();
  await agent.page.getByRole("heading", { level: 1, name }).waitFor();
}

async function say(agent: Agent, text: string): Promise<void> {
  await agent.field.fill(text);
  await agent.page.getByRole("button", { name: agent.words.send }).click();
  await agent.thread.locator(".msg:not(.ghost)").getByText(text, { exact: true }).waitFor();
}

it("lets two agents talk in a channel: what one says stands in the other's window, and counts until it is read", async () => {
  const ann = await stage.agent("Ann Kowalska");
  const ben = await stage.agent("Ben Okafor");
  const name = `firmware-${Date.now()}`;
  await createRoom(ann, name);
  await ben.page.getByRole("link", { name: en.browseChannels }).click();
  await ben.page.getByRole("listitem").filter({ hasText: name }).getByRole("button", { name: en.join }).click();
  await ann.thread.getByText(ann.words.joined("Ben Okafor")).waitFor();

  await say(ann, "2.4.1 goes to everyone tonight.");
  await ben.thread.getByText("2.4.1 goes to everyone tonight.").waitFor();
  await ann.field.fill("Quiet so far :tada:");
  await ann.page.getByRole("button", { name: ann.words.send }).click();
  for (const agent of [ann, ben]) await agent.thread.getByText("Quiet so far 🎉", { exact: true }).waitFor();
  await ben.page.goto(demo.urls.portal);
  await say(ann, "Two reports of flicker.");
  await say(ann, "Both 160 cm.");
  await linkOf(ben, name).locator(".count").getByText("2", { exact: true }).waitFor();
  await linkOf(ben, name).click();
  await ben.thread.getByText("Both 160 cm.").waitFor();
  await expect.poll(() => linkOf(ben, name).locator(".count").innerText()).toBe("");
  await ben.page.reload();
  expect(await linkOf(ben, name).locator(".count").innerText()).toBe("");
});

it("keeps direct messages of two the same, whoever begins, and a group from everyone else", async () => {
  const ann = await stage.agent("Ann Kowalska");
  const ben = await stage.agent("Ben Okafor");
  const irina = await stage.agent("Ирина Смирнова", { allowed: /404/ });
  for (const [agent, other] of [
    [ann, "Ben Okafor"],
    [ben, "Ann Kowalska"],
  ] as const) {
    await agent.page.getByRole("link", { name: en.newDirect }).click();
    await agent.page.getByRole("checkbox", { name: other }).check();
    await agent.page.getByRole("button", { name: en.open, exact: true }).click();
    await agent.page.getByRole("heading", { level: 1, name: other }).waitFor();
  }
  expect(ben.page.url()).toBe(ann.page.url());
  await say(ann, "Between the two of us");
  await ben.thread.getByText("Between the two of us").waitFor();

  const name = `photo-shoot-${Date.now()}`;
  await createRoom(ann, name, "group");
  const address = ann.page.url();
  const answer = await irina.page.goto(address);
  expect(answer?.status()).toBe(404);
  await irina.page.goto(demo.urls.portal);
  await ann.page.getByLabel(en.addMember).selectOption({ label: "Ирина Смирнова" });
  await ann.page.getByRole("button", { name: en.add, exact: true }).click();
  await linkOf(irina, name).click();
  await say(ann, "Only for us three");
  await irina.thread.getByText("Only for us three").waitFor();

  await ann.page.getByRole("button", { name: en.changeRole("Ирина Смирнова") }).click();
  await ann.page.getByRole("button", { name: en.remove, exact: true }).click();
  await irina.page.getByRole("heading", { name: irina.words.conversationNotFound }).waitFor();
  expect((await irina.page.goto(address))?.status()).toBe(404);
});

it("begins reading at what is new, and counts as read what has been seen", async () => {
  const ann = await stage.agent("Ann Kowalska");
  const ben = await stage.agent("Ben Okafor", { viewport: { width: 1280, height: 600 } });
  const name = `long-${Date.now()}`;
  await createRoom(ann, name);
  await ann.page.getByLabel(en.addMember).selectOption({ label: "Ben Okafor" });
  await ann.page.getByRole("button", { name: en.add, exact: true }).click();
  await say(ann, "What Ben has read");
  await linkOf(ben, name).click();
  await ben.thread.getByText("What Ben has read").waitFor();
  await expect.poll(() => linkOf(ben, name).locator(".count").innerText()).toBe("");
  await ben.page.goto(demo.urls.portal);
  for (let line = 1; line <= 25; line++) await say(ann, `Line ${line}`);
  await linkOf(ben, name).locator(".count").getByText("25", { exact: true }).waitFor();

  await linkOf(ben, name).click();
  await expect.poll(() => isInView(ben.thread.getByText("Line 1", { exact: true }))).toBe(true);
  expect(await isInView(ben.thread.getByText("Line 25", { exact: true }))).toBe(false);
  expect(await isInView(ben.page.getByText(en.newLine, { exact: true }))).toBe(true);
  expect(await linkOf(ben, name).locator(".count").innerText()).toBe("25");
  await ben.page.getByRole("button", { name: ben.words.newMessages(25) }).click();
  await expect.poll(() => isInView(ben.thread.getByText("Line 25", { exact: true }))).toBe(true);
  await expect.poll(() => linkOf(ben, name).locator(".count").innerText()).toBe("");
  await expect
    .poll(async () => {
      await ben.page.reload();
      return ben.page.getByText(en.newLine, { exact: true }).count();
    })
    .toBe(0);
});

/** Whether it can be seen in the thread's box. */
function isInView(line: Locator): Promise<boolean> {
  return line.evaluate((element) => {
    const [own, box] = [element, element.closest(".stream-scroll")!].map((one) => one.getBoundingClientRect());
    return own!.top >= box!.top && own!.bottom <= box!.bottom;
  });
}
