import { html, nothing, type PropertyValues, type TemplateResult, unsafeCSS } from "lit";
import type { Eyes } from "../../words/time.ts";
import type { WidgetWords } from "../../words/widget.ts";
import type { Session } from "../session/session.ts";
import { isFromTeam } from "../session/thread.ts";
import type { View } from "../session/view.ts";
import base from "./base.css?inline";
import type { BesedaComposer } from "./composer.ts";
import { face } from "./face.ts";
import { answering, home } from "./home.ts";
import homeCss from "./home.css?inline";
import { icon } from "./icon.ts";
import css from "./panel.css?inline";
import { reason } from "./reason.ts";
import type { BesedaTalks } from "./talks.ts";
import type { BesedaThread } from "./thread.ts";
import { BesedaElement } from "./element.ts";

/** What the button opens: the dialog with everything the customer sees of the chat. It asks to be closed by a `close` event. */
export class BesedaPanel extends BesedaElement {
  static override styles = [unsafeCSS(base), unsafeCSS(css), unsafeCSS(homeCss)];
  static override properties = {
    session: { attribute: false },
    view: { attribute: false },
    words: { attribute: false },
    eyes: { attribute: false },
  };

  declare session: Session;
  declare view: View;
  declare words: WidgetWords;
  declare eyes: Eyes;
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
    return html`<section
      class="panel"
      part="panel"
      role="dialog"
      tabindex="-1"
      lang=${this.eyes.locale}
      aria-label=${inboxName ? words.chatWith(inboxName) : words.chat}
      @keydown=${this.#keydown}
      @keyup=${keepInside}
      @keypress=${keepInside}
    >
      ${this.#head()} ${this.#body()}
    </section>`;
  }

  // Its words may have come after it was opened.
  override firstUpdated(): void {
    if (!this.hidden) void this.enter();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const { view } = this;
    if (view.place !== null || view.threads.length + view.unsent.length > 0) fetchPart("talk");
    if (view.asks !== "NONE") fetchPart("form");
    // What has the focus may go with what is shown.
    const before = changed.get("view");
    const hasTurned = before && before.turns !== view.turns;
    if (hasTurned && (this.getRootNode() as ShadowRoot).activeElement === this) void this.#focusIn();
  }

  #head(): TemplateResult {
    const { view, words } = this;
    const { place, thread, phase, inboxName } = view;
    const isHome = place === null || phase === "refused";
    const agent = thread?.messages.findLast(isFromTeam)?.author;
    const name = agent && (agent.name ?? words.team);
    const title = isHome ? (inboxName ?? words.chat) : (name ?? (thread ? inboxName : words.newConversation));
    return html`<div class="head ${isHome ? "" : "inner"}" part="header">
      ${isHome ? nothing : html`<button class="icon-button" aria-label=${words.back} @click=${this.#leave}>${icon("back")}</button>`}
      ${agent && !isHome ? face(agent, name!) : nothing}
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
    const isBlank = !view.thread && !view.unsent.some(({ talk }) => talk === view.place);
    return html`${
      isBlank
        ? html`<div class="blank">${view.inbox ? answering(view.inbox, words) : nothing}</div>`
        : html`<beseda-thread .session=${session} .view=${view} .words=${words} .eyes=${this.eyes}></beseda-thread>`
    }
      ${this.#offline()}
      <beseda-composer .session=${session} .words=${words} .turns=${view.turns} ?hidden=${isClosed}></beseda-composer>
      ${isClosed ? this.#closing() : nothing}`;
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
    if (event.key === "Escape" && !event.isComposing) this.#close();
    keepInside(event);
  }
}

/** Parts that not every customer needs: until one has been fetched, its elements stand there empty. */
const parts = { talk: () => import("../talk.ts"), form: () => import("../form.ts") };
const fetched = new Map<keyof typeof parts, Promise<unknown>>();

function fetchPart(name: keyof typeof parts): void {
  if (fetched.has(name)) return;
  // What the network has lost is asked for again the next time it is wanted.
  fetched.set(
    name,
    parts[name]().catch(() => fetched.delete(name)),
  );
}

// Typing here must not press the page's own shortcuts.
function keepInside(event: Event): void {
  event.stopPropagation();
}
