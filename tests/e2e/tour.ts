import type { Agent } from "./agent.ts";
import type { Customer } from "./customer.ts";
import type { Integrator } from "./integrator.ts";

/** Looks at what stands there. */
type Look = (state: string) => Promise<void>;

/** Shows the desk, one after another, in the states that are drawn apart, whatever the window; it changes nothing. */
export async function tourDesk(agent: Agent, home: string, look: Look): Promise<void> {
  const { page, words } = agent;
  await look("inbox");
  await agent.openPast("Hannah");
  await agent.thread.locator(".note").waitFor();
  await look("conversation");
  await page.getByText(words.note, { exact: true }).click();
  await look("note");
  if (await page.locator(".details-button").isVisible()) {
    await page.getByRole("button", { name: words.details, exact: true }).click();
    await look("details");
    await page.keyboard.press("Escape");
  }
  await page.getByRole("button", { name: words.moreMoves, exact: true }).click();
  await page.getByRole("button", { name: words.moves.wait }).waitFor();
  await look("menu");
  await page.getByRole("button", { name: words.moves.close, exact: true }).click();
  await page.getByRole("dialog", { name: words.closeQuestion }).waitFor();
  await look("question");
  await page.keyboard.press("Escape");
  await page.locator("#thread-title").focus();
  await page.keyboard.press("Control+k");
  await page.getByRole("option").first().waitFor();
  await look("palette");
  await page.keyboard.press("Escape");
  await page.locator("#thread-title").focus();
  await page.keyboard.press("Shift+Slash");
  await page.getByRole("dialog", { name: words.keys }).waitFor();
  await look("keys");
  await page.goto(new URL((await page.locator("#rooms-named a").first().getAttribute("href"))!, home).href);
  await agent.thread.locator(".msg").first().waitFor();
  await look("room");
  if (await page.locator(".details-button").isVisible()) {
    await page.locator(".details-button").click();
    await look("about the room");
    await page.keyboard.press("Escape");
  }
  for (const path of [
    "/channels",
    "/direct",
    "/settings",
    "/settings/profile",
    "/settings/tokens",
    "/settings/people",
    "/settings/inboxes/new",
  ]) {
    await page.goto(`${home}/portal${path}`);
    await look(path);
  }
}

/** Shows the chat in the states that are drawn apart. The customer has not been there before. */
export async function tourChat(customer: Customer, integrator: Integrator, look: Look): Promise<void> {
  const { page, panel, words } = customer;
  await look("launcher");
  await customer.openPanel();
  await panel.getByText(words.noConversations).waitFor();
  await look("home");
  await customer.writeToUs.click();
  await customer.composer.waitFor();
  const question = `Does it fit? ${crypto.randomUUID()}`;
  await customer.write(question);
  await customer.isSent();
  const { id } = await integrator.conversationWith(question);
  await integrator.reply("It does. See `https://lumen.example/sizes`.\n\n> Does it fit?\n\n1. one\n2. two", id);
  await panel.locator(".theirs .bubble").waitFor();
  await look("thread");
  await customer.leaveTalk();
  await look("conversations");
  await page.keyboard.press("Escape");
  await integrator.reply("Still there?", id);
  await page.locator("beseda-chat .badge").waitFor();
  await look("badge");
}
