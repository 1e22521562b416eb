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

  get launcher(): Locator {
    return this.page.locator("beseda-chat .launcher");
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

  async openChat(): Promise<void> {
    await this.launcher.click();
    await this.panel.waitFor();
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
