import { html, LitElement, nothing, type PropertyValues, type TemplateResult, unsafeCSS } from "lit";
import type { Eyes } from "../../words/time.ts";
import { type WidgetWords, widgetWords } from "../../words/widget.ts";
import { localeOf } from "../../words/words.ts";
import { browser } from "../browser.ts";
import { Session } from "../session/session.ts";
import { isFromTeam } from "../session/thread.ts";
import type { View } from "../session/view.ts";
import base from "./base.css?inline";
import css from "./chat.css?inline";
import type { BesedaComposer } from "./composer.ts";
import { face } from "./face.ts";
import { icon } from "./icon.ts";
import { reason } from "./reason.ts";
import type { BesedaThread } from "./thread.ts";
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
    return html`<div class="root">${this.#hasBeenOpen ? this.#panel(view) : nothing}${this.#launcher(view)}</div>`;
  }

  override updated(changed: PropertyValues<this>): void {
    if (!changed.has("open") || changed.get("open") === this.open) return;
    this.#watch();
    if (this.open) void this.#enter();
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

  async #enter(): Promise<void> {
    const thread = this.renderRoot.querySelector<BesedaThread>("beseda-thread");
    const composer = this.renderRoot.querySelector<BesedaComposer>("beseda-composer");
    await Promise.all([thread?.updateComplete, composer?.updateComplete]);
    thread?.scrollToEnd();
    // Where fingers type, focusing the text would raise the keyboard over what there is to read.
    const isTouch = matchMedia("(pointer: coarse)").matches;
    (isTouch || !composer ? this.renderRoot.querySelector<HTMLElement>(".panel") : composer)?.focus();
  }

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

  #panel(view: View): TemplateResult {
    const { inboxName } = view;
    const words = this.#words;
    return html`<section
      class="panel"
      id="panel"
      role="dialog"
      tabindex="-1"
      lang=${this.#eyes.locale}
      aria-label=${inboxName ? words.chatWith(inboxName) : words.chat}
      ?hidden=${!this.open}
      @keydown=${this.#keydown}
      @keyup=${keepInside}
      @keypress=${keepInside}
    >
      ${this.#head(view)} ${view.phase === "refused" ? this.#refused(view) : this.#talk(view)}
    </section>`;
  }

  #head({ phase, inboxName, thread }: View): TemplateResult {
    const words = this.#words;
    const promise = phase === "refused" ? nothing : words.answersHere;
    const agent = thread?.messages.findLast(isFromTeam)?.author.name;
    return html`<div class="head">
      ${agent ? face(agent) : nothing}
      <div>
        <h2 class="one-line">${agent ?? inboxName ?? words.chat}</h2>
        <p class="one-line">${(agent && inboxName) || promise}</p>
      </div>
      <button class="icon-button" aria-label=${words.close} @click=${this.#toggle}>${icon("close")}</button>
    </div>`;
  }

  #talk(view: View): TemplateResult {
    const words = this.#words;
    // The composer stays while it is not seen: what was being written goes into the next conversation.
    const isClosed = view.thread?.status === "CLOSED";
    return html`<beseda-thread
        .session=${this.#session!}
        .view=${view}
        .words=${words}
        .eyes=${this.#eyes}
      ></beseda-thread>
      <div role="status">${view.isReachable ? nothing : html`<p class="notice">${icon("offline")}${words.offline}</p>`}</div>
      <beseda-composer .session=${this.#session!} .words=${words} ?hidden=${isClosed}></beseda-composer>
      ${isClosed ? this.#closing() : nothing}`;
  }

  #closing(): TemplateResult {
    return html`<div class="closing">
      <p>${this.#words.closed}</p>
      <button class="button" @click=${() => this.#session?.startOver()}>${this.#words.startOver}</button>
    </div>`;
  }

  #refused({ refusal }: View): TemplateResult {
    const words = this.#words;
    return html`<div class="refused" role="alert"><b>${words.refusedVisit}</b><p>${reason(refusal!, words)}</p></div>`;
  }

  #toggle(): void {
    this.open = !this.open;
  }

  #keydown(event: KeyboardEvent): void {
    if (event.key === "Escape" && !event.isComposing) this.open = false;
    keepInside(event);
  }
}

// Typing here must not press the page's own shortcuts.
function keepInside(event: Event): void {
  event.stopPropagation();
}
