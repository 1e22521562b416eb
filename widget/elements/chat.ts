import { html, nothing, type PropertyValues, type TemplateResult, unsafeCSS } from "lit";
import { type WidgetWords, widgetEn } from "../../words/widget-en.ts";
import { announce } from "../page-api/complain.ts";
import type { BesedaAttributes, BesedaChatElement, BesedaIdentity } from "../page-api/contract.ts";
import type { Profile } from "../session/said.ts";
import type { View } from "../session/view.ts";
import base from "./base.css?inline";
import css from "./chat.css?inline";
import { ChatSession } from "./chat-session.ts";
import { wearColour } from "./colour.ts";
import { eyesOf } from "./eyes.ts";
import { launcher } from "./launcher.ts";
import type { BesedaPanel } from "./panel.ts";
import tokens from "./tokens.css?inline";
import { BesedaElement } from "./element.ts";
import { wordsIn } from "../words.ts";

declare const VERSION: string;

/**
 * The customer's chat: a round button that opens a panel, in a corner of the window. Attributes and properties say how it
 * stands, `Beseda(...)` speaks to it from before it is there.
 *
 * @tag beseda-chat
 * @attr {string} inbox - The inbox's public key, `pk_...`. Without it nothing is shown.
 * @attr {string} api - Origin of your Beseda, such as `https://chat.example`; else the origin that the chat's script came from.
 * @attr {string} locale - `en` or `ru`; else the page's `lang`, else the browser's language, else English.
 * @attr {string} theme - `light` or `dark`; else the system's.
 * @attr {string} position - `end`, the bottom corner where lines of the page end, or `start`, the other one.
 * @attr {string} accent - A CSS colour for the launcher and the customer's own messages; the same as `--beseda-accent`.
 * @attr {boolean} open - Whether the panel is open.
 * @attr {boolean} hidden - Leaves the launcher out.
 * @fires beseda-ready - The chat has been fetched and drawn.
 * @fires beseda-open - The panel was opened.
 * @fires beseda-close - The panel was closed.
 * @fires beseda-unread - Another number of messages of the team is unread: `detail.count`.
 * @fires beseda-conversation-started - The customer's first message has begun a conversation: `detail.conversationId`.
 * @fires beseda-message-sent - A message of the customer has been accepted: `detail.conversationId`, `detail.messageId`.
 * @fires beseda-message-received - The team wrote, while the chat was connected: `detail.conversationId`, `detail.messageId`, `detail.body`.
 * @fires beseda-error - Something did not come about: `detail.code`, `detail.message`.
 * @csspart launcher - The round button.
 * @csspart badge - The number of unread messages on it.
 * @csspart panel - The dialog.
 * @csspart header - Its heading.
 * @cssprop --beseda-accent - Colour of the launcher and of the customer's own messages.
 * @cssprop --beseda-on-accent - Colour of what stands on it; white by default. Wants a contrast of 4.5:1.
 * @cssprop --beseda-x - Distance from the side of the window; 20px by default.
 * @cssprop --beseda-y - Distance from the bottom of the window; 20px by default.
 */
export class BesedaChat extends BesedaElement implements BesedaChatElement {
  static readonly version = VERSION;
  /** Where an element that does not say otherwise finds its API. */
  static home = "";
  static override styles = [unsafeCSS(tokens), unsafeCSS(base), unsafeCSS(css)];
  static override properties = {
    inbox: {},
    api: {},
    locale: {},
    theme: { reflect: true },
    position: { reflect: true },
    accent: {},
    open: { type: Boolean, reflect: true },
  };

  declare inbox: string;
  declare api: string;
  declare locale: string;
  declare theme: string;
  declare position: string;
  declare accent: string;
  declare open: boolean;
  readonly #session = new ChatSession(this);
  #hasBeenOpen = false;
  #focusedBefore: HTMLElement | null = null;

  constructor() {
    super();
    this.inbox = "";
    this.api = BesedaChat.home;
    this.locale = "";
    this.accent = "";
    this.open = false;
  }

  /** How many messages of the team are unread. */
  get unreadCount(): number {
    return this.#session.unread;
  }

  /** Focuses the panel where it is open, else the launcher. */
  override focus(): void {
    if (this.open) void this.#panelElement?.enter();
    else this.#launcherElement?.focus();
  }

  /** Says who the customer is: by a token that your server signed, or merely so. */
  identify({ token, name, email }: BesedaIdentity): void {
    this.#say(token ? {} : { name, email }, token);
  }

  /** Says more of the customer. Told when they open the chat. */
  setAttributes(attributes: BesedaAttributes): void {
    this.#say({ attributes });
  }

  /** Ends the visit, on the device and on the server. */
  logout(): void {
    this.#whenDrawn(() => this.#session.signOut());
  }

  #say(profile: Profile, token?: string): void {
    this.#whenDrawn(() => this.#session.say(profile, token));
  }

  /** What it has to know comes before its first update. */
  #whenDrawn(work: () => void): void {
    void this.updateComplete.then(work);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("visibilitychange", this.#session.watch);
    window.addEventListener("online", this.#session.heed);
    window.addEventListener("offline", this.#session.heed);
    // Moved within the page: taken out and put in again.
    if (this.hasUpdated) this.#session.begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("visibilitychange", this.#session.watch);
    window.removeEventListener("online", this.#session.heed);
    window.removeEventListener("offline", this.#session.heed);
    this.#session.close();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("inbox") || changed.has("api")) this.#session.begin();
    if (changed.has("accent")) this.style.setProperty("--beseda-accent", this.accent);
    if (!this.open || !changed.has("open")) return;
    this.#hasBeenOpen = true;
    this.#focusedBefore = document.activeElement as HTMLElement | null;
  }

  override firstUpdated(): void {
    announce(this, "ready", null);
  }

  override render(): TemplateResult {
    const words = this.#words;
    const view = this.#session.current?.view;
    if (!view) return html``;
    const panel = words && this.#hasBeenOpen ? this.#panel(view, words) : nothing;
    return html`<div class="root">${panel}${launcher({ unread: view.unread, isOpen: this.open, words: words ?? widgetEn, toggle: this.#toggle })}</div>`;
  }

  override updated(changed: PropertyValues<this>): void {
    wearColour(this, this.#session.current?.view.inbox);
    if (!changed.has("open") || Boolean(changed.get("open")) === this.open) return;
    this.#session.watch();
    if (this.open) this.focus();
    else void this.#giveFocusBack();
    announce(this, this.open ? "open" : "close", null);
  }

  /** To whatever opened it, be it a button of the page: once the panel no longer covers it. */
  async #giveFocusBack(): Promise<void> {
    await this.#panelElement?.updateComplete;
    const before = this.#focusedBefore;
    if (before?.isConnected && before !== this && before !== document.body) before.focus();
    else this.focus();
  }

  get #launcherElement(): HTMLElement | null {
    return this.renderRoot.querySelector(".launcher");
  }

  get #panelElement(): BesedaPanel | null {
    return this.renderRoot.querySelector("beseda-panel");
  }

  /** null until they have been fetched. */
  get #words(): WidgetWords | null {
    return wordsIn(eyesOf(this).locale, () => this.requestUpdate());
  }

  #panel(view: View, words: WidgetWords): TemplateResult {
    return html`<beseda-panel
      id="panel"
      exportparts="panel, header"
      .session=${this.#session.current!}
      .view=${view}
      .words=${words}
      .eyes=${eyesOf(this)}
      .open=${this.open}
      @close=${this.#toggle}
    ></beseda-panel>`;
  }

  readonly #toggle = (): void => {
    this.open = !this.open;
  };
}
