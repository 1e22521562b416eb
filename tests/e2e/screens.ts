// npm run screens: writes how everything looks to docs/screens. Nothing of it is a test.

import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import type { Demo } from "../../launch/state-folder.ts";
import { step } from "../../launch/step.js";
import { operations } from "../../launch/tasks-story.ts";
import type { Locale } from "../../words/words.ts";
import { Agent } from "./agent.ts";
import { startBeseda } from "./beseda.ts";
import { openChromium } from "./chromium.ts";
import { Customer } from "./customer.ts";
import { Integrator } from "./integrator.ts";

const folder = join("docs", "screens");

/** One look: a language, a theme, a size of the window. */
type Look = { locale: Locale; colorScheme: "light" | "dark"; size: keyof typeof sizes };

const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
const looks: Look[] = [
  { locale: "en", colorScheme: "light", size: "desk" },
  { locale: "en", colorScheme: "light", size: "phone" },
  { locale: "en", colorScheme: "dark", size: "desk" },
  { locale: "en", colorScheme: "dark", size: "phone" },
  { locale: "ru", colorScheme: "light", size: "desk" },
  { locale: "ru", colorScheme: "light", size: "phone" },
];

// What people write is theirs: each language has its own small scene.
const scenes = {
  en: {
    agent: "Ann Kowalska",
    conversation: "Hannah",
    note: "She has been patient: offer free shipping on the next order.",
    question: "Is the Aurora pendant in stock?",
    answer: "Yes, twelve of them. Shall I put one aside?",
  },
  ru: {
    agent: "Ирина Смирнова",
    conversation: "Мария",
    note: "Грузчики свободны в четверг после обеда.",
    question: "Подвес «Аврора» есть в наличии?",
    answer: "Да, двенадцать штук. Отложить один?",
  },
};

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const beseda = await step("Starting Beseda", startBeseda);
const browser = await openChromium();
try {
  for (const look of looks) await step(nameOf("screens", look), () => takeAll(look, beseda.demo, browser));
} finally {
  await browser.close();
  await beseda.stop();
}

async function takeAll(look: Look, demo: Demo, browser: Browser): Promise<void> {
  const { locale, colorScheme, size } = look;
  const language = locale === "ru" ? "ru-RU" : "en-GB";
  const isTouched = size === "phone";
  const settings = { locale: language, colorScheme, viewport: sizes[size], hasTouch: isTouched, isMobile: isTouched };
  const desk = await browser.newContext(settings);
  await takeDesk(new Agent(await desk.newPage(), demo, locale), look, demo);
  await desk.close();
  const shop = await browser.newContext(settings);
  await takeShop(new Customer(await shop.newPage(), locale), look, demo);
  await shop.close();
}

async function takeDesk(agent: Agent, look: Look, demo: Demo): Promise<void> {
  const { agent: name, conversation, note } = scenes[look.locale];
  await agent.page.goto(demo.urls.portal);
  await take(agent.page, "sign-in", look);
  await agent.signIn(name);
  await agent.rows.first().waitFor();
  await take(agent.page, "inbox", look);
  await agent.rows.filter({ hasText: conversation }).getByRole("link").click();
  await agent.thread.locator(".msg").first().waitFor();
  await take(agent.page, "conversation", look);
  await agent.page.getByText(agent.words.note, { exact: true }).click();
  await agent.page.getByRole("textbox", { name: agent.words.message }).fill(note);
  await take(agent.page, "note", look);
  await agent.page.keyboard.press("Control+K");
  await agent.page.getByRole("option").first().waitFor();
  await take(agent.page, "palette", look);
  await agent.page.goto(await channelOf(agent, demo));
  await agent.thread.locator(".msg").first().waitFor();
  await take(agent.page, "channel", look);
  await agent.page.goto(`${demo.urls.portal}/channels`);
  await take(agent.page, "channels", look);
  await takeTasks(agent, look, demo);
  await agent.page.goto(`${demo.urls.portal}/settings`);
  await agent.page.getByRole("navigation", { name: agent.words.settings }).getByText("Lumen").click();
  await agent.page.getByRole("heading", { level: 1 }).waitFor();
  await take(agent.page, "settings", look);
}

async function takeTasks({ page, thread }: Agent, look: Look, demo: Demo): Promise<void> {
  const project = `${demo.urls.portal}/projects/${operations.key}`;
  await page.goto(`${demo.urls.portal}/tasks`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await take(page, "work", look);
  await page.goto(project);
  await page.locator(".card").first().waitFor();
  await take(page, "board", look);
  await page.goto(`${project}/list`);
  await page.getByRole("table").waitFor();
  await take(page, "list", look);
  await page.getByRole("link", { name: "PWM falls back" }).click();
  await thread.locator(".msg").first().waitFor();
  await take(page, "task", look);
}

/** The address of the channel that most is said in. On a phone the navigation is a drawer. */
async function channelOf({ page }: Agent, demo: Demo): Promise<string> {
  const address = await page.locator("#rooms-named a", { hasText: "firmware-halden" }).getAttribute("href");
  return new URL(address!, demo.urls.home).href;
}

async function takeShop(customer: Customer, look: Look, demo: Demo): Promise<void> {
  const { question, answer } = scenes[look.locale];
  const { page } = customer;
  await page.goto(demo.urls.shop);
  // The shop speaks English; the chat speaks what the page says.
  const options = { inbox: demo.inboxKey, locale: look.locale };
  await page.evaluate((options) => window.Beseda!("init", options), options);
  await customer.launcher.waitFor();
  await take(page, "shop", look);
  await customer.openPanel();
  await customer.panel.getByText(customer.words.noConversations).waitFor();
  await take(page, "chat-home", look);
  await customer.writeToUs.click();
  await customer.composer.waitFor();
  await take(page, "chat-new", look);
  await customer.write(question);
  await customer.isSent();
  const integrator = new Integrator(demo);
  await integrator.reply(answer, (await integrator.newestConversation()).id);
  await integrator.close();
  await customer.bubbles.getByText(answer).waitFor();
  await take(page, "chat", look);
}

async function take(page: Page, scene: string, look: Look): Promise<void> {
  await page.screenshot({ path: join(folder, `${nameOf(scene, look)}.png`), animations: "disabled", caret: "hide" });
}

function nameOf(scene: string, { locale, colorScheme, size }: Look): string {
  return [scene, size, colorScheme, locale].join("-");
}
