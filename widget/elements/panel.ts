import { html, LitElement, nothing, type TemplateResult, unsafeCSS } from "lit";
import type { Eyes } from "../../words/time.ts";
import type { WidgetWords } from "../../words/widget.ts";
import type { Session } from "../session/session.ts";
import { isFromTeam } from "../session/thread.ts";
import type { View } from "../session/view.ts";
import base from "./base.css?inline";
import type { BesedaComposer } from "./composer.ts";
import { face } from "./face.ts";
import { icon } from "./icon.ts";
import css from "./panel.css?inline";
import { reason } from "./reason.ts";
import type { BesedaThread } from "./thread.ts";

/** What the button opens: the dialog with everything the customer sees of the chat. It asks to be closed by a `close` event. */
export class BesedaPanel extends LitElement {
  static override styles = [unsafeCSS(base), unsafeCSS(css)];
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

  /** It has just been opened: the newest message is shown and the focus comes in. */
  async enter(): Promise<void> {
    await this.updateComplete;
    const thread = this.renderRoot.querySelector<BesedaThread>("beseda-thread");
    const composer = this.renderRoot.querySelector<BesedaComposer>("beseda-composer");
    await Promise.all([thread?.updateComplete, composer?.updateComplete]);
    thread?.scrollToEnd();
    // Where fingers type, focusing the text would raise the keyboard over what there is to read.
    const isTouch = matchMedia("(pointer: coarse)").matches;
    (isTouch || !composer ? this.renderRoot.querySelector<HTMLElement>(".panel") : composer)?.focus();
  }

  override render(): TemplateResult {
    const { view, words } = this;
    const { inboxName } = view;
    return html`<section
      class="panel"
      role="dialog"
      tabindex="-1"
      lang=${this.eyes.locale}
      aria-label=${inboxName ? words.chatWith(inboxName) : words.chat}
      @keydown=${this.#keydown}
      @keyup=${keepInside}
      @keypress=${keepInside}
    >
      ${this.#head(view)} ${view.phase === "refused" ? this.#refused(view) : this.#talk(view)}
    </section>`;
  }

  #head({ phase, inboxName, thread }: View): TemplateResult {
    const { words } = this;
    const promise = phase === "refused" ? nothing : words.answersHere;
    const agent = thread?.messages.findLast(isFromTeam)?.author.name;
    return html`<div class="head">
      ${agent ? face(agent) : nothing}
      <div>
        <h2 class="one-line">${agent ?? inboxName ?? words.chat}</h2>
        <p class="one-line">${(agent && inboxName) || promise}</p>
      </div>
      <button class="icon-button" aria-label=${words.close} @click=${this.#close}>${icon("close")}</button>
    </div>`;
  }

  #talk(view: View): TemplateResult {
    const { words } = this;
    // The composer stays while it is not seen: what was being written goes into the next conversation.
    const isClosed = view.thread?.status === "CLOSED";
    return html`<beseda-thread
        .session=${this.session}
        .view=${view}
        .words=${words}
        .eyes=${this.eyes}
      ></beseda-thread>
      <div role="status">${view.isReachable ? nothing : html`<p class="notice">${icon("offline")}${words.offline}</p>`}</div>
      <beseda-composer .session=${this.session} .words=${words} ?hidden=${isClosed}></beseda-composer>
      ${isClosed ? this.#closing() : nothing}`;
  }

  #closing(): TemplateResult {
    return html`<div class="closing">
      <p>${this.words.closed}</p>
      <button class="button" @click=${() => this.session.startOver()}>${this.words.startOver}</button>
    </div>`;
  }

  #refused({ refusal }: View): TemplateResult {
    const { words } = this;
    return html`<div class="refused" role="alert"><b>${words.refusedVisit}</b><p>${reason(refusal!, words)}</p></div>`;
  }

  #close(): void {
    this.dispatchEvent(new Event("close"));
  }

  #keydown(event: KeyboardEvent): void {
    if (event.key === "Escape" && !event.isComposing) this.#close();
    keepInside(event);
  }
}

// Typing here must not press the page's own shortcuts.
function keepInside(event: Event): void {
  event.stopPropagation();
}
