import { html, nothing, type PropertyValues, type TemplateResult, unsafeCSS } from "lit";
import type { Eyes } from "../../words/time.ts";
import type { WidgetWords } from "../../words/widget.ts";
import type { Held } from "../session/machine/state.ts";
import type { Session } from "../session/session.ts";
import { fetchPart } from "../parts.ts";
import { isFromTeam } from "../session/thread.ts";
import type { View } from "../session/view.ts";
import base from "./base.css?inline";
import type { BesedaComposer } from "./composer.ts";
import { progressIn, progressOf } from "./delivery.ts";
import { face } from "./face.ts";
import { answering, home } from "./home.ts";
import homeCss from "./home.css?inline";
import { icon } from "./icon.ts";
import css from "./panel.css?inline";
import { reason } from "./reason.ts";
import type { BesedaTalks } from "./talks.ts";
import type { BesedaThread } from "./thread.ts";
import { BesedaElement } from "./element.ts";
import { isComposing } from "./keys.ts";

/** What the button opens: the dialog with everything the customer sees of the chat. It asks to be closed by a `close` event. */
export class BesedaPanel extends BesedaElement {
  static override styles = [unsafeCSS(base), unsafeCSS(css), unsafeCSS(homeCss)];
  static override properties = {
    session: { attribute: false },
    view: { attribute: false },
    words: { attribute: false },
    eyes: { attribute: false },
    open: { attribute: false },
  };

  declare session: Session;
  declare view: View;
  declare words: WidgetWords;
  declare eyes: Eyes;
  declare open: boolean;
  #hadFocus = false;
  /** The talk that was left last: its row has the focus next. */
  #left: string | null = null;

  /** It has just been opened: something new is shown at once, and the focus comes in. */
  async enter(): Promise<void> {
    const { place, threads } = this.view;
    const unread = threads.find((thread) => thread.unread > 0);
    if (place === null && unread) this.session.open(unread.conversationId);
    await this.updateComplete;
    const thread = this.#find<BesedaThread>("beseda-thread");
    await thread?.updateComplete;
    thread?.scrollToEnd();
    await this.#focusIn();
  }

  override render(): TemplateResult {
    const { view, words } = this;
    const { inboxName } = view;
    return html`<dialog
      class="panel"
      part="panel"
      tabindex="-1"
      lang=${this.eyes.locale}
      aria-label=${inboxName ? words.chatWith(inboxName) : words.chat}
      @cancel=${this.#cancel}
      @input=${() => fetchPart("talk")}
      @keydown=${this.#keydown}
      @keyup=${keepInside}
      @keypress=${keepInside}
    >
      ${this.#head()} ${this.#body()}
    </dialog>`;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    for (const what of ["resize", "scroll"]) window.visualViewport?.addEventListener(what, this.#fit);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const what of ["resize", "scroll"]) window.visualViewport?.removeEventListener(what, this.#fit);
  }

  // Its words may have come after it was opened.
  override firstUpdated(): void {
    this.#fit();
    if (this.open) void this.enter();
  }

  override willUpdate(): void {
    const { view } = this;
    if (view.threads.length + view.unsent.length > 0) fetchPart("talk");
    if (view.asks !== "NONE") fetchPart("form");
    this.#hadFocus = (this.getRootNode() as ShadowRoot).activeElement === this;
  }

  override updated(changed: PropertyValues<this>): void {
    this.#stand();
    const before = changed.get("view");
    const hasTurned = before && before.turns !== this.view.turns;
    // What has the focus may go with what is shown.
    const focused = (this.renderRoot as ShadowRoot).activeElement as HTMLElement | null;
    if (this.open && this.#hadFocus && (hasTurned || !focused || focused.hidden)) void this.#focusIn();
  }

  /** In a narrow window it is over everything else, and nothing behind it can be reached. */
  #stand(): void {
    const dialog = this.#find<HTMLDialogElement>("dialog");
    if (!dialog) return;
    const isModal = this.open && matchMedia("(max-width: 479px)").matches;
    if (dialog.open === this.open && dialog.matches(":modal") === isModal) return;
    dialog.close();
    if (isModal) dialog.showModal();
    else if (this.open) dialog.show();
  }

  /** As high as what the keyboard of a phone leaves, also where the page is zoomed. */
  readonly #fit = (): void => {
    this.#stand();
    const { height, offsetTop, scale } = window.visualViewport!;
    this.style.setProperty("--height", `${height * scale}px`);
    this.style.setProperty("--top", `${scale === 1 ? offsetTop : 0}px`);
  };

