import { expect, inject, it } from "vitest";
import type { Agent } from "./agent.ts";
import { Inspection } from "./axe.ts";
import { setStage } from "./stage.ts";

const demo = inject("demo");
const stage = setStage(() => demo);
const agents = ["Ann Kowalska", "Ирина Смирнова"];
const phone = { width: 390, height: 844 };

it.each(agents)("finds nothing wrong in the lists, the search, the palette and the keys of %s", async (name) => {
  const { page, words } = await stage.agent(name);
  const inspection = new Inspection(page);
  await inspection.of("inbox");
  for (const query of [
    "?whose=mine",
    "?whose=unassigned",
    "?status=pending",
    "?status=any",
    "?whose=mine&status=closed",
  ]) {
    await page.goto(`${demo.urls.home}/portal/inbox${query}`);
    await inspection.of(`inbox ${query}`);
  }
  await page.keyboard.press("Control+k");
  await page.getByRole("option").first().waitFor();
  await inspection.of("palette");
  await page.getByRole("combobox").fill("Głuchy telefon");
  await page.getByText(words.paletteEmpty).waitFor();
  await inspection.of("palette without a hit");
  await page.keyboard.press("Escape");
  await page.locator("#palette").waitFor({ state: "hidden" });
  await page.keyboard.press("Shift+Slash");
  await page.getByRole("dialog", { name: words.keys }).waitFor();
  await inspection.of("keys");
  for (const asked of ["lamp", "Głuchy telefon"]) {
    await page.goto(`${demo.urls.home}/portal/search?q=${encodeURIComponent(asked)}`);
    await inspection.of(`search for ${asked}`);
  }
  expect(inspection.found).toEqual([]);
});

it.each(agents)("finds nothing wrong in a conversation, whatever %s and others do in it", async (name) => {
  const { agent, customer, colleague } = await threeIn(`Is it dimmable? ${name}`, name);
  const { page, words } = agent;
  const inspection = new Inspection(page);
  await customer.composer.pressSequentially("And", { delay: 20 });
  await page.getByText(words.typing([words.visitor])).waitFor();
  await page.locator("#viewers").getByText("Ben").waitFor();
  await agent.field.fill("Yes, it");
  await colleague.reply("It is.");
  await page.getByText(words.wroteMeanwhile("Ben")).waitFor();
  await agent.thread.locator(".msg").first().hover();
  await inspection.of("reply");
  await agent.note("**Careful**: `code`, [a link](https://lumen.example)\n\n> quoted");
  await agent.thread.locator(".note .prose a").waitFor();
  await inspection.of("note");

  await page.locator("#heading-assignee").click();
  await page.getByRole("button", { name: words.assignToMe }).waitFor();
  await inspection.of("menu of agents");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: words.moreMoves, exact: true }).click();
  await page.getByRole("button", { name: words.moves.wait }).waitFor();
  await inspection.of("menu of moves");
  await page.getByRole("button", { name: words.moves.close, exact: true }).click();
  await page.getByRole("dialog", { name: words.closeQuestion }).waitFor();
  await inspection.of("question");
  await page.keyboard.press("Escape");

  await page.route("**/messages", (route) => route.abort());
  await agent.reply("Into the void.");
  await agent.thread.locator(".ghost").getByText(words.notSentOffline).waitFor();
  await agent.press("resolve");
  await page.getByRole("button", { name: words.undo }).waitFor();
  await inspection.of("not sent, resolved, with a way back");
  await page.context().setOffline(true);
  await page.getByText(words.connectionLost).waitFor();
  await inspection.of("offline");
  await page.context().setOffline(false);
  expect(inspection.found).toEqual([]);
});

it.each(agents)("finds nothing wrong on the phone of %s", async (name) => {
  const { agent } = await threeIn(`By the sea? ${name}`, name);
  const { page, words } = agent;
  const inspection = new Inspection(page);
  await page.setViewportSize(phone);
  await inspection.of("conversation");
  await page.getByRole("button", { name: words.details }).click();
  await page.getByRole("button", { name: words.closeDetails }).waitFor();
  await inspection.of("details");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: words.moreMoves, exact: true }).click();
  await page.getByRole("button", { name: words.moves.close, exact: true }).click();
  await page.getByRole("button", { name: words.closeConversation }).click();
  await page.getByText(words.closedComposer).waitFor();
  await inspection.of("closed");
  await page.getByRole("link", { name: words.backToList }).click();
  await page.getByRole("button", { name: words.menu }).first().waitFor();
  await inspection.of("list");
  await page.locator(".tabbar").getByRole("button").click();
  await page.getByRole("button", { name: words.closeMenu }).waitFor();
  await inspection.of("menu");
  expect(inspection.found).toEqual([]);
});

/** A customer who has asked, the agent and a colleague who both have it open. */
async function threeIn(question: string, name: string) {
  const customer = await stage.customer();
  await customer.openChat();
  await customer.write(question);
  const agent: Agent = await stage.agent(name, { allowed: /ERR_FAILED|ERR_INTERNET_DISCONNECTED|htmx:error/ });
  const colleague = await stage.agent("Ben Okafor");
  for (const one of [agent, colleague]) await one.open(question);
  return { agent, customer, colleague };
}
