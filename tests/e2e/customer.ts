import type { Locator, Page } from "playwright-core";
import { widgetWords } from "../../words/widget.ts";
import type { Locale } from "../../words/words.ts";

/** A customer at the shop, in front of the chat: does what a person does, sees what a person sees. */
export class Customer {
  readonly page: Page;
  readonly #locale: Locale;

  constructor(page: Page, locale: Locale = "en") {
    this.page = page;
    this.#locale = locale;
  }

  get words() {
    return widgetWords[this.#locale];
  }

  /** The round button of the closed chat, be it the loader's or the chat's own. */
  get launcher(): Locator {
    return this.page.getByRole("button", { name: new RegExp(`^${this.words.chat}`) });
  }

  get panel(): Locator {
    return this.page.getByRole("dialog");
  }

  get composer(): Locator {
    return this.page.getByRole("textbox", { name: this.words.message });
  }

  /** The lines of the talk as they stand, oldest first. */
  get bubbles(): Locator {
    return this.panel.locator("li .bubble");
  }

  /** What stands in the list of conversations, newest first. */
  get talks(): Locator {
    return this.panel.getByRole("list", { name: this.words.conversations }).getByRole("button");
  }

  get writeToUs(): Locator {
    return this.panel.getByRole("button", { name: this.words.writeToUs });
  }

  /** Opens the chat where it opens by itself: at the list, or at what is unread. */
  async openPanel(): Promise<void> {
    await this.launcher.click();
    await this.panel.waitFor();
  }

  /** Opens the chat and goes on with the newest conversation, or with a new one. */
  async openChat(): Promise<void> {
    await this.openPanel();
    await this.panel.getByText(this.words.noConversations).or(this.talks.first()).or(this.composer).first().waitFor();
    if (await this.composer.isVisible()) return;
    await ((await this.talks.count()) > 0 ? this.talks.first() : this.writeToUs).click();
    await this.composer.waitFor();
  }

  /** Back to the list of conversations. */
  async leaveTalk(): Promise<void> {
    await this.panel.getByRole("button", { name: this.words.back }).click();
    await this.writeToUs.waitFor();
  }

  async write(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press("Enter");
  }

  /** Resolves when the newest message of the customer has been acknowledged. */
  async isSent(): Promise<void> {
    await this.panel.locator(".mine.sent, .mine.seen").last().waitFor();
    await this.panel.locator(".mine.sending, .mine.waiting").first().waitFor({ state: "detached" });
  }

  said(): Promise<string[]> {
    return this.bubbles.allInnerTexts();
  }
}
