import type { Locator, Page } from "playwright-core";
import type { Demo } from "../../launch/state-folder.ts";
import { type MessageAct, menuActs } from "../../portal/conversation/message-bar.ts";
import { portalWords } from "../../words/portal.ts";
import { signInWords } from "../../words/sign-in.ts";
import type { Locale } from "../../words/words.ts";
import { eventually } from "../support/eventually.ts";

/** Somebody of the team at the portal, in their language: does what a person does, sees what a person sees. */
export class Agent {
  readonly page: Page;
  readonly #demo: Demo;
  readonly locale: Locale;

  constructor(page: Page, demo: Demo, locale: Locale = "en") {
    this.page = page;
    this.#demo = demo;
    this.locale = locale;
  }

  get words() {
    return portalWords[this.locale];
  }

  get signInWords() {
    return signInWords[this.locale];
  }

  /** Goes to the portal and signs in with the password of the demo, or another. */
  async signIn(name: string, password?: string): Promise<void> {
    const account = this.#demo.agents.find((agent) => agent.name === name)!;
    if (!this.page.url().startsWith(this.#demo.urls.home)) await this.page.goto(this.#demo.urls.portal);
    await this.page.getByLabel(this.signInWords.email).fill(account.email);
    await this.page.getByLabel(this.signInWords.password).fill(password ?? account.password);
    await this.page.getByRole("button", { name: this.signInWords.signIn }).click();
  }

  /** Opens the same page once more, in the same browser. */
  async inAnotherWindow(): Promise<Agent> {
    const other = new Agent(await this.page.context().newPage(), this.#demo, this.locale);
    await other.page.goto(this.page.url());
    return other;
  }

  /** The list beside the conversation, newest first. */
  get rows(): Locator {
    return this.page.locator("#rows > li");
  }

  /** Opens the conversation whose row shows this text. */
  async open(text: string): Promise<void> {
    await this.rows.filter({ hasText: text }).getByRole("link").click();
    await this.thread.getByText(text, { exact: true }).last().waitFor();
  }

  /** Opens the conversation of somebody in the demo's past, however many have come since. */
  async openPast(name: string): Promise<void> {
    const row = this.rows.filter({ hasText: name });
    const more = this.page.getByRole("link", { name: this.words.loadMoreConversations });
    await this.rows.first().waitFor();
    while ((await row.count()) === 0) {
      const known = await this.rows.count();
      await more.click();
      await eventually(async () => (await this.rows.count()) > known, 15_000);
    }
    await row.first().getByRole("link").click();
  }

  /** What stands in the open conversation. */
  get thread(): Locator {
    return this.page.getByRole("log");
  }

  /** The texts of the open conversation's messages, oldest first. */
  async said(): Promise<string[]> {
    return this.thread.locator(".msg .prose").allInnerTexts();
  }

  /** Where the open conversation stands, in words. */
  get state(): Locator {
    return this.page.locator("#ticket-state");
  }

  /** Where they write. */
  get field(): Locator {
    return this.page.getByRole("textbox", { name: this.words.message });
  }

  async reply(text: string): Promise<void> {
    await this.page.getByText(this.words.reply, { exact: true }).click();
    await this.#send(text, this.words.send);
  }

  async note(text: string): Promise<void> {
    await this.page.getByText(this.words.note, { exact: true }).click();
    await this.#send(text, this.words.addNote);
  }

  /** Does something with a message, by its bar or the menu there. */
  async act(message: Locator, name: MessageAct): Promise<void> {
    await message.hover();
    if (menuActs.some((one) => one === name))
      await message.getByRole("button", { name: this.words.moreActs, exact: true }).click();
    await message.getByRole("button", { name: this.words.messageActs[name], exact: true }).click();
  }

  async press(button: "resolve" | "reopen" | "signOut"): Promise<void> {
    const { moves, signOut } = this.words;
    const name = button === "signOut" ? signOut : moves[button];
    await this.page.getByRole("button", { name, exact: true }).click();
  }

  async #send(text: string, button: string): Promise<void> {
    await this.field.fill(text);
    await this.page.getByRole("button", { name: button, exact: true }).click();
  }
}
