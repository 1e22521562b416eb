import type { Locator } from "playwright-core";
import { expect, inject, it } from "vitest";
import { givingWords } from "../../words/giving-commands.ts";
import { roomWords } from "../../words/rooms.ts";
import type { Agent } from "./agent.ts";
import { Inspection } from "./axe.ts";
import { freshKey, makeTask, openProject } from "./projects.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);

type Language = "en" | "ru";

const list = ({ page }: Agent, locale: Language): Locator =>
  page.getByRole("listbox", { name: givingWords[locale].suggestionsLabel });
const foretold = ({ page }: Agent): Locator => page.locator("#composer .foretold");
const told = ({ page }: Agent): Locator => page.locator("#palette-told");
const chosen = ({ page }: Agent): Locator => page.locator('#palette [aria-selected="true"]');

async function openChannel(agent: Agent, locale: Language): Promise<void> {
  const words = roomWords[locale];
  const name = `orders-${locale}-${Date.now()}`;
  await agent.page.getByRole("link", { name: words.browseChannels }).click();
  await agent.page.getByLabel(words.name, { exact: true }).fill(name);
  await agent.page.getByRole("button", { name: words.create, exact: true }).click();
  await agent.page.getByRole("heading", { level: 1, name }).waitFor();
}

async function openTicket(agent: Agent, text: string): Promise<void> {
  const customer = await stage.customer();
  await customer.openChat();
  await customer.write(text);
  await customer.isSent();
  await agent.open(text);
}

it("offers commands and whom they may name while one is written, says what it would do, and takes all of it by the keyboard", async () => {
  const ann = await stage.agent("Ann Kowalska");
  await openChannel(ann, "en");
  const { keyboard } = ann.page;
  const inspection = new Inspection(ann.page);
  await ann.field.focus();
  await keyboard.type("/in");
  await list(ann, "en")
    .getByRole("option", { name: /\/invite @who/ })
    .waitFor();
  await inspection.of("names");
  await keyboard.press("Enter");
  expect(await ann.field.inputValue()).toBe("/invite ");

  // Nothing has been begun of a name: Enter is a line's end there, and the arrows choose.
  await list(ann, "en").getByRole("option").first().waitFor();
  expect(await ann.field.getAttribute("aria-activedescendant")).toBeNull();
  await keyboard.type("@ok");
  await list(ann, "en")
    .getByRole("option", { name: /Ben Okafor/ })
    .waitFor();
  await expect.poll(() => ann.field.getAttribute("aria-activedescendant")).toBe("suggestion-0");
  await inspection.of("people");
  await keyboard.press("Tab");
  expect(await ann.field.inputValue()).toBe("/invite @ben ");
  await foretold(ann).getByText("Lets in Ben Okafor.").waitFor();
  await keyboard.press("Escape");
  await expect.poll(() => list(ann, "en").count()).toBe(0);
  await inspection.of("preview");

  await keyboard.press("Enter");
  await keyboard.type("/topik x");
  await foretold(ann).getByText("Did you mean /topic?").waitFor();
  await inspection.of("refusal");
  await ann.field.fill("/invite @ben");
  await foretold(ann).getByText("Lets in Ben Okafor.").waitFor();
  await keyboard.press("Control+Enter");
  await ann.thread.getByText("Let in: Ben Okafor.").waitFor();
  expect(await foretold(ann).innerText()).toBe("");
  expect(inspection.found).toEqual([]);
});

it("says nothing of commands in a reply to a customer, and all of it in a note, in Russian", async () => {
  const irina = await stage.agent("Ирина Смирнова");
  await openTicket(irina, `Когда приедет люстра? ${Date.now()}`);
  const { page } = irina;
  const asked: string[] = [];
  page.on("request", (request) => request.url().includes("/commands/") && asked.push(request.url()));
  await irina.field.focus();
  await page.keyboard.type("/решено");
  // What is asked for the note would be asked after what is asked for the reply.
  await irina.field.fill("");
  expect(asked).toEqual([]);
  await page.getByText(irina.words.note, { exact: true }).click();
  await page.keyboard.type("/наз");
  await list(irina, "ru")
    .getByRole("option", { name: /\/назначить @кому/ })
    .waitFor();
  await page.keyboard.press("Enter");
  await page.keyboard.type("@ann");
  await foretold(irina).getByText("Обращение получит Ann Kowalska.").waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.type(" /решено");
  await foretold(irina).getByText("Обращение станет решённым.").waitFor();
  expect(await foretold(irina).locator(".told").count()).toBe(2);
  await page.keyboard.press("Control+Enter");
  await irina.thread.getByText("Назначено: Ann Kowalska.").waitFor();
  await expect.poll(() => irina.state.innerText()).toContain(irina.words.statuses.resolved);
});