  #head(): TemplateResult {
    const { view, words } = this;
    const { place, thread, phase, inboxName } = view;
    const isHome = place === null || phase === "refused";
    const agent = thread?.messages.findLast(isFromTeam)?.author;
    const name = agent && (agent.name ?? words.team);
    const title = isHome ? (inboxName ?? words.chat) : (name ?? (thread ? inboxName : words.newConversation));
    return html`<div class="head ${isHome ? "" : "inner"}" part="header">
      ${isHome ? nothing : html`<button class="icon-button" aria-label=${words.back} @click=${this.#leave}>${icon("back")}</button>`}
      ${isHome ? nothing : face(agent ?? { id: "" }, name ?? inboxName ?? words.chat)}
      <div>
        <h2 class="one-line">${title}</h2>
        ${isHome ? nothing : html`<p class="one-line">${(agent && inboxName) || words.answersHere}</p>`}
      </div>
      <button class="icon-button" aria-label=${words.close} @click=${this.#close}>${icon("close")}</button>
    </div>`;
  }

  #body(): TemplateResult {
    const { view, words, eyes, session } = this;
    if (view.phase === "refused") return this.#refused();
    if (view.place === null) return html`${home({ session, view, words, eyes })} ${this.#offline()}`;
    if (view.asks !== "NONE")
      return html`<beseda-pre-chat .session=${session} .words=${words} .asks=${view.asks}></beseda-pre-chat>${this.#offline()}`;
    return this.#talk();
  }

  #talk(): TemplateResult {
    const { view, words, session } = this;
    // The composer stays while it is not seen: what was being written goes into the next conversation.
    const isClosed = view.thread?.status === "CLOSED";
    const unsent = view.unsent.filter(({ talk }) => talk === view.place);
    const isBlank = !view.thread && unsent.length === 0;
    return html`${
      isBlank
        ? html`<div class="blank">${view.inbox ? answering(view.inbox, words) : nothing}</div>`
        : html`<beseda-thread .session=${session} .view=${view} .words=${words} .eyes=${this.eyes}>
            ${customElements.get("beseda-thread") ? nothing : this.#written(unsent)}
          </beseda-thread>`
    }
      ${this.#offline()}
      <beseda-composer .session=${session} .words=${words} .turns=${view.turns} ?hidden=${isClosed}></beseda-composer>
      ${isClosed ? this.#closing() : nothing}`;
  }

  /** Stands in for the thread until the part that shows it has come. */
  #written(unsent: readonly Held[]): TemplateResult {
    const progress = unsent.map((one) => progressOf(one, this.view.isReachable));
    return html`${unsent.map(({ body }, index) => html`<p class="written ${progress[index]}" dir="auto">${body}</p>`)}
      ${progress.slice(-1).map((newest) => html`<p class="progress">${progressIn(this.words, newest)}</p>`)}`;
  }

  #offline(): TemplateResult {
    const { view, words } = this;
    return html`<div role="status">${view.isReachable ? nothing : html`<p class="notice">${icon("offline")}${words.offline}</p>`}</div>`;
  }

  #closing(): TemplateResult {
    return html`<div class="closing">
      <p>${this.words.closed}</p>
      <button class="button" @click=${() => this.session.openNew()}>${this.words.startOver}</button>
    </div>`;
  }

  #refused(): TemplateResult {
    const { view, words } = this;
    return html`<div class="refused" role="alert"><b>${words.refusedVisit}</b><p>${reason(view.refusal!, words)}</p></div>`;
  }

  #leave(): void {
    this.#left = this.view.place;
    this.session.leave();
  }

  /** To where the customer goes on: the text, the row they came from, or what leads to the text. */
  async #focusIn(): Promise<void> {
    await this.updateComplete;
    if (this.#left && (await this.#find<BesedaTalks>("beseda-talks:defined")?.focusRow(this.#left))) return;
    const text = this.#find<BesedaComposer>("beseda-pre-chat, beseda-composer:not([hidden])");
    await text?.updateComplete;
    // Where fingers type, focusing the text would raise the keyboard over what there is to read.
    const isTouch = matchMedia("(pointer: coarse)").matches;
    const next = isTouch ? null : (text ?? this.#find<HTMLElement>(".closing .button, .primary"));
    (next ?? this.#find<HTMLElement>(".panel"))?.focus();
  }

  #find<E extends HTMLElement>(selector: string): E | null {
    return this.renderRoot.querySelector<E>(selector);
  }

  #close(): void {
    this.dispatchEvent(new Event("close"));
  }

  #keydown(event: KeyboardEvent): void {
    if (event.key === "Escape" && !isComposing(event)) this.#cancel(event);
    keepInside(event);
  }

  #cancel(event: Event): void {
    event.preventDefault();
    this.#close();
  }
}

// Typing here must not press the page's own shortcuts.
function keepInside(event: Event): void {
  event.stopPropagation();
}
