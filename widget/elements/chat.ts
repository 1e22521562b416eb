import { html, LitElement, nothing, type PropertyValues, type TemplateResult, unsafeCSS } from "lit";
import type { Eyes } from "../../words/time.ts";
import { type WidgetWords, widgetWords } from "../../words/widget.ts";
import { localeOf } from "../../words/words.ts";
import { browser } from "../browser.ts";
import { Session } from "../session/session.ts";
import type { View } from "../session/view.ts";
import base from "./base.css?inline";
import css from "./chat.css?inline";
import { icon } from "./icon.ts";
import type { BesedaPanel } from "./panel.ts";
import tokens from "./tokens.css?inline";

const MOST_COUNTED = 9;

/**
 * `<beseda-chat inbox="pk_..." api="https://chat.example">`: the customer's chat, a round button that opens a panel.
 * Attributes: `locale` (en, ru; else the page's language, else the browser's), `theme` (light, dark; else the system's), `open`.
 */
export class BesedaChat extends LitElement {
  static override styles = [unsafeCSS(tokens), unsafeCSS(base), unsafeCSS(css)];
  static override properties = {
    inbox: {},
    api: {},
    locale: {},
    open: { type: Boolean, reflect: true },
  };

  declare inbox: string;
  declare api: string;
  declare locale: string;
  declare open: boolean;
  #session: Session | null = null;
  #hasBeenOpen = false;

  constructor() {
    super();
    this.inbox = "";
    this.api = "";
    this.locale = "";
    this.open = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("visibilitychange", this.#watch);
    window.addEventListener("online", this.#heed);
    window.addEventListener("offline", this.#heed);
    // Moved within the page: taken out and put in again.
    if (this.hasUpdated) this.#begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("visibilitychange", this.#watch);
    window.removeEventListener("online", this.#heed);
    window.removeEventListener("offline", this.#heed);
    this.#session?.close();
    this.#session = null;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("inbox") || changed.has("api")) this.#begin();
    if (this.open) this.#hasBeenOpen = true;
  }

  override render(): TemplateResult {
    const view = this.#session?.view;
    if (!view) return html``;
    return html`<div class="root">${this.#hasBeenOpen ? this.#panel(view, this.#session!) : nothing}${this.#launcher(view)}</div>`;
  }

  override updated(changed: PropertyValues<this>): void {
    if (!changed.has("open") || changed.get("open") === this.open) return;
    this.#watch();
    if (this.open) this.renderRoot.querySelector<BesedaPanel>("beseda-panel")?.enter();
    else if (changed.get("open")) this.renderRoot.querySelector<HTMLElement>(".launcher")?.focus();
  }

  #begin(): void {
    this.#session?.close();
    this.#session = null;
    if (!this.inbox || !this.api) return;
    const { locale, zone } = this.#eyes;
    this.#session = new Session({ api: this.api, inboxKey: this.inbox, locale, zone }, browser(), () =>
      this.requestUpdate(),
    );
    this.#session.resume();
    this.#watch();
  }

  get #eyes(): Eyes {
    const tag = this.locale || this.closest("[lang]")?.getAttribute("lang") || navigator.language;
    return { locale: localeOf(tag), zone: Intl.DateTimeFormat().resolvedOptions().timeZone };
  }

  get #words(): WidgetWords {
    return widgetWords[this.#eyes.locale];
  }

  readonly #watch = (): void => {
    this.#session?.watch(this.open && document.visibilityState === "visible");
  };

  readonly #heed = (): void => {
    this.#session?.connection(navigator.onLine);
  };

  #launcher({ unread }: View): TemplateResult {
    const words = this.#words;
    const label = unread ? `${words.openChat}, ${words.unread(unread)}` : words.openChat;
    const isCounting = unread > 0 && !this.open;
    return html`<button
        class="launcher"
        aria-label=${this.open ? words.closeChat : label}
        aria-haspopup="dialog"
        aria-expanded=${this.open}
        aria-controls="panel"
        @click=${this.#toggle}
      >
        ${icon(this.open ? "down" : "chat")}
        ${isCounting ? html`<span class="badge">${unread > MOST_COUNTED ? `${MOST_COUNTED}+` : unread}</span>` : nothing}
      </button>
      <p class="unseen" role="status">${isCounting ? words.unread(unread) : nothing}</p>`;
  }

  #panel(view: View, session: Session): TemplateResult {
    return html`<beseda-panel
      id="panel"
      .session=${session}
      .view=${view}
      .words=${this.#words}
      .eyes=${this.#eyes}
      ?hidden=${!this.open}
      @close=${this.#toggle}
    ></beseda-panel>`;
  }

  #toggle(): void {
    this.open = !this.open;
  }
}