it("holds a reply that begins with a command until its sender has chosen, by the keyboard alone", async () => {
  const ann = await stage.agent("Ann Kowalska", { allowed: /412/ });
  await openTicket(ann, `Is anybody there? ${Date.now()}`);
  const { page } = ann;
  const { keyboard } = page;
  const words = givingWords.en;
  const inspection = new Inspection(page);
  const asNote = page.getByRole("button", { name: words.sendAsNote });
  const anyway = page.getByRole("button", { name: words.sendAnyway });
  const write = async (text: string) => {
    await ann.field.focus();
    await keyboard.type(text);
    await keyboard.press("Control+Enter");
    await page.getByText(words.held(text.split(" ")[0]!)).waitFor();
    expect(await ann.field.inputValue()).toBe(text);
    expect(await page.locator(".ghost").count()).toBe(0);
  };

  await write("/note she is rude");
  await inspection.of("held");
  await keyboard.press("Tab");
  expect(await asNote.evaluate((button) => button === document.activeElement)).toBe(true);
  await keyboard.press("Enter");
  await ann.thread.locator(".msg.note .prose").getByText("she is rude", { exact: false }).first().waitFor();
  await expect.poll(() => asNote.count()).toBe(0);
  expect(await ann.field.evaluate((field) => field === document.activeElement)).toBe(true);
  expect(await ann.field.inputValue()).toBe("");

  await write("/topic is not what I meant");
  await keyboard.press("Tab");
  await keyboard.press("Tab");
  expect(await anyway.evaluate((button) => button === document.activeElement)).toBe(true);
  await keyboard.press("Enter");
  await ann.thread.locator(".msg:not(.note) .prose").getByText("/topic is not what I meant").waitFor();
  expect(inspection.found).toEqual([]);
});

it("gives commands from the palette, by the keyboard alone, and tells what came of them", async () => {
  const ann = await stage.agent("Ann Kowalska");
  const { page } = ann;
  await page.keyboard.press("Control+k");
  await page.keyboard.type("/resolve");
  await told(ann).getByText(givingWords.en.openFirst).waitFor();
  await page.keyboard.press("Escape");
  await openTicket(ann, `Will it be long? ${Date.now()}`);

  const inspection = new Inspection(page);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("/ass");
  await expect.poll(() => chosen(ann).innerText()).toContain("/assign");
  await page.keyboard.press("Enter");
  const field = page.getByRole("combobox", { name: ann.words.palette });
  await expect.poll(() => field.inputValue()).toBe("/assign ");
  await page.keyboard.type("@be");
  await expect.poll(() => chosen(ann).innerText()).toContain("Ben Okafor");
  await inspection.of("palette, people");
  await page.keyboard.press("Tab");
  await expect.poll(() => field.inputValue()).toBe("/assign @ben ");
  await told(ann).getByText("Assigns the conversation to Ben Okafor.").waitFor();
  await expect.poll(() => chosen(ann).innerText()).toContain(givingWords.en.run);
  await inspection.of("palette, run");
  await page.keyboard.press("Enter");
  await page.locator(".toast").getByText("Assigned to Ben Okafor.").waitFor();
  await inspection.of("results");
  await ann.thread.getByText("assigned this to Ben Okafor").waitFor();

  // What cannot be carried out is not run.
  await page.keyboard.press("Control+k");
  await page.keyboard.type("/asign @ben");
  await told(ann).getByText("Did you mean /assign?").waitFor();
  await page.keyboard.press("Enter");
  expect(await page.locator("#palette").isVisible()).toBe(true);
  expect(inspection.found).toEqual([]);
});

it("finds tasks by their key and by words of their titles in the palette", async () => {
  const irina = await stage.agent("Ирина Смирнова");
  const { page } = irina;
  const key = freshKey();
  await openProject(irina, key);
  await makeTask(irina, key, `Мерцание лампы ${key}`);
  await page.goto(demo.urls.portal);

  for (const asked of [`${key.toLowerCase()}-1`, `лампы ${key} мерц`]) {
    await page.keyboard.press("Control+k");
    await page.keyboard.type(asked);
    await page.getByRole("option", { name: new RegExp(`${key}-1 Мерцание лампы`) }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: `Мерцание лампы ${key}` }).waitFor();
    await page.goBack();
    await irina.rows.first().waitFor();
  }
});
