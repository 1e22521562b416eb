import type { Locator } from "playwright-core";
import { expect, inject, it } from "vitest";
import { roomWords } from "../../words/rooms.ts";
import type { Agent } from "./agent.ts";
import { Inspection } from "./axe.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);
const en = roomWords.en;

const countOf = (agent: Agent) => agent.page.locator("#mention-count");
/** How many mentions the navigation counts: the house is shared, others may have mentioned somebody before. */
const counted = async (agent: Agent) => Number(await countOf(agent).innerText());
const optionsOf = ({ page }: Agent): Locator =>
  page.getByRole("listbox", { name: en.suggestionsLabel }).getByRole("option");

async function openChannel(agent: Agent, name: string): Promise<void> {
  await agent.page.getByRole("link", { name: en.browseChannels }).click();
  await agent.page.getByLabel(en.name, { exact: true }).fill(name);
  await agent.page.getByRole("button", { name: en.create, exact: true }).click();
  await agent.page.getByRole("heading", { level: 1, name }).waitFor();
}

async function letIn(agent: Agent, name: string): Promise<void> {
  await agent.page.getByLabel(en.addMember).selectOption({ label: name });
  await agent.page.getByRole("button", { name: en.add, exact: true }).click();
  await agent.thread.getByText(agent.words.letIn("Ann Kowalska", name)).waitFor();
}

it("mentions a colleague by a few letters, who is told wherever they are and finds what was said", async () => {
  const ann = await stage.agent("Ann Kowalska");
  const ben = await stage.agent("Ben Okafor");
  const name = `standby-${Date.now()}`;
  await openChannel(ann, name);
  await letIn(ann, "Ben Okafor");
  const before = await counted(ben);

  await ann.field.pressSequentially("Well, @Oka");
  await optionsOf(ann).getByText("Ben Okafor").waitFor();
  const inspection = new Inspection(ann.page);
  await inspection.of("suggestions");
  expect(inspection.found).toEqual([]);
  await ann.page.keyboard.press("Enter");
  expect(await ann.field.inputValue()).toBe("Well, @ben ");
  expect(await optionsOf(ann).count()).toBe(0);
  await ann.page.keyboard.type("can you look? Write to me@ben.example.");
  await ann.page.keyboard.press("Control+Enter");
  const mention = ann.thread.locator(".msg:not(.ghost) .mention");
  await mention.getByText("@Ben", { exact: true }).waitFor();
  expect(await mention.count()).toBe(1);

  await expect.poll(() => counted(ben)).toBe(before + 1);
  const link = ben.page.getByRole("navigation", { name: ben.words.mainNavigation }).getByRole("link", { name });
  await expect.poll(() => link.innerText()).toContain(en.mentionsYou);
  await ben.page.reload();
  expect(await counted(ben)).toBe(before + 1);
  await expect.poll(() => link.innerText()).toContain(en.mentionsYou);

  await ben.page.getByRole("link", { name: new RegExp(`^${en.mentions}`) }).click();
  await ben.page.getByRole("heading", { level: 1, name: en.mentions }).waitFor();
  const inspected = new Inspection(ben.page);
  await inspected.of("mentions");
  expect(inspected.found).toEqual([]);
  const line = ben.page.getByRole("listitem").filter({ hasText: "can you look?" }).filter({ hasText: name });
  await line.getByRole("link").first().click();
  await ben.thread.locator(".mention.you").getByText("@Ben", { exact: true }).waitFor();
  await expect.poll(() => counted(ben)).toBe(before);
  await ben.page.reload();
  expect(await counted(ben)).toBe(before);
});

it("counts a mention that an edit adds, and no more one that an edit takes away, in windows that are open", async () => {
  const ann = await stage.agent("Ann Kowalska");
  const ben = await stage.agent("Ben Okafor");
  const name = `amended-${Date.now()}`;
  await openChannel(ann, name);
  await letIn(ann, "Ben Okafor");
  const link = ben.page.getByRole("navigation", { name: ben.words.mainNavigation }).getByRole("link", { name });
  await link.waitFor();
  const before = await counted(ben);
  const line = ann.thread.locator(".msg:not(.ghost)").filter({ hasText: "Somebody counts the lamps" });
  const amend = async (text: string) => {
    await ann.act(line, "edit");
    const editor = ann.page.locator(".editor textarea");
    await editor.fill(text);
    await editor.press("Control+Enter");
    await editor.waitFor({ state: "hidden" });
  };
  await ann.field.fill("Somebody counts the lamps");
  await ann.field.press("Control+Enter");
  await link.locator(".count").getByText("1", { exact: true }).waitFor();
  expect(await link.innerText()).not.toContain(en.mentionsYou);

  await amend("Somebody counts the lamps, @ben perhaps");
  await expect.poll(() => counted(ben)).toBe(before + 1);
  await expect.poll(() => link.innerText()).toContain(en.mentionsYou);
  await amend("Somebody counts the lamps, Ben perhaps");
  await expect.poll(() => counted(ben)).toBe(before);
  await expect.poll(() => link.innerText()).not.toContain(en.mentionsYou);
  expect(await link.locator(".count").innerText()).toBe("1");

  await amend("Somebody counts the lamps, @ben after all");
  await expect.poll(() => counted(ben)).toBe(before + 1);
  await ann.act(line, "delete");
  await ann.page.getByRole("dialog").getByRole("button", { name: ann.words.deleteForGood }).click();
  await expect.poll(() => counted(ben)).toBe(before);
});

it("offers nobody in a reply to a customer, and colleagues in a note, which counts at once", async () => {
  const customer = await stage.customer();
  await customer.openChat();
  const text = `Is Nadir in stock? ${Date.now()}`;
  await customer.write(text);
  await customer.isSent();
  const ann = await stage.agent("Ann Kowalska");
  const irina = await stage.agent("Ирина Смирнова");
  await ann.open(text);
  const before = await counted(irina);
  // What is asked for a reply would be asked for before what is asked for a note.
  const asked: string[] = [];
  ann.page.on("request", (request) => void asked.push(request.url()));
  await ann.field.pressSequentially("@i");
  await ann.page.getByText(ann.words.note, { exact: true }).click();
  await ann.field.fill("");
  await ann.field.pressSequentially("@ir");
  await optionsOf(ann).getByText("Ирина Смирнова").waitFor();
  expect(asked.filter((url) => url.includes("/mentionable?") && !url.endsWith("q=ir"))).toEqual([]);
  await ann.page.keyboard.press("Escape");
  await expect.poll(() => optionsOf(ann).count()).toBe(0);
  await ann.field.pressSequentially("i");
  await optionsOf(ann).getByText("Ирина Смирнова").click();
  expect(await ann.field.inputValue()).toBe("@irina ");
  await ann.page.keyboard.type("what do we have?");
  await ann.page.keyboard.press("Control+Enter");
  await expect.poll(() => counted(irina)).toBe(before + 1);
  expect(await customer.said()).toEqual([text]);
});
